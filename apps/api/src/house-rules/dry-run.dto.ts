import { ApiProperty } from '@nestjs/swagger';
import { ChoiceField } from '../fields/choice-field.js';
import { LimitField } from '../fields/page-fields.js';
import { MoneyChangeDto } from '../what-if/money-change.dto.js';

export class DryRunQueryDto {
  @ChoiceField({
    optional: true,
    choices: ['true', 'false'],
    description: 'true: nothing is written; the answer is whom the change would hit, and by how much.',
  })
  dryRun?: 'true' | 'false';

  @LimitField('Of a dry run: accounts in each of its lists')
  limit?: string;
}

export class HitAccountDto {
  @ApiProperty({ example: 'demo-short-strangle' })
  accountId!: string;

  @ApiProperty({ example: 'demo' })
  desk!: string;

  @ApiProperty({ type: MoneyChangeDto })
  requirement!: MoneyChangeDto;

  @ApiProperty({ type: MoneyChangeDto, description: 'Equity less requirement, − being a deficit.' })
  excess!: MoneyChangeDto;
}

export class CodedAccountDto {
  @ApiProperty({ example: 'demo-stale-symbol' })
  accountId!: string;

  @ApiProperty({
    type: [String],
    description: 'What is missing, or which limits are exceeded.',
    example: ['price.stale'],
  })
  codes!: readonly string[];
}

class DryRunCountsDto {
  @ApiProperty({ type: 'integer', description: 'Accounts the change can bind.' })
  accounts!: number;

  @ApiProperty({ type: 'integer', description: 'Of these under Regulation T, which house rules do not touch.' })
  regT!: number;

  @ApiProperty({ type: 'integer', description: 'Whose requirement would change.' })
  changed!: number;

  @ApiProperty({ type: 'integer', description: 'Who would fall into deficit.' })
  intoDeficit!: number;

  @ApiProperty({ type: 'integer', description: 'Who would come out of one.' })
  outOfDeficit!: number;

  @ApiProperty({ type: 'integer', description: 'Who would be past a limit of the house and is not now.' })
  intoViolation!: number;

  @ApiProperty({ type: 'integer', description: 'Whose requirement is not known, before or after.' })
  notComputable!: number;
}

export class DryRunDto {
  @ApiProperty({ description: 'What would be done.' })
  act!: string;

  @ApiProperty({ description: 'Whether it would wait for the approval of another person.' })
  needsApproval!: boolean;

  @ApiProperty({
    type: String,
    nullable: true,
    format: 'date',
    description:
      'Day whose rules were compared, where the change begins after the prices; null: the day of each account’s prices.',
  })
  rulesOn!: string | null;

  @ApiProperty({ type: DryRunCountsDto })
  counts!: DryRunCountsDto;

  @ApiProperty({ type: MoneyChangeDto, description: 'Sum over all accounts whose requirement would change.' })
  requirement!: MoneyChangeDto;

  @ApiProperty({ type: [HitAccountDto], description: 'The greatest rise first; as many as `limit`.' })
  changed!: readonly HitAccountDto[];

  @ApiProperty({
    type: [HitAccountDto],
    description: 'Who would fall into deficit, the deepest first; as many as `limit`.',
  })
  intoDeficit!: readonly HitAccountDto[];

  @ApiProperty({
    type: [CodedAccountDto],
    description: 'Who would be past a limit on the account or a class group and is not now, by id; as many as `limit`.',
  })
  intoViolation!: readonly CodedAccountDto[];

  @ApiProperty({ type: [CodedAccountDto], description: 'By id; as many as `limit`.' })
  notComputable!: readonly CodedAccountDto[];
}
