import { ApiProperty } from '@nestjs/swagger';
import { MoneyChangeDto } from '../what-if/money-change.dto.js';
import { RunTotalsDto } from './run-reply.dto.js';

const CAUSES = ['PRICES', 'POSITIONS', 'RULES'];

export class AccountChangeDto {
  @ApiProperty({ type: String, example: 'demo-long-stock' })
  accountId!: string;

  @ApiProperty({ type: String, description: 'Of the account.', example: 'demo' })
  desk!: string;

  @ApiProperty({ type: MoneyChangeDto, description: 'Dollars.' })
  requirement!: MoneyChangeDto;

  @ApiProperty({ type: MoneyChangeDto, description: 'Dollars.' })
  equity!: MoneyChangeDto;

  @ApiProperty({ type: MoneyChangeDto, description: 'Equity less requirement, dollars; − is a deficit.' })
  excess!: MoneyChangeDto;

  @ApiProperty({ enum: CAUSES, isArray: true, description: 'What differs between the two runs for this account.' })
  causes!: readonly string[];
}

export class RunComparisonDto {
  @ApiProperty({ type: String, format: 'uuid' })
  runId!: string;

  @ApiProperty({ type: String, format: 'uuid', description: 'The run it is compared with.' })
  previousId!: string;

  @ApiProperty({ type: 'integer', description: 'Accounts with a result in both.' })
  compared!: number;

  @ApiProperty({ type: 'integer', description: 'Accounts that are in deficit now and were not before.' })
  intoDeficit!: number;

  @ApiProperty({ type: 'integer', description: 'Accounts that were in deficit and are not now.' })
  outOfDeficit!: number;

  @ApiProperty({ type: RunTotalsDto })
  totals!: RunTotalsDto;

  @ApiProperty({ type: RunTotalsDto })
  previousTotals!: RunTotalsDto;

  @ApiProperty({
    type: [AccountChangeDto],
    description: 'The first 100 accounts that crossed into deficit, the largest change first.',
  })
  newDeficits!: readonly AccountChangeDto[];

  @ApiProperty({ type: [AccountChangeDto], description: 'The 100 largest changes of excess, either way.' })
  largestChanges!: readonly AccountChangeDto[];
}
