import type { HouseRule } from './house-rule.js';
import { type HouseRulePack, type PackRule, packRule } from './house-rule-pack.js';

const RISK = 'https://lightspeed.com/risk-and-margin';
const CALLS = 'https://lightspeed.com/trading/margin-calls';

const EQUITY_ALONE = { equityMultiple: 1 };
const TWICE_EQUITY = { equityMultiple: 2, equityPlus: 2.5e6 };

type Target = Partial<Pick<HouseRule, 'productClass' | 'symbol'>>;

/** The same bound at both ends. */
function bothEnds(down: number, up: number, bound: object, text: string, targets: readonly Target[]): PackRule[] {
  return targets.flatMap((target) =>
    [down, up].map((priceMove) =>
      packRule('stressLimit.classGroup', { priceMove, volMove: 0, ...bound }, `${RISK}: ${text}`, target),
    ),
  );
}

const INDICES: readonly Target[] = [{ productClass: 'HIGH_CAP_INDEX' }, { productClass: 'BROAD_INDEX' }];
const NAMES: readonly Target[] = [{ productClass: 'EQUITY' }, { productClass: 'NARROW_INDEX' }];
const VOLATILITY: readonly Target[] = [{ symbol: 'VIX' }, { symbol: 'SVXY' }, { symbol: 'UVXY' }];

export const LIGHTSPEED_PACK: HouseRulePack = {
  name: 'lightspeed',
  title: 'Lightspeed, portfolio margin as published',
  rules: [
    ...bothEnds(-0.15, 0.1, EQUITY_ALONE, 'index −15/+10 %, loss within 100 % of equity', INDICES),
    ...bothEnds(-0.25, 0.25, TWICE_EQUITY, 'index ±25 %, loss within min(200 % of equity, equity + $2.5M)', INDICES),
    ...bothEnds(-0.25, 0.25, EQUITY_ALONE, 'single stock and narrow index ±25 %, loss within 100 % of equity', NAMES),
    ...bothEnds(-0.25, 2, EQUITY_ALONE, 'VIX, SVXY, UVXY −25/+200 %, loss within 100 % of equity', VOLATILITY),
    packRule(
      'stressLimit.portfolio',
      { priceMove: 0.25, volMove: 0, equityMultiple: 1.25 },
      `${RISK}: portfolio ±25 %, sum of all risks within 125 % of equity`,
    ),
  ],
  unexpressed: [
    {
      published: `${CALLS}: house calls due T+2, equity calls T+1, leverage calls T+2`,
      why: 'How long a call stays open is no number of the requirement.',
    },
    {
      published: `${CALLS}: leverage call`,
      why: 'Published without its multiple; leverageCap takes it.',
    },
    {
      published: `${CALLS}: $150,000 of equity to keep portfolio margin`,
      why: 'A condition of eligibility, not of the requirement.',
    },
  ],
};
