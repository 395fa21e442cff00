import type { HouseRulePack } from './house-rule-pack.js';
import { IBKR_PACK } from './ibkr-pack.js';
import { LIGHTSPEED_PACK } from './lightspeed-pack.js';
import { SCHWAB_PACK } from './schwab-pack.js';
import { TASTYTRADE_HIGH_VOLATILITY_PACK, TASTYTRADE_LOW_VOLATILITY_PACK } from './tastytrade-packs.js';

/** Published house rules of four brokers; tastytrade's in its two regimes. */
export const HOUSE_RULE_PACKS: readonly HouseRulePack[] = [
  IBKR_PACK,
  SCHWAB_PACK,
  TASTYTRADE_LOW_VOLATILITY_PACK,
  TASTYTRADE_HIGH_VOLATILITY_PACK,
  LIGHTSPEED_PACK,
];
