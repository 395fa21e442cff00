import { ApiProperty } from '@nestjs/swagger';
import { CalendarDateField } from '../fields/date-fields.js';
import { DecimalField } from '../fields/decimal-field.js';
import { NestedField } from '../fields/nested-field.js';
import { IdField } from '../fields/text-fields.js';
import { money } from '../what-if/money-change.dto.js';
import { MAX_POSITIONS, PositionDto } from '../what-if/what-if.dto.js';
import { ProvenanceDto } from '../what-if/what-if-reply.dto.js';

/** An account at one time: at most one of `date`, `snapshotId` and `whatIfId`; with none of them, now. */
export class AccountStateDto {
  @CalendarDateField({
    optional: true,
    description: "The latest snapshot of this exchange date, of the account's feed.",
    example: '2026-06-12',
  })
  date?: string;

  @IdField({ optional: true, description: 'A stored market snapshot.' })
  snapshotId?: string;

  @IdField({
    optional: true,
    description: 'A what-if of this account: the prices, positions, working orders and house rules it was judged on.',
  })
  whatIfId?: string;

  @NestedField(() => PositionDto, {
    optional: true,
    list: { maxItems: MAX_POSITIONS },
    description: 'What was held then. Absent: what the account holds now, or held when the what-if was asked.',
  })
  positions?: PositionDto[];

  @DecimalField({
    optional: true,
    description: 'Cash then, dollars. Absent: what the account has now, or had when the what-if was asked.',
  })
  cash?: string | number;
}

export class ExplanationRequestDto {
  @NestedField(() => AccountStateDto, { description: 'The earlier state.' })
  from!: AccountStateDto;

  @NestedField(() => AccountStateDto, { optional: true, description: 'The later state. Absent: now.' })
  to?: AccountStateDto;
}

export class AccountAmountsDto {
  @ApiProperty(money('Dollars.'))
  requirement!: string;

  @ApiProperty(money('Dollars.'))
  equity!: string;

  @ApiProperty(money('Equity less requirement.'))
  excess!: string;

  @ApiProperty({ type: ProvenanceDto })
  provenance!: ProvenanceDto;
}

export class CauseDto {
  @ApiProperty({
    enum: ['POSITIONS', 'TIME', 'PRICES', 'VOLATILITIES', 'REST_OF_MARKET', 'RULES', 'HOLDS'],
    description:
      'REST_OF_MARKET: rates, dividends, and marks that moved against their theoretical values. HOLDS: working orders.',
  })
  cause!: string;

  @ApiProperty(money('What changed with it, dollars.', '-1250.00'))
  requirement!: string;

  @ApiProperty(money('What changed with it, dollars.', '310.00'))
  equity!: string;

  @ApiProperty(money('Equity less requirement.', '1560.00'))
  excess!: string;
}

export class ExplanationReplyDto {
  @ApiProperty({ type: AccountAmountsDto, description: 'The earlier state.' })
  from!: AccountAmountsDto;

  @ApiProperty({ type: AccountAmountsDto, description: 'The later state.' })
  to!: AccountAmountsDto;

  @ApiProperty({ type: [CauseDto], description: 'In the order they were changed in; they add up to the difference.' })
  causes!: readonly CauseDto[];
}
