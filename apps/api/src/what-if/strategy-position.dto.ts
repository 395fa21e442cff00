import { ApiProperty } from '@nestjs/swagger';
import { MoneyChangeDto } from './money-change.dto.js';
import { QuantityChangeDto } from './quantity-change.dto.js';

/** A position that is margined by strategy rules inside the account. */
export class StrategyPositionDto {
  @ApiProperty({ example: 'ZOMB' })
  symbol!: string;

  @ApiProperty({ type: QuantityChangeDto, description: '+ long, − short.' })
  quantity!: QuantityChangeDto;

  @ApiProperty({ type: MoneyChangeDto, description: 'Dollars, + for long.' })
  marketValue!: MoneyChangeDto;

  @ApiProperty({ type: MoneyChangeDto, description: 'Part of the requirement; nothing else held lowers it.' })
  requirement!: MoneyChangeDto;

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
