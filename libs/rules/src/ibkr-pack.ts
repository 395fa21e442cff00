import { type HouseRulePack, packRule } from './house-rule-pack.js';

const STRESSES = 'https://us.placetrade.com/index.php/component/content/article/21-help-me/408-portfolio-margin';
const ARTICLE_3560 = 'https://ibkr.info/it/article/3560';
const SMALL_CAPS = 'https://ibkb.interactivebrokers.com/fr/article/3415';
const SPREADS = 'interactivebrokers.com, marginnew&p=opt';

export const IBKR_PACK: HouseRulePack = {
  name: 'ibkr',
  title: 'Interactive Brokers, portfolio margin as published',
  rules: [
    packRule('volMove.down', -0.15, `${STRESSES}: implied volatility of each class −15 %`),
    packRule('volMove.up', 0.15, `${STRESSES}: implied volatility of each class +15 %`),
    packRule('extraPoint', { priceMove: -0.25, volMove: 0 }, `${ARTICLE_3560}: any single name −25 %`, {
      productClass: 'EQUITY',
    }),
    packRule('extraPoint', { priceMove: 0.3, volMove: 0 }, `${ARTICLE_3560}: any single name +30 %`, {
      productClass: 'EQUITY',
    }),
    packRule('concentration.marketCapDrop', 500e6, `${SMALL_CAPS}: a fall of $500M in market capitalization`, {
      productClass: 'EQUITY',
    }),
    packRule(
      'concentration.largestNames',
      { names: 2, priceMove: 0.3, otherPriceMove: 0.05 },
      `${ARTICLE_3560}: two riskiest positions ±30 %, all other assets ±5 %`,
    ),
    packRule('initialMultiplier', 1.1, `${ARTICLE_3560}: initial is 110 % of maintenance for US products`),
  ],
  unexpressed: [
    {
      published: `${STRESSES}: ±5 standard deviations of 30 days of high, low, open and close`,
      why: 'Needs a history of prices, which a snapshot of one close does not have.',
    },
    {
      published: `${STRESSES}: 30 % on the large concentrated position`,
      why: 'Contained in the two riskiest positions at ±30 %, of which it is the first.',
    },
    {
      published: `${ARTICLE_3560}: initial is 125 % of maintenance outside the US`,
      why: 'The country of a product is not known; the multiple is one for the account.',
    },
    {
      published: `${ARTICLE_3560}: companies domiciled in China, a fall of $1.5B`,
      why: 'The domicile is not known; concentration.marketCapDrop can be set for each symbol.',
    },
    {
      published: `${ARTICLE_3560}: positions of 1 % of shares outstanding and more`,
      why: 'What they are charged is not published; concentration.sharesOutstanding takes a multiplier.',
    },
    {
      published: `${ARTICLE_3560}: days to liquidate raise initial margin`,
      why: 'Published without numbers; concentration.daysVolume takes them.',
    },
    {
      published: `${SMALL_CAPS}: maintenance is about 90 % of the new initial requirement`,
      why: 'Initial is a multiple of maintenance for the whole account, not for single names.',
    },
    {
      published: 'https://europacbank.com/?p=6986: stock back at its highest five-day median of the last year',
      why: 'Needs a year of prices.',
    },
    {
      published: 'https://ibkr.info/article/3114: daily exposure fee from simulated stresses',
      why: 'A fee by simulation, neither margin nor a limit.',
    },
    {
      published: `${SPREADS}: VIX spreads at least $150, universal spreads 102 % of the greatest loss`,
      why: 'Asked per spread; portfolio margin has class groups and no spreads.',
    },
  ],
};
