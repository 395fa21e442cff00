// One thread of bench:snapshot: an underlying at a time, its volatilities and risk arrays; counts go back.
import { parentPort, workerData } from 'node:worker_threads';
import { Decimal } from 'decimal.js';
import {
  chainVolatilities,
  optionTerms,
  osiSymbol,
  PLAIN_OPTION,
  usableSpot,
} from '../../dist/libs/market/src/index.js';
import { chainArray, chainFamily, chainImpliedVolatility } from '../../dist/libs/pricing/src/index.js';

const MARKET = workerData;
const PRICE_MOVES = Float64Array.from({ length: 11 }, (_, i) => 1 + (3 * i - 15) / 100);
const VOLATILITY_MOVES = Float64Array.of(0.75, 1, 1.25);
const volatilities = new Float64Array(VOLATILITY_MOVES.length);
const out = new Float64Array(PRICE_MOVES.length * VOLATILITY_MOVES.length);

function option([symbol, exercise, adjusted, price], underlying) {
  const { right, expiry, strike } = osiSymbol(symbol);
  const terms = { symbol, underlying, right, expiry, strike, exercise };
  const contract = { kind: 'OPTION', ...PLAIN_OPTION, ...terms, adjusted };
  return { ...contract, price: price === null ? null : new Decimal(price), impliedVolatility: null };
}

/** Counts of one underlying, by name. */
function counted({ underlying: { price, ...rest }, contracts }) {
  const underlying = { ...rest, price: price === null ? null : new Decimal(price) };
  const spot = usableSpot(underlying);
  const chain = contracts.map((line) => option(line, underlying.symbol));
  const families = new Map();
  const familyOf = (contract) => {
    const key = contract.symbol.slice(0, 13);
    if (!families.has(key)) {
      const known = optionTerms(contract, underlying, MARKET);
      families.set(key, known.kind === 'TERMS' ? chainFamily(known.terms) : known.gaps[0].code);
    }
    return families.get(key);
  };
  const counts = {};
  const count = (name) => (counts[name] = (counts[name] ?? 0) + 1);
  const solved = chain.map((contract) => {
    const family = familyOf(contract);
    if (typeof family === 'string') return noted(contract, `none: ${family}`, count);
    if (contract.price === null || spot === null) return noted(contract, 'none: no price', count);
    const implied = chainImpliedVolatility(family, contract.strike, spot, contract.price.toNumber());
    if (implied.kind === 'NONE') return noted(contract, `none: ${implied.reason}`, count);
    count('solved');
    return { ...contract, impliedVolatility: implied.volatilityAnnual };
  });
  const known = chainVolatilities(solved, underlying, MARKET);
  const spots = PRICE_MOVES.map((move) => move * (spot ?? 0));
  solved.forEach((contract, i) => {
    const family = familyOf(contract);
    if (known[i] === null || spot === null || typeof family === 'string') {
      count('array: none');
      return;
    }
    for (let v = 0; v < volatilities.length; v++) volatilities[v] = known[i].volatilityAnnual * VOLATILITY_MOVES[v];
    chainArray(family, contract.strike, spots, volatilities, out);
    if (!out.every(Number.isFinite)) throw new Error(`${contract.symbol}: a value is no number`);
    count(known[i].source === 'GIVEN' ? 'array: at its own volatility' : `array: at ${known[i].source}`);
    if (family.terms.dividends.length > 0) count('array: on a grid');
  });
  return counts;
}

function noted(contract, name, count) {
  count(name);
  return contract;
}

parentPort.on('message', (job) => parentPort.postMessage(counted(job)));
parentPort.postMessage({});
