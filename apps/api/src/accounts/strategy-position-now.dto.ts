import { ApiProperty } from '@nestjs/swagger';
import { money } from '../what-if/money-change.dto.js';

/** A position that is margined by strategy rules inside the account. */
export class StrategyPositionNowDto {
  @ApiProperty({ example: 'ZOMB' })
  symbol!: string;

  @ApiProperty({ example: '100', description: '+ long, − short.' })
  quantity!: string;

  @ApiProperty(money('Dollars, + for long.'))
  marketValue!: string;

  @ApiProperty(money('Dollars, part of the requirement; nothing else held lowers it.'))
  requirement!: string;

  @ApiProperty({
    enum: ['BOND', 'MONEY_MARKET_FUND', 'FUND', 'NON_MARGIN_EQUITY', 'LOW_PRICE'],
    description: 'Why the model does not margin it.',
  })
  rule!: string;

  @ApiProperty({ description: 'Where the rate is from.' })
  citation!: string;

  @ApiProperty({ type: String, nullable: true, description: 'The house rule that keeps it out of the model.' })
  ruleId!: string | null;
}
