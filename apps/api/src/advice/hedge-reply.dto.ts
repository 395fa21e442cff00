import { ApiProperty } from '@nestjs/swagger';
import { money, MoneyChangeDto } from '../what-if/money-change.dto.js';
import { ReasonDto } from '../what-if/reason.dto.js';
import { ProvenanceDto } from '../what-if/what-if-reply.dto.js';

export class HedgeLegDto {
  @ApiProperty({ example: 'HLVN  260821P00200000' })
  symbol!: string;

  @ApiProperty({ enum: ['BUY', 'SELL'] })
  side!: string;

  @ApiProperty({ example: '1' })
  ratioQty!: string;
}

/** As the order of a what-if, and what it costs. */
export class HedgeOrderDto {
  @ApiProperty({ example: 'hedge-1' })
  clOrdId!: string;

  @ApiProperty({ description: 'Shares or contracts.', example: '12' })
  orderQty!: string;

  @ApiProperty({ description: 'Dollars per share: the far side of the quote, or the mark.', example: '5.10' })
  price!: string;

  @ApiProperty({ type: [HedgeLegDto], description: 'One leg.' })
  legs!: readonly HedgeLegDto[];

  @ApiProperty({
    enum: ['BID', 'ASK', 'MARK'],
    description: 'MARK: nobody quotes that side, and what crossing to it costs is not in `cost`.',
  })
  priceFrom!: string;

  @ApiProperty(money('What its price loses against the mark.', '60.00'))
  cost!: string;
}

export class HedgeReplyDto {
  @ApiProperty({ description: 'Excess reaches what is wanted; false: these are the orders found that come nearest.' })
  reached!: boolean;

  @ApiProperty(money('The excess wanted, dollars.', '0.00'))
  wantedExcess!: string;

  @ApiProperty({ type: [HedgeOrderDto], description: 'To be sent together; none where nothing is to be done.' })
  orders!: readonly HedgeOrderDto[];

  @ApiProperty(money('What all orders lose against the marks.', '60.00'))
  cost!: string;

  @ApiProperty({
    description:
      'No other whole lots of the instruments considered reach it at less cost (of equal cost: at fewer dollars traded).',
  })
  optimal!: boolean;

  @ApiProperty({ enum: ['ACCEPT', 'REJECT'], description: 'The orders judged as a what-if.' })
  decision!: string;

  @ApiProperty({ type: [ReasonDto], description: 'As of a what-if.' })
  reasons!: readonly ReasonDto[];

  @ApiProperty({ type: MoneyChangeDto })
  requirement!: MoneyChangeDto;

  @ApiProperty({ type: MoneyChangeDto })
  equity!: MoneyChangeDto;

  @ApiProperty({ type: MoneyChangeDto, description: 'Equity less requirement.' })
  excess!: MoneyChangeDto;

  @ApiProperty({ type: [String], description: 'The instruments that might have been traded.', example: ['HLVN'] })
  considered!: readonly string[];

  @ApiProperty({ type: ProvenanceDto })
  provenance!: ProvenanceDto;
}
