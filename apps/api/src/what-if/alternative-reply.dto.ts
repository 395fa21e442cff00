import { ApiProperty } from '@nestjs/swagger';
import { MoneyChangeDto } from './money-change.dto.js';
import { ReasonDto } from './reason.dto.js';

/** One of the alternatives, judged alone on the account as it is. */
export class AlternativeReplyDto {
  @ApiProperty({ description: 'As in the request.', example: 'wider' })
  id!: string;

  @ApiProperty({
    type: 'integer',
    description: 'Its place among all sets, `orders` included: 1 adds least to the requirement; equals share a place.',
    example: 1,
  })
  rank!: number;

  @ApiProperty({ enum: ['ACCEPT', 'REJECT'] })
  decision!: 'ACCEPT' | 'REJECT';

  @ApiProperty({ type: [ReasonDto], description: 'As of the answer itself.' })
  reasons!: readonly ReasonDto[];

  @ApiProperty({ description: 'The orders lower the requirement.' })
  riskReducing!: boolean;

  @ApiProperty({ type: MoneyChangeDto })
  requirement!: MoneyChangeDto;

  @ApiProperty({ type: MoneyChangeDto })
  equity!: MoneyChangeDto;

  @ApiProperty({ type: MoneyChangeDto })
  excess!: MoneyChangeDto;
}
