import { ApiProperty } from '@nestjs/swagger';
import { money } from './money-change.dto.js';

export class UnpricedGapDto {
  @ApiProperty({ example: 'price.missing' })
  code!: string;

  @ApiProperty({ description: 'The same in a sentence.' })
  detail!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Of what it is missing: it, or what it is written on.' })
  symbol!: string | null;
}

/** A position without a price, which counts nothing in equity. */
export class UnpricedDto {
  @ApiProperty({ example: 'ZOMB' })
  symbol!: string;

  @ApiProperty({ example: '-10', description: '+ long, − short.' })
  quantity!: string;

  @ApiProperty({ type: [UnpricedGapDto], description: 'What is missing.' })
  gaps!: readonly UnpricedGapDto[];

  @ApiProperty({
    ...money('Most it can cost, in dollars, which is charged; null where there is no most: a short share or call.'),
    nullable: true,
  })
  worstCase!: string | null;
}
