import { EQUITY_TIERS, type EquityTier } from '@app/rules';
import { ACCOUNT_TYPES } from '../accounts/account.dto.js';
import { AccountIdField } from '../fields/account-id.js';
import { ChoiceField, FlagField } from '../fields/choice-field.js';
import { CalendarDateField } from '../fields/date-fields.js';
import { DecimalField } from '../fields/decimal-field.js';
import { NestedField } from '../fields/nested-field.js';
import { IdField, SymbolField, TextField } from '../fields/text-fields.js';
import { InlineMarketDto } from '../what-if/market.dto.js';
import { HouseRuleDto, MAX_POSITIONS, PositionDto } from '../what-if/what-if.dto.js';

/** Days one call may ask about. */
const MAX_DAYS = 20;

export class ProspectDto {
  @DecimalField({ description: 'Dollars, + credit, − debit.', example: '250000.00' })
  cash!: string | number;

  @TextField({ optional: true, maxLength: 120, description: 'Whose book it is, for the report.', example: 'Northwind' })
  name?: string;

  @ChoiceField({
    optional: true,
    choices: ACCOUNT_TYPES,
    description: 'Default CUSTOMER. An IRA is never eligible.',
    example: 'CUSTOMER',
  })
  type?: (typeof ACCOUNT_TYPES)[number];

  @FlagField({
    optional: true,
    description: 'Everyone who trades in it is approved for uncovered options. Absent: reported as to confirm.',
  })
  uncoveredOptionsApproved?: boolean;

  @FlagField({
    optional: true,
    description: 'The risk disclosure statement was given and acknowledged. Absent: reported as to confirm.',
  })
  disclosureAcknowledged?: boolean;

  @FlagField({ optional: true, description: 'Positions with a substitute volatility count as without a price.' })
  strictVolatility?: boolean;
}

/** A whole book under both regimes. */
export class ShadowAnalysisRequestDto {
  @NestedField(() => ProspectDto, { description: 'Whose book it is.' })
  account!: ProspectDto;

  @NestedField(() => PositionDto, {
    list: { minItems: 1, maxItems: MAX_POSITIONS },
    description: 'What is held. Several lines of one symbol net.',
  })
  positions!: PositionDto[];

  @NestedField(() => InlineMarketDto, {
    optional: true,
    description: 'The prices to judge by. With none of market, snapshotIds and dates: the latest snapshot.',
  })
  market?: InlineMarketDto;

  @IdField({
    optional: true,
    list: { minItems: 1, maxItems: MAX_DAYS },
    description: 'Stored market snapshots, judged one by one.',
  })
  snapshotIds?: string[];

  @CalendarDateField({
    optional: true,
    list: { minItems: 1, maxItems: MAX_DAYS },
    description: 'Exchange dates: each takes the latest snapshot of that date.',
    example: ['2026-06-17'],
  })
  dates?: string[];

  @AccountIdField({ optional: true, description: 'With dates or the latest: only snapshots of this feed.' })
  feed?: string;

  @NestedField(() => HouseRuleDto, {
    optional: true,
    list: { maxItems: 1_000 },
    description: 'House rules for the portfolio-margin side.',
  })
  houseRules?: HouseRuleDto[];

  @ChoiceField({
    optional: true,
    choices: EQUITY_TIERS,
    description:
      'Which minimum equity is asked for: $100,000 with real-time monitoring (default), $150,000 with intraday ' +
      'monitoring, $500,000 where trades are executed away.',
  })
  equityTier?: EquityTier;

  @DecimalField({ optional: true, min: 0, description: 'Your own minimum equity in dollars, in place of the tier’s.' })
  minimumEquity?: string | number;

  @DecimalField({
    optional: true,
    min: 0,
    max: 1_000,
    description: 'Dollars per share under which a stock and its options are flagged. Default 5; 0 flags none.',
  })
  lowPrice?: string | number;

  @SymbolField({
    optional: true,
    list: { maxItems: MAX_POSITIONS },
    description: 'Stocks without loan value. Snapshots do not know them.',
    example: ['PINK'],
  })
  nonMargin?: string[];

  @FlagField({
    optional: true,
    description:
      'Leave out what cannot be priced, and dates without a snapshot, and say so: `complete` is false then. Default ' +
      'false: any gap is a 422 that lists all of them.',
  })
  allowPartial?: boolean;
}

/** What a text/csv body cannot say; lists are separated by commas. */
export class ShadowAnalysisQueryDto {
  @DecimalField({ optional: true, description: 'Dollars, + credit, − debit. Needed with text/csv.', example: '250000' })
  cash?: string;

  @TextField({ optional: true, maxLength: 120, description: 'Whose book it is.' })
  name?: string;

  @ChoiceField({ optional: true, choices: ACCOUNT_TYPES, description: 'Account type. Default CUSTOMER.' })
  type?: string;

  @AccountIdField({ optional: true, description: 'Which account of a position file with several.' })
  account?: string;

  @TextField({ optional: true, maxLength: 1_400, description: 'Snapshot ids, separated by commas.' })
  snapshotIds?: string;

  @TextField({ optional: true, maxLength: 300, description: 'Exchange dates, by commas.', example: '2026-06-17' })
  dates?: string;

  @AccountIdField({ optional: true, description: 'Only snapshots of this feed.' })
  feed?: string;

  @ChoiceField({ optional: true, choices: EQUITY_TIERS, description: 'Which minimum equity is asked for.' })
  equityTier?: string;

  @ChoiceField({ optional: true, choices: ['true', 'false'], description: 'Leave out what cannot be priced.' })
  allowPartial?: string;
}
