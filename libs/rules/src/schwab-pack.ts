import { type HouseRulePack, packRule } from './house-rule-pack.js';

const RANGES = 'https://toslc.thinkorswim.com/center/howToTos/thinkManual/Miscellaneous/Portfolio-Margin.html';
const ELIGIBILITY = 'https://www.schwab.com/margin/portfolio-margin';
const BETA_TEST = 'https://tlc.thinkorswim.com/center/faq/Portfolio-Margin, as r/PMTraders quotes it';
const STRESS_2023 = 'r/PMTraders, August 2023';
const STRESS_2024 = 'r/PMTraders, April 2024';

const betaLimit = (priceMove: number, equityMultiple: number) => ({ priceMove, volMove: 0, equityMultiple });

export const SCHWAB_PACK: HouseRulePack = {
  name: 'schwab',
  title: 'Schwab and TD Ameritrade, portfolio margin as published',
  rules: [
    packRule('priceMove.down', -0.15, `${RANGES}: everything, large-cap indices included, at least ±15 %`),
    packRule('priceMove.up', 0.15, `${RANGES}: everything, large-cap indices included, at least ±15 %`),
    packRule('leastEligiblePrice', 5, `${ELIGIBILITY}: stocks under $5 are not eligible`),
    packRule('stressLimit.betaWeighted', betaLimit(-0.2, 2), `${BETA_TEST}: loss at −20 % within 2 × equity`),
    packRule('stressLimit.betaWeighted', betaLimit(0.2, 3), `${BETA_TEST}: loss at +20 % within 3 × equity`),
    packRule('stressLimit.betaWeighted', betaLimit(0.1, 1), `${BETA_TEST}: loss at +10 % within equity`),
    packRule('stressLimit.betaWeighted', betaLimit(-0.12, 1), `${BETA_TEST}: loss at −12 % within equity`),
    packRule(
      'stressLimit.betaWeighted',
      { priceMove: -0.2, volMove: 0.3, equityPlus: 5e6 },
      `${STRESS_2023}: at −20 % and volatility +30 % the loss beyond equity is at most $5M`,
    ),
    packRule('stressLimit.betaWeighted', betaLimit(-0.4, 8), `${STRESS_2024}: loss at −40 % within 8 × equity`),
  ],
  unexpressed: [
    {
      published:
        'https://www.schwab.com/learn/story/option-traders-how-portfolio-margin-works: where the point of no return lies ' +
        'inside the expected price range, the range reaches as far',
      why: 'The expected ranges are not published; concentration.expectedMove takes the house’s own.',
    },
    {
      published: 'Existence of a short unit test and a vega test, quoted by r/PMTraders',
      why: 'Published without numbers.',
    },
    {
      published: `${ELIGIBILITY}: securities off the national exchanges are not eligible`,
      why: 'The exchange of a security is not known; it can be marked as not marginable.',
    },
    {
      published: 'https://tickertape.tdameritrade.com (2016): indices −12/+10 %, later in 20 equidistant points',
      why: 'Superseded by ±15 %.',
    },
  ],
};
