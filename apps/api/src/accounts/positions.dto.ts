import { ApiProperty } from '@nestjs/swagger';
import { DecimalField } from '../fields/decimal-field.js';
import { NestedField } from '../fields/nested-field.js';
import { MAX_POSITIONS, PositionDto } from '../what-if/what-if.dto.js';

export class ReplacePositionsDto {
  @NestedField(() => PositionDto, {
    list: { maxItems: MAX_POSITIONS },
    description: 'Everything held from now on; none: nothing. Several lines of one symbol net.',
  })
  positions!: PositionDto[];

  @DecimalField({
    optional: true,
    description: 'Dollars, + credit, − debit. Absent: stays as it is.',
    example: '250000.00',
  })
  cash?: string | number;
}

export class HeldPositionDto {
  @ApiProperty({
    description: 'Ticker, or OCC option symbol padded to 21 characters.',
    example: 'IBM   070421C00100000',
  })
  symbol!: string;

  @ApiProperty({ description: 'Shares or contracts, + long, − short; never 0.', example: '-100' })
  quantity!: string;
}

export class PositionsDto {
  @ApiProperty({ example: 'northwind-1' })
  accountId!: string;

  @ApiProperty({
    type: 'integer',
    description: 'Version of the account; also the ETag, to be sent as If-Match.',
    example: 2,
  })
  version!: number;

  @ApiProperty({ pattern: '^-?\\d+\\.\\d{2,10}$', description: 'Dollars, + credit, − debit.', example: '250000.00' })
  cash!: string;

  @ApiProperty({ type: [HeldPositionDto], description: 'One a symbol, in the order of the symbols.' })
  positions!: readonly HeldPositionDto[];
}

export class ReplacedPositionsDto extends PositionsDto {
  @ApiProperty({
    type: [String],
    description: "Symbols held that the latest snapshot of the account's feed does not have; stored all the same.",
  })
  unpriced!: readonly string[];
}
