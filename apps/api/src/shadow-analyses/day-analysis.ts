import { type AccountMargin, heldIn, type Holding, inSymbolOrder } from '@app/margin';
import type { Market } from '@app/market';
import { type Cents, centsText, marketValue } from '@app/portfolio';
import type { RegTGroup } from '@app/reg-t';
import { Decimal } from 'decimal.js';
import { ENGINE_VERSION } from '../what-if/engine-version.js';
import { quoteFlags } from '../what-if/quote-flags.js';
import { gapText, strategyLines } from '../what-if/reg-t-reply.js';
import type { BothContexts, BothRegimes, PricedPositions } from './both-regimes.js';
import { type Asked, conditions, ineligiblePositions } from './eligibility.js';
import type { ConditionDto, DayAnalysisDto, RegimesDto, UnderlyingRegimesDto } from './shadow-analysis-reply.dto.js';

/** The book of one day under both regimes, in the contract's form. */
export function dayAnalysis(
  both: BothRegimes,
  contexts: BothContexts,
  asked: Asked,
  { priced, gaps }: PricedPositions,
): DayAnalysisDto {
  const { portfolioMargin, regT } = both;
  const { market } = contexts.portfolioMargin.valuation;
  const groups = [...portfolioMargin.classGroups.values()];
  const books = bookGroups(portfolioMargin);
  const lines = books.map((book) => groupLine(book, regT.groups.get(book.classGroup)!));
  const met = conditions(asked, portfolioMargin.equity);
  return {
    date: market.valuationDate,
    complete: gaps.length === 0,
    total: {
      ...accountValues(books),
      ...regimes(portfolioMargin.requirement, regT.initial, regT.maintenance),
      ...ratios(longValue(books), portfolioMargin.requirement, regT.initial, regT.maintenance),
      capitalFreed: centsText(portfolioMargin.equity - portfolioMargin.requirement - regT.excess),
      portfolioMarginEquity: centsText(portfolioMargin.equity),
      portfolioMarginExcess: centsText(portfolioMargin.equity - portfolioMargin.requirement),
      regTEquity: centsText(regT.equity),
      regTExcess: centsText(regT.excess),
    },
    underlyings: lines.sort(byRequirement),
    eligible: verdict(met),
    conditions: met,
    ineligiblePositions: ineligiblePositions(priced, market, asked),
    gaps: gaps.map(({ symbol, code, detail }) => ({ symbol, code, detail })),
    flags: groups.flatMap(({ doubtful }) => quoteFlags(inSymbolOrder(doubtful))),
    provenance: provenance(market, contexts),
  };
}

/** What is held of one class group, by the model and by strategy rules beside it. */
interface BookGroup {
  readonly classGroup: string;
  /** `symbol` is of the underlying. */
  readonly lines: readonly (Pick<Holding, 'position' | 'mark'> & { readonly symbol: string })[];
  readonly required: Cents;
}

function bookGroups({ classGroups, strategyPositions }: AccountMargin): readonly BookGroup[] {
  const outside = [...strategyPositions.values()].filter(({ terms }) => !terms.isHouse);
  const names = new Set([...classGroups.keys(), ...outside.map(({ classGroup }) => classGroup)]);
  return [...names].map((classGroup) => {
    const group = classGroups.get(classGroup);
    const beside = outside.filter((held) => held.classGroup === classGroup);
    return {
      classGroup,
      lines: [
        ...(group === undefined ? [] : heldIn(group).map((held) => ({ ...held, symbol: held.underlying.symbol }))),
        ...beside.map((held) => ({ ...held, symbol: held.position.symbol })),
      ],
      required: beside.reduce((sum, { requirement }) => sum + requirement, group?.inForce.requirement ?? 0),
    };
  });
}

function groupLine(group: BookGroup, regT: RegTGroup): UnderlyingRegimesDto {
  const { classGroup, lines: holdings, required } = group;
  const { initial, maintenance } = regT;
  // Cash is the same under both: what differs is what positions count for and what they require.
  const options = holdings
    .filter(({ mark }) => mark.instrument.kind === 'OPTION')
    .reduce((sum, { position, mark }) => sum.plus(marketValue(position.quantity, mark)), new Decimal(0));
  const countedMore = options.minus(initial.marginValue).times(100).floor().toNumber();
  return {
    classGroup,
    underlyings: [...new Set(holdings.map(({ symbol }) => symbol))].sort(),
    ...accountValues([group]),
    ...regimes(required, initial.requirement, maintenance.requirement),
    ...ratios(longValue([group]), required, initial.requirement, maintenance.requirement),
    capitalFreed: centsText(countedMore + initial.requirement - required),
    strategies: strategyLines(initial.strategies),
    optimal: initial.isOptimal && maintenance.isOptimal,
    gap: gapText(initial.gap),
  };
}

function accountValues(groups: readonly BookGroup[]) {
  return { longMarketValue: text(longValue(groups)), shortMarketValue: text(valueOf(groups, -1)) };
}

function longValue(groups: readonly BookGroup[]): Decimal {
  return valueOf(groups, 1);
}

/** Market value of the positions of one sign, dollars. */
function valueOf(groups: readonly BookGroup[], sign: 1 | -1): Decimal {
  return groups
    .flatMap(({ lines }) => lines)
    .filter(({ position }) => position.quantity.isPositive() === (sign === 1))
    .reduce((sum, { position, mark }) => sum.plus(marketValue(position.quantity, mark)), new Decimal(0));
}

function regimes(portfolioMargin: Cents, initial: Cents, maintenance: Cents) {
  return {
    portfolioMargin: centsText(portfolioMargin),
    regTInitial: centsText(initial),
    regTMaintenance: centsText(maintenance),
  };
}

function ratios(long: Decimal, portfolioMargin: Cents, initial: Cents, maintenance: Cents) {
  const ratio = (cents: Cents): number | null =>
    long.isZero() ? null : Number(new Decimal(cents).div(100).div(long).toFixed(6));
  return {
    portfolioMarginRatio: ratio(portfolioMargin),
    regTInitialRatio: ratio(initial),
    regTMaintenanceRatio: ratio(maintenance),
  };
}

function text(dollars: Decimal): RegimesDto['longMarketValue'] {
  const cents = dollars.toDecimalPlaces(2);
  return cents.isZero() ? '0.00' : cents.toFixed(2);
}

function byRequirement(a: UnderlyingRegimesDto, b: UnderlyingRegimesDto): number {
  return Number(b.regTInitial) - Number(a.regTInitial) || (a.classGroup < b.classGroup ? -1 : 1);
}

function verdict(met: readonly ConditionDto[]): DayAnalysisDto['eligible'] {
  if (met.some(({ status }) => status === 'FAILS')) return 'NO';
  return met.some(({ status }) => status === 'TO_CONFIRM') ? 'TO_CONFIRM' : 'YES';
}

function provenance({ snapshotId, asOf }: Market, contexts: BothContexts): DayAnalysisDto['provenance'] {
  return {
    snapshotId,
    asOf,
    engineVersion: ENGINE_VERSION,
    ruleSetVersion: contexts.portfolioMargin.rules.version,
    regTRuleSetVersion: contexts.regT.rules.version,
  };
}
