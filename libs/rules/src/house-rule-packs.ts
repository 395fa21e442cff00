import { type HouseRule, slotOf } from './house-rule.js';
import type { HouseRulePack, PackRule } from './house-rule-pack.js';
import { IBKR_PACK } from './ibkr-pack.js';
import { LIGHTSPEED_PACK } from './lightspeed-pack.js';
import { SCHWAB_PACK } from './schwab-pack.js';
import { isLooserValue } from './strictness.js';
import { TASTYTRADE_HIGH_VOLATILITY_PACK, TASTYTRADE_LOW_VOLATILITY_PACK } from './tastytrade-packs.js';

/** Published house rules of four brokers; tastytrade's in its two regimes. */
export const HOUSE_RULE_PACKS: readonly HouseRulePack[] = [
  IBKR_PACK,
  SCHWAB_PACK,
  TASTYTRADE_LOW_VOLATILITY_PACK,
  TASTYTRADE_HIGH_VOLATILITY_PACK,
  LIGHTSPEED_PACK,
];

/** Where a rule taken from a pack is published; null for any other, and for one whose number is no longer the pack's. */
export function packCitation(rule: HouseRule): string | null {
  const pack = HOUSE_RULE_PACKS.find(({ name }) => name === rule.pack);
  return pack?.rules.find((published) => isSame(published, rule))?.citation ?? null;
}

function isSame(published: PackRule, { productClass, classGroup, symbol, parameter, value }: HouseRule): boolean {
  return (
    published.productClass === productClass &&
    published.classGroup === classGroup &&
    published.symbol === symbol &&
    slotOf(published) === slotOf({ parameter, value }) &&
    !isLooserValue(parameter, value, published.value) &&
    !isLooserValue(parameter, published.value, value)
  );
}
