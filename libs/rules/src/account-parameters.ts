import { STRESS_BOUNDS } from './class-group-parameters.js';
import type { NumberDefinition, ParameterDefinition } from './parameter-definition.js';

const OFFSET: NumberDefinition = { unit: 'fraction of gains recognised', least: 0, most: 1, stricter: -1 };
const MOVE: NumberDefinition = { unit: 'fraction of the underlying price, either way', least: 0, most: 1, stricter: 1 };
const VOL_MOVE: NumberDefinition = { unit: 'fraction of the volatility', least: -0.9, most: 5, stricter: 0 };

/** What the whole account is held to. */
export const ACCOUNT_PARAMETERS = {
  'concentration.largestNames': {
    level: 'ACCOUNT',
    kind: 'RECORD',
    fields: {
      names: { unit: 'class groups', least: 1, most: 1000, stricter: 1, whole: true },
      priceMove: MOVE,
      otherPriceMove: MOVE,
    },
    key: [],
    default: 'none',
    doc: 'The riskiest names at one move and all others at a lesser one, the same way: what exceeds the requirement is added.',
    citation: 'Interactive Brokers: the two riskiest positions ±30 %, all others ±5 % (ibkr.info 3560)',
  },
  'offset.productGroup': {
    level: 'ACCOUNT',
    kind: 'NUMBER',
    number: OFFSET,
    default: 'the rule book’s, by product class',
    doc: 'Most of a class group’s gain that counts against losses within its product group.',
    citation: 'Cap on the offsets of 15c3-1a(b)(1)(v)(B)',
  },
  'offset.portfolioGroup': {
    level: 'ACCOUNT',
    kind: 'NUMBER',
    number: OFFSET,
    default: 'the rule book’s 0.5',
    doc: 'Most of a product group’s gain that counts against losses within its portfolio group.',
    citation: 'Cap on the offsets of 15c3-1a(b)(1)(v)(B)',
  },
  leverageCap: {
    level: 'ACCOUNT',
    kind: 'NUMBER',
    number: { unit: 'gross market value per dollar of equity', least: 0, most: 1000, stricter: -1 },
    default: 'none',
    doc: 'Gross market value above this multiple of equity is a violation.',
    citation: 'Lightspeed: leverage call (lightspeed.com/trading/margin-calls)',
  },
  initialMultiplier: {
    level: 'ACCOUNT',
    kind: 'NUMBER',
    number: { unit: 'multiple of the maintenance requirement', least: 1, most: 10, stricter: 1 },
    default: '1: initial and maintenance are one',
    doc: 'Orders that add risk are judged by this multiple of the requirement.',
    citation: 'Interactive Brokers: initial is 110 % of maintenance, 125 % outside the US (ibkr.info 3560)',
  },
  'stressLimit.portfolio': {
    level: 'ACCOUNT',
    kind: 'RECORD',
    fields: { priceMove: { ...MOVE, stricter: 0 }, volMove: VOL_MOVE, ...STRESS_BOUNDS },
    key: ['priceMove', 'volMove'],
    oneOf: ['equityMultiple', 'equityPlus'],
    default: 'none',
    doc: 'The sum of every class group’s loss on its own worse side may not exceed the multiple of equity, nor equity and the sum beyond it.',
    citation: 'Lightspeed: the sum of all risks at ±25 % within 125 % of equity (lightspeed.com/risk-and-margin)',
  },
  'stressLimit.betaWeighted': {
    level: 'ACCOUNT',
    kind: 'RECORD',
    fields: {
      priceMove: { unit: 'fraction of the index level', least: -1, most: 10, stricter: 0 },
      volMove: VOL_MOVE,
      ...STRESS_BOUNDS,
    },
    key: ['priceMove', 'volMove'],
    oneOf: ['equityMultiple', 'equityPlus'],
    default: 'none',
    doc: 'The loss with every underlying moved by its beta times the index may not exceed the multiple of equity, nor equity and the sum beyond it.',
    citation: 'TD Ameritrade: SPX-weighted beta test (tlc.thinkorswim.com, portfolio margin FAQ)',
  },
} as const satisfies Readonly<Record<string, ParameterDefinition>>;
