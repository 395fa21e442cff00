import { type HouseRulePack, type PackRule, packRule, type UnexpressedRule } from './house-rule-pack.js';

const RANGES = 'https://tastyworks.freshdesk.com/support/solutions/articles/43000595351';
const EARNINGS = 'https://support.tastyworks.com, portfolio margin, an earlier edition';

/** The same in both regimes of volatility. */
const ALWAYS: readonly PackRule[] = [
  packRule('priceMove.down', -0.2, `${RANGES}: equities ±20 %`, { productClass: 'EQUITY' }),
  packRule('priceMove.up', 0.2, `${RANGES}: equities ±20 %`, { productClass: 'EQUITY' }),
  packRule('earnings', { multiplier: 1.5, daysBefore: 3, daysAfter: 0 }, `${EARNINGS}: range × 1.5, about three days`, {
    productClass: 'EQUITY',
  }),
  packRule('shortMinimum.fraction', 0.005, `${RANGES}: 0.5 % of the deliverable per uncovered short option`),
];

const UNEXPRESSED: readonly UnexpressedRule[] = [
  {
    published: `${RANGES}: which regime holds, by where VIX closes and for how many days`,
    why: 'Needs a history of VIX; the pack is switched.',
  },
  {
    published: `${RANGES}: small biotechnology companies −50/+100 %`,
    why: 'The sector is not known; a range can be set for each symbol.',
  },
  {
    published:
      '43000682439: concentrated where the requirement at the expected range exceeds min(150 % of equity, equity + $50,000)',
    why: 'The expected ranges are not published; stressLimit.classGroup takes the house’s own points.',
  },
  {
    published: '43000435311: volatility products at least 100 % and 75 % where uncovered',
    why: 'Two rates by side of the market; shortMinimum.fraction is one for calls and puts.',
  },
];

const indexRange = (down: number, up: number, when: string): readonly PackRule[] =>
  (['HIGH_CAP_INDEX', 'BROAD_INDEX'] as const).flatMap((productClass) => [
    packRule('priceMove.down', down, `${RANGES}: indices when volatility is ${when}`, { productClass }),
    packRule('priceMove.up', up, `${RANGES}: indices when volatility is ${when}`, { productClass }),
  ]);

export const TASTYTRADE_LOW_VOLATILITY_PACK: HouseRulePack = {
  name: 'tastytrade-low-volatility',
  title: 'tastytrade, portfolio margin as published, low volatility',
  rules: [...indexRange(-0.15, 0.1, 'low'), ...ALWAYS],
  unexpressed: UNEXPRESSED,
};

export const TASTYTRADE_HIGH_VOLATILITY_PACK: HouseRulePack = {
  name: 'tastytrade-high-volatility',
  title: 'tastytrade, portfolio margin as published, high volatility',
  rules: [...indexRange(-0.2, 0.15, 'high'), ...ALWAYS],
  unexpressed: UNEXPRESSED,
};
