// npm run bench:pricing -- [FILE.csv]: processor time of the pricing kernels, over a file in the columns of the reference
// grid or over options drawn from a fixed seed. A risk array is 11 price moves by 3 volatility moves. The last line is
// one JSON object.
import {
  chainArray,
  chainFamily,
  impliedVolatility,
  optionArray,
  optionGreeks,
  optionValue,
} from '../../dist/libs/pricing/src/index.js';
import { crrValue } from './crr.mjs';
import { listedChains } from './listed-chains.mjs';
import { optionOf, randomOptions, rowsOf } from './pricing-rows.mjs';
import { quantLibComparison } from './quantlib.mjs';
import { nanoseconds } from './rounds.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 7);
const ROUND_TRIPS = Number(process.env.BENCH_ROUND_TRIPS ?? 100_000);
const PRICE_MOVES = Float64Array.from({ length: 11 }, (_, i) => 1 + (3 * i - 15) / 100);
const VOLATILITY_MOVES = Float64Array.of(0.75, 1, 1.25);
const POINTS = PRICE_MOVES.length * VOLATILITY_MOVES.length;

const [path] = process.argv.slice(2);
const options = path === undefined ? randomOptions(2000, 1) : rowsOf(path).map(optionOf);
const europeans = options.map((option) => ({ ...option, terms: { ...option.terms, exercise: 'EUROPEAN' } }));
const { name: chainName, chains } = listedChains();

const spots = new Float64Array(PRICE_MOVES.length);
const volatilities = new Float64Array(VOLATILITY_MOVES.length);
const out = new Float64Array(POINTS);
let sink = 0;

function shock(spot, volatility) {
  for (let i = 0; i < spots.length; i++) spots[i] = spot * PRICE_MOVES[i];
  for (let v = 0; v < volatilities.length; v++) volatilities[v] = volatility * VOLATILITY_MOVES[v];
}

function prices() {
  for (const { terms, spot, volatility } of options) sink += optionValue(terms, spot, volatility);
  return options.length;
}

function arrays(list) {
  for (const { terms, spot, volatility } of list) {
    shock(spot, volatility);
    optionArray(terms, spots, volatilities, out);
    sink += out[0];
  }
  return list.length;
}

function independentPrices() {
  for (const { terms, spot, volatility } of options) {
    shock(spot, volatility);
    for (const stressedVolatility of volatilities) {
      for (const stressedSpot of spots) sink += optionValue(terms, stressedSpot, stressedVolatility);
    }
  }
  return options.length;
}

function europeanArrays() {
  // So quick that one pass over the options would be over before the processor's clock ticks.
  for (let pass = 0; pass < 20; pass++) arrays(europeans);
  return 20 * options.length;
}

function chainArrays() {
  let count = 0;
  for (const { terms, spot, options: listed } of chains) {
    const family = chainFamily(terms);
    for (const { strike, volatility } of listed) {
      shock(spot, volatility);
      chainArray(family, strike, spots, volatilities, out);
      sink += out[0];
    }
    count += listed.length;
  }
  return count;
}

function chainOptionsAlone() {
  let count = 0;
  for (const { terms, spot, options: listed } of chains) {
    for (const { strike, volatility } of listed) {
      shock(spot, volatility);
      optionArray({ ...terms, strike }, spots, volatilities, out);
      sink += out[0];
    }
    count += listed.length;
  }
  return count;
}

const asked = options.map(({ terms, spot, volatility }) => ({
  terms,
  spot,
  price: optionValue(terms, spot, volatility),
}));

function impliedVolatilities() {
  for (const { terms, spot, price } of asked) sink += impliedVolatility(terms, spot, price).volatilityAnnual ?? 0;
  return asked.length;
}

function greeks() {
  for (const { terms, spot, volatility } of options) sink += optionGreeks(terms, spot, volatility).vega;
  return options.length;
}

function lattices() {
  for (const { terms, spot, volatility } of options) sink += crrValue(terms, spot, volatility, 200);
  return options.length;
}

/** Prices of random options, their volatilities, and the prices of those: the largest difference over spot. */
function roundTrips() {
  const worst = { largest: 0, none: 0, wrongNone: 0 };
  for (const { terms, spot, volatility } of randomOptions(ROUND_TRIPS, 9)) {
    const price = optionValue(terms, spot, volatility);
    const implied = impliedVolatility(terms, spot, price);
    if (implied.kind === 'SOLVED') {
      const back = optionValue(terms, spot, implied.volatilityAnnual);
      worst.largest = Math.max(worst.largest, Math.abs(back - price) / spot);
    } else {
      worst.none += 1;
      // Rightly none where the price is that of no volatility.
      if (Math.abs(price - optionValue(terms, spot, 0)) > 1e-8 * spot) worst.wrongNone += 1;
    }
  }
  return worst;
}

const ns = nanoseconds(
  {
    americanPrice: prices,
    americanArray: () => arrays(options),
    independentPrices,
    europeanArray: europeanArrays,
    impliedVolatility: impliedVolatilities,
    greeks,
    chainArray: chainArrays,
    chainOptionAlone: chainOptionsAlone,
    crr200: lattices,
  },
  ROUNDS,
);
const trips = roundTrips();
const round = (value, digits = 4) => Number(value.toPrecision(digits));
console.log(`${options.length} options; ${chains.length} chains, ${chainName}; medians of ${ROUNDS} rounds`);
for (const [name, time] of Object.entries(ns)) console.log(`${name.padEnd(20)} ${(time / 1000).toFixed(2)} µs`);
console.log(
  `${ROUND_TRIPS} round trips: largest price error over spot ${trips.largest}, no solution ${trips.none}, ` +
    `of them wrongly ${trips.wrongNone}`,
);
const quantLib = quantLibComparison(options);
if (!Number.isFinite(sink)) throw new Error(`the values sum to ${sink}`);
console.log(
  JSON.stringify({
    nsPerAmericanPrice: round(ns.americanPrice),
    nsPerAmericanArray: round(ns.americanArray),
    nsPerEuropeanArray: round(ns.europeanArray),
    nsPerAmericanImpliedVolatility: round(ns.impliedVolatility),
    nsPerChainArray: round(ns.chainArray),
    arrayOverIndependentPrices: round(ns.americanArray / ns.independentPrices),
    nsPerIndependentPrices: round(ns.independentPrices),
    nsPerGreeks: round(ns.greeks),
    nsPerCrr200: round(ns.crr200),
    arrayOverCrr200: round(ns.americanArray / ns.crr200),
    europeanArrayOverCrr200: round(ns.europeanArray / ns.crr200),
    chainArrayOverCrr200: round(ns.chainArray / ns.crr200),
    chainArrayOverArrayAlone: round(ns.chainArray / ns.chainOptionAlone),
    chain: chainName,
    impliedRoundTrips: ROUND_TRIPS,
    impliedMaxPriceErrorOverSpot: trips.largest,
    impliedNone: trips.none,
    impliedWronglyNone: trips.wrongNone,
    quantLib,
  }),
);
