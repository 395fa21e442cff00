import { HOUSE_PARAMETERS, type HouseParameter, type HouseValue } from '@app/rules';
import { ChoiceField, FlagField } from '../fields/choice-field.js';
import { CalendarDateField } from '../fields/date-fields.js';
import { DecimalField } from '../fields/decimal-field.js';
import { NestedField } from '../fields/nested-field.js';
import { IdField, SymbolField, TextField } from '../fields/text-fields.js';
import { HouseValueField } from '../house-rules/house-value-field.js';
import { InlineMarketDto } from './market.dto.js';
import { MAX_ORDERS, OrderDto } from './order.dto.js';
import { LinksField, OrderLinkDto } from './order-link.dto.js';
import { type Include, INCLUDES } from './asked-parts.js';

export const MAX_POSITIONS = 5_000;
const MAX_ALTERNATIVES = 20;

const OrdersField = (): PropertyDecorator =>
  NestedField(() => OrderDto, {
    list: { maxItems: MAX_ORDERS },
    description: 'Judged together, each filled whole. None: the account as it is.',
  });

/** Another set of orders on the same account. */
export class AlternativeDto {
  @IdField({ description: "The caller's own name of the set, unique within the request.", example: 'wider' })
  id!: string;

  @OrdersField()
  orders!: OrderDto[];
}

const AlternativesField = (): PropertyDecorator =>
  NestedField(() => AlternativeDto, {
    optional: true,
    list: { maxItems: MAX_ALTERNATIVES },
    description:
      'Further sets of orders, each judged alone on the account as it is. The answer ranks them with `orders` by what ' +
      'they add to the requirement.',
  });

const IncludeField = (): PropertyDecorator =>
  ChoiceField({
    optional: true,
    list: { maxItems: INCLUDES.length },
    choices: INCLUDES,
    description:
      'Further parts of the answer: the class groups, their profit and loss at every valuation point, the positions, ' +
      'the requirement without house rules, the strategy-based side (regT), whose the change is (attribution), how far ' +
      'each underlying may move until excess is nothing (distance), what nothing, everything and the worst combination of ' +
      'fills would require, of these orders and of those held (worstFill). Default: classGroups and regulatory, of a REG_T ' +
      'account only regT; there the other parts ask for portfolio margin beside it.',
    example: ['classGroups', 'scenarios', 'regulatory'],
  });

/** What the orders are: all of a stored what-if, part of a stateless one. */
export class WhatIfRequestDto {
  @OrdersField()
  orders!: OrderDto[];

  @LinksField(' The decision takes all orders for filled; links count in `worstFill`.')
  links?: OrderLinkDto[];

  @AlternativesField()
  alternatives?: AlternativeDto[];

  @IncludeField()
  include?: Include[];

  @FlagField({
    optional: true,
    description:
      'Answer without the positions and orders that have no price: marked `complete: false`, charged their worst case ' +
      'and never an ACCEPT. Of portfolio margin alone, and not with alternatives. Default false: a 422 lists them.',
  })
  allowPartial?: boolean;
}

export class ShadowAccountDto {
  @ChoiceField({
    choices: ['PORTFOLIO_MARGIN', 'REG_T'],
    description: 'Which regime decides: portfolio margin, or Regulation T with the strategy-based rules.',
    example: 'PORTFOLIO_MARGIN',
  })
  methodology!: 'PORTFOLIO_MARGIN' | 'REG_T';

  @DecimalField({ description: 'Dollars, + credit, − debit.', example: '250000.00' })
  cash!: string | number;

  @FlagField({
    optional: true,
    description:
      'Refuse (422) positions whose volatility is a substitute because their price has no solution. Default false: ' +
      'such positions are flagged.',
  })
  strictVolatility?: boolean;
}

export class PositionDto {
  @SymbolField({ description: 'Ticker, or OCC option symbol (padded or not).', example: 'IBM' })
  symbol!: string;

  @DecimalField({ nonZero: true, description: 'Shares or contracts, + long, − short.', example: '10000' })
  quantity!: string | number;
}

export class HouseRuleDto {
  @ChoiceField({
    choices: HOUSE_PARAMETERS,
    description: 'What it sets: see METHODOLOGY.md, which has each parameter with its unit and bounds.',
    example: 'priceMove.down',
  })
  parameter!: HouseParameter;

  @HouseValueField({ description: 'A value looser than the rule book changes nothing.', example: -0.2 })
  value!: HouseValue;

  @IdField({ optional: true, description: 'Name of the rule in the answer. Default: its place in the list.' })
  ruleId?: string;

  @ChoiceField({
    optional: true,
    choices: ['FIRM', 'ACCOUNT'],
    description: "Between two rules on one target the account's own wins over the firm's. Default FIRM.",
  })
  scope?: 'FIRM' | 'ACCOUNT';

  @ChoiceField({
    optional: true,
    choices: ['EQUITY', 'NARROW_INDEX', 'BROAD_INDEX', 'HIGH_CAP_INDEX'],
    description: 'Binds only this product class. Absent: all.',
  })
  productClass?: 'EQUITY' | 'NARROW_INDEX' | 'BROAD_INDEX' | 'HIGH_CAP_INDEX';

  @SymbolField({ optional: true, description: 'Binds only this class group. Absent: all.', example: 'IBM' })
  classGroup?: string;

  @SymbolField({
    optional: true,
    description: 'Binds only this symbol; of a parameter of class groups, the class group of this ticker. Absent: all.',
    example: 'IBM',
  })
  symbol?: string;

  @CalendarDateField({ optional: true, description: 'First day in force. Absent: always was.' })
  effectiveFrom?: string;

  @CalendarDateField({ optional: true, description: 'Last day in force. Absent: no end.' })
  effectiveTo?: string;

  @TextField({ optional: true, maxLength: 500, description: 'Why it exists. Recorded where rules are stored.' })
  reason?: string;

  @TextField({ optional: true, maxLength: 200, description: 'Who set it. Recorded where rules are stored.' })
  author?: string;
}

/** A portfolio that is not stored, and what to judge it by. */
export class ShadowPortfolioDto {
  @NestedField(() => ShadowAccountDto, { description: 'Whose margin it is.' })
  account!: ShadowAccountDto;

  @NestedField(() => PositionDto, {
    optional: true,
    list: { maxItems: MAX_POSITIONS },
    description: 'What is held; absent: nothing. Several lines of one symbol net.',
  })
  positions?: PositionDto[];

  @NestedField(() => InlineMarketDto, {
    optional: true,
    description: 'The prices to judge by. With neither `market` nor `snapshotId`: the latest stored snapshot.',
  })
  market?: InlineMarketDto;

  @IdField({ optional: true, description: 'A stored market snapshot, in place of `market`.' })
  snapshotId?: string;

  @NestedField(() => HouseRuleDto, {
    optional: true,
    list: { maxItems: 1_000 },
    description: 'House rules to judge by, in place of stored ones.',
  })
  houseRules?: HouseRuleDto[];
}

/** A what-if about a portfolio that is not stored. */
export class ShadowWhatIfRequestDto extends ShadowPortfolioDto implements WhatIfRequestDto {
  @OrdersField()
  orders!: OrderDto[];

  @LinksField(' The decision takes all orders for filled; links count in `worstFill`.')
  links?: OrderLinkDto[];

  @AlternativesField()
  alternatives?: AlternativeDto[];

  @IncludeField()
  include?: Include[];

  @FlagField({
    optional: true,
    description:
      'Answer without the positions and orders that have no price: marked `complete: false`, charged their worst case ' +
      'and never an ACCEPT. Of portfolio margin alone, and not with alternatives. Default false: a 422 lists them.',
  })
  allowPartial?: boolean;
}
