import { ApiProperty } from '@nestjs/swagger';
import { ChoiceField, FlagField } from '../fields/choice-field.js';
import { DecimalField } from '../fields/decimal-field.js';
import { NestedField } from '../fields/nested-field.js';
import { TextField } from '../fields/text-fields.js';
import { MAX_POSITIONS, PositionDto } from '../what-if/what-if.dto.js';
import { AccountIdField } from '../fields/account-id.js';

export const ACCOUNT_TYPES = ['CUSTOMER', 'IRA', 'BROKER_DEALER'] as const;
export const METHODOLOGIES = ['PORTFOLIO_MARGIN', 'REG_T'] as const;

export class CreateAccountDto {
  @AccountIdField({ description: 'Chosen by the caller, for good.', example: 'northwind-1' })
  id!: string;

  @TextField({ maxLength: 200, description: 'For people.', example: 'Northwind relative value' })
  name!: string;

  @AccountIdField({ description: 'The desk whose keys may see and use the account.', example: 'volatility' })
  desk!: string;

  @ChoiceField({
    choices: ACCOUNT_TYPES,
    description: 'An IRA cannot be margined by PORTFOLIO_MARGIN (FINRA 4210(g)).',
    example: 'CUSTOMER',
  })
  type!: (typeof ACCOUNT_TYPES)[number];

  @ChoiceField({
    choices: METHODOLOGIES,
    description: 'Rules that decide: PORTFOLIO_MARGIN, or REG_T with the strategy-based rules.',
    example: 'PORTFOLIO_MARGIN',
  })
  methodology!: (typeof METHODOLOGIES)[number];

  @DecimalField({ description: 'Dollars, + credit, − debit.', example: '250000.00' })
  cash!: string | number;

  @FlagField({
    optional: true,
    description:
      'Refuse (422) to compute positions whose volatility is a substitute because their price has no solution. ' +
      'Default false: such positions are flagged.',
  })
  strictVolatility?: boolean;

  @AccountIdField({
    optional: true,
    nullable: true,
    description: 'The market feed whose latest snapshot prices the account. Absent or null: the latest of any feed.',
  })
  feed?: string | null;

  @NestedField(() => PositionDto, {
    optional: true,
    list: { maxItems: MAX_POSITIONS },
    description: 'What is held; absent: nothing. Several lines of one symbol net.',
  })
  positions?: PositionDto[];
}

export class AccountDto {
  @ApiProperty({ example: 'northwind-1' })
  id!: string;

  @ApiProperty({ example: 'Northwind relative value' })
  name!: string;

  @ApiProperty({ description: 'The desk whose keys may see and use the account.', example: 'volatility' })
  desk!: string;

  @ApiProperty({ enum: ACCOUNT_TYPES })
  type!: string;

  @ApiProperty({ enum: METHODOLOGIES })
  methodology!: string;

  @ApiProperty({
    pattern: '^-?\\d+\\.\\d{2,10}$',
    description: 'Dollars, + credit, − debit: exactly what was stored, with at least two decimals.',
    example: '250000.00',
  })
  cash!: string;

  @ApiProperty({ description: 'Whether substitute volatilities are refused.', example: false })
  strictVolatility!: boolean;

  @ApiProperty({ type: String, nullable: true, description: 'Null: the latest snapshot of any feed prices it.' })
  feed!: string | null;

  @ApiProperty({
    type: 'integer',
    description: 'Raised by every change of the account or its positions; also the ETag.',
    example: 1,
  })
  version!: number;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

export class CreatedAccountDto extends AccountDto {
  @ApiProperty({
    type: [String],
    description: "Symbols held that the latest snapshot of the account's feed does not have; stored all the same.",
  })
  unpriced!: readonly string[];
}
