import type { NumberDefinition, ParameterDefinition } from './parameter-definition.js';

const RANGES = 'FINRA 4210(g)(2); Schwab and tastytrade publish wider ones';
const TASTYTRADE = 'tastytrade, tastyworks.freshdesk.com 43000595351';
const PRICE_MOVE: NumberDefinition = { unit: 'fraction of the underlying price', least: -1, most: 10, stricter: 0 };
const VOL_MOVE: NumberDefinition = { unit: 'fraction of the volatility', least: -0.9, most: 5, stricter: 0 };
const MULTIPLIER: NumberDefinition = { unit: 'multiple', least: 1, most: 100, stricter: 1 };
const DAYS: NumberDefinition = { unit: 'calendar days', least: 0, most: 365, stricter: 1, whole: true };

/** A limit on a loss, which violates and is not margin: the loss may not exceed either bound. */
export const STRESS_BOUNDS = {
  equityMultiple: { unit: 'multiple of account equity', least: 0, most: 1000, stricter: -1, optional: true },
  equityPlus: { unit: 'dollars beyond account equity', least: 0, most: 1e12, stricter: -1, optional: true },
} as const satisfies Readonly<Record<string, NumberDefinition>>;

/** What one class group is margined with. */
export const CLASS_GROUP_PARAMETERS = {
  'priceMove.down': {
    level: 'CLASS_GROUP',
    kind: 'NUMBER',
    number: { ...PRICE_MOVE, most: 0, stricter: -1 },
    default: 'the rule book’s range',
    doc: 'Lowest valuation point; −0.2 is 20 % down.',
    citation: RANGES,
  },
  'priceMove.up': {
    level: 'CLASS_GROUP',
    kind: 'NUMBER',
    number: { ...PRICE_MOVE, least: 0, stricter: 1 },
    default: 'the rule book’s range',
    doc: 'Highest valuation point; 0.2 is 20 % up.',
    citation: RANGES,
  },
  'priceMove.step': {
    level: 'CLASS_GROUP',
    kind: 'NUMBER',
    number: {
      unit: 'fraction of the underlying price',
      least: 0.0025,
      most: 0.01,
      stricter: -1,
      choices: [0.01, 0.005, 0.0025],
    },
    default: '0.01 once a range or step of the house is in force, otherwise the rule book’s points alone',
    doc: 'Spacing of the house’s own valuation points within the range in force.',
    citation: 'TD Ameritrade split its range into more points than the ten of 4210(g)(2) (tickertape, 2016)',
  },
  'volMove.down': {
    level: 'CLASS_GROUP',
    kind: 'NUMBER',
    number: { ...VOL_MOVE, most: 0, stricter: -1 },
    default: '0: volatilities stay as they are',
    doc: 'Every valuation point is also valued with volatilities moved down by this fraction.',
    citation: 'Interactive Brokers: each class also at implied volatility −15 % (us.placetrade.com, portfolio margin)',
  },
  'volMove.up': {
    level: 'CLASS_GROUP',
    kind: 'NUMBER',
    number: { ...VOL_MOVE, least: 0, stricter: 1 },
    default: '0: volatilities stay as they are',
    doc: 'Every valuation point is also valued with volatilities moved up by this fraction.',
    citation: 'Interactive Brokers: each class also at implied volatility +15 % (us.placetrade.com, portfolio margin)',
  },
  extraPoint: {
    level: 'CLASS_GROUP',
    kind: 'RECORD',
    fields: { priceMove: PRICE_MOVE, volMove: VOL_MOVE },
    key: ['priceMove', 'volMove'],
    default: 'none',
    doc: 'One more valuation point; a price move of −1 is to zero.',
    citation: 'Interactive Brokers: any single name at +30 % and −25 % (ibkr.info 3560)',
  },
  minimumCharge: {
    level: 'CLASS_GROUP',
    kind: 'NUMBER',
    number: { unit: 'dollars per share of each option or future contract', least: 0, most: 10_000, stricter: 1 },
    default: 'the rule book’s 0.375',
    doc: 'Least charge of a contract, long or short: times the multiplier, times contracts.',
    citation: 'FINRA 4210(g)(7)',
  },
  'minimumCharge.longsCapped': {
    level: 'CLASS_GROUP',
    kind: 'FLAG',
    stricter: false,
    default: 'true, the rule book’s',
    doc: 'Whether the minimum charge of a long option stops at its market value.',
    citation: 'FINRA 4210(g)(7), from memory; IBM and SPX straddles of Cboe’s 2007 table fit either reading',
  },
  'shortMinimum.fraction': {
    level: 'CLASS_GROUP',
    kind: 'NUMBER',
    number: { unit: 'fraction of the deliverable’s value', least: 0, most: 1, stricter: 1 },
    default: '0',
    doc: 'Least charge of each uncovered short option, of price × multiplier.',
    citation: `${TASTYTRADE}: 0.5 % of the deliverable`,
  },
  'shortMinimum.money': {
    level: 'CLASS_GROUP',
    kind: 'NUMBER',
    number: { unit: 'dollars per uncovered short contract', least: 0, most: 1e6, stricter: 1 },
    default: '0',
    doc: 'Least charge of each uncovered short option contract.',
    citation: 'Interactive Brokers: VIX spreads at least $150 each (marginnew, options)',
  },
  marketValueFloor: {
    level: 'CLASS_GROUP',
    kind: 'NUMBER',
    number: { unit: 'fraction of gross market value', least: 0, most: 1, stricter: 1 },
    default: '0',
    doc: 'The requirement of the class group is at least this part of its gross market value.',
    citation: 'LYNX: stock is generally held at 15 to 30 % of its value (service.lynx.be)',
  },
  'concentration.expectedMove': {
    level: 'CLASS_GROUP',
    kind: 'RECORD',
    fields: {
      down: { ...PRICE_MOVE, most: 0, stricter: -1 },
      up: { ...PRICE_MOVE, least: 0, stricter: 1 },
    },
    key: [],
    default: 'none',
    doc: 'Where the move that takes the account’s equity to zero lies within the expected move, the range reaches it.',
    citation: 'Schwab: expected price range against point of no return (schwab.com, how portfolio margin works)',
  },
  'concentration.equityShare': {
    level: 'CLASS_GROUP',
    kind: 'RECORD',
    fields: {
      share: { unit: 'fraction of account equity', least: 0, most: 100, stricter: 0 },
      rate: { unit: 'fraction of gross market value', least: 0, most: 1, stricter: 1 },
    },
    key: ['share'],
    default: 'none',
    doc: 'From this share of the account’s equity on, the requirement is at least the rate times gross market value.',
    citation: 'SpeedTrader: 40 % of the account at 40 %, 85 % at 70 % (speedtrader.com, margin requirements)',
  },
  'concentration.sharesOutstanding': {
    level: 'CLASS_GROUP',
    kind: 'RECORD',
    fields: {
      fraction: { unit: 'fraction of shares outstanding', least: 0, most: 1, stricter: -1 },
      multiplier: MULTIPLIER,
    },
    key: [],
    default: 'none',
    doc: 'From this part of all shares on, the requirement is multiplied.',
    citation: 'Interactive Brokers: positions of 1 % of shares outstanding and more (ibkr.info 3560)',
  },
  'concentration.daysVolume': {
    level: 'CLASS_GROUP',
    kind: 'RECORD',
    fields: { days: { unit: 'days of average volume', least: 0, most: 1000, stricter: -1 }, multiplier: MULTIPLIER },
    key: [],
    default: 'none',
    doc: 'From this many days of average volume on, the requirement is multiplied.',
    citation: 'Interactive Brokers: days to liquidate (ibkr.info 3560)',
  },
  'concentration.marketCapDrop': {
    level: 'CLASS_GROUP',
    kind: 'NUMBER',
    number: { unit: 'dollars of market capitalization', least: 0, most: 1e13, stricter: 1 },
    default: 'none',
    doc: 'The range reaches down to the price after the company lost this much, at worst zero.',
    citation: 'Interactive Brokers: a fall of $500 million (ibkb.interactivebrokers.com 3415)',
  },
  earnings: {
    level: 'CLASS_GROUP',
    kind: 'RECORD',
    fields: { multiplier: { ...MULTIPLIER, most: 10 }, daysBefore: DAYS, daysAfter: DAYS },
    key: [],
    default: 'none',
    doc: 'The range is multiplied from so many days before the underlying’s earnings to so many after.',
    citation: 'tastytrade: range × 1.5 about three days before (support.tastyworks.com)',
  },
  'stressLimit.classGroup': {
    level: 'CLASS_GROUP',
    kind: 'RECORD',
    fields: { priceMove: PRICE_MOVE, volMove: VOL_MOVE, ...STRESS_BOUNDS },
    key: ['priceMove', 'volMove'],
    oneOf: ['equityMultiple', 'equityPlus'],
    default: 'none',
    doc: 'The class group’s loss there may not exceed the multiple of equity, nor equity and the sum beyond it.',
    citation: 'Lightspeed: index −15/+10 % within 100 % of equity, ±25 % within 200 % (lightspeed.com/risk-and-margin)',
  },
} as const satisfies Readonly<Record<string, ParameterDefinition>>;
