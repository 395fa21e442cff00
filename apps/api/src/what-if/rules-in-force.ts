import { createHash } from 'node:crypto';
import { type CalendarDate, type Market, underlyingOf } from '@app/market';
import { type EffectiveRules, effectiveRules, type HouseRule, regulatoryRules, type RuleReading } from '@app/rules';
import type { SnapshotMarket } from '@app/store';
import { notComputable } from '../problems.js';

/** @throws Problem 422 before the first day any portfolio-margin rules were in force. */
export function rulesInForce(
  date: CalendarDate,
  houseRules: readonly HouseRule[],
  reading: RuleReading = {},
): EffectiveRules {
  const book = regulatoryRules(date);
  if (book !== undefined) return effectiveRules(book, houseRules, date, reading);
  const code = 'rules.missing';
  const detail = 'No customer portfolio-margin rules are known for the valuation date.';
  throw notComputable(code, detail, [{ pointer: '/market/asOf', code, detail }]);
}

/** Of a market, by the list of house rules: thousands of accounts are bound by the same list. */
const known = new WeakMap<Market, WeakMap<readonly HouseRule[], EffectiveRules>>();

/** The rules of a market's own day. */
export function rulesOn(market: Market, houseRules: readonly HouseRule[]): EffectiveRules {
  const ofMarket = known.get(market) ?? new WeakMap<readonly HouseRule[], EffectiveRules>();
  known.set(market, ofMarket);
  const rules = ofMarket.get(houseRules) ?? rulesInForce(market.valuationDate, houseRules, reading(market));
  ofMarket.set(houseRules, rules);
  return rules;
}

/** Reads, once, what the rules of a list are to be placed by: contracts that nobody has asked the market for so far. */
export async function loadRuleSymbols(market: SnapshotMarket, houseRules: readonly HouseRule[]): Promise<void> {
  if (known.get(market)?.has(houseRules)) return;
  await market.load(houseRules.flatMap(({ symbol }) => symbol ?? []));
}

/** Where symbols are, on a market. */
export function reading(market: Market): RuleReading {
  return {
    classGroupOf: (symbol) => {
      const instrument = market.instrument(symbol);
      return instrument && underlyingOf(instrument, market)?.classGroup;
    },
    digestOf: (text) => createHash('sha256').update(text).digest('hex').slice(0, 16),
  };
}
