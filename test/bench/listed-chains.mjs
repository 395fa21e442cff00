// Chains to measure: real quotes where the folder with them is beside the repository, else chains made up like them.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { osiSymbol } from '../../dist/libs/market/src/index.js';
import { randomNumbers } from './pricing-rows.mjs';

const SNAPSHOT = join(dirname(fileURLToPath(import.meta.url)), '../../../shared/data/us-options-2026-08-21');
const DATE = Date.parse('2026-08-21');
const DAY = 86_400_000;
/** Chains of fewer strikes are no chains; more than this many chains measure nothing new. */
const FEWEST_STRIKES = 20;
const MOST_CHAINS = 100;

/** Chains: terms of an expiry and right, spot, strikes with their volatilities. */
export function listedChains() {
  return existsSync(SNAPSHOT) ? realChains() : madeUpChains();
}

function realChains() {
  const columns = { columns: true, relax_column_count: true };
  const underlyings = parse(readFileSync(join(SNAPSHOT, 'underlyings.csv')), columns);
  const prices = new Map(underlyings.map((row) => [row.symbol ?? row.underlying, row]));
  const groups = new Map();
  for (const { symbol, implied_vol } of parse(gunzipSync(readFileSync(join(SNAPSHOT, 'quotes.csv.gz'))), columns)) {
    if (!(Number(implied_vol) > 0.01)) continue;
    const key = symbol.slice(0, 13);
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push([symbol, Number(implied_vol)]);
  }
  const chains = [...groups].flatMap(([key, contracts]) => {
    const underlying = prices.get(key.slice(0, 6).trim());
    const { right, expiry } = osiSymbol(contracts[0][0]);
    const yearsToExpiry = (Date.parse(expiry) - DATE) / DAY / 365;
    const isChain = underlying?.price > 0 && yearsToExpiry > 0 && contracts.length >= FEWEST_STRIKES;
    if (!isChain) return [];
    // Stocks pay a yield, or one is supposed: calls without any would be priced as European.
    const dividendYield = Number(underlying.dividend_yield) || 0.01;
    const terms = { right, exercise: 'AMERICAN', yearsToExpiry, rateContinuous: 0.04, dividendYield, dividends: [] };
    const options = contracts.map(([symbol, volatility]) => ({ strike: osiSymbol(symbol).strike, volatility }));
    return [{ terms, spot: Number(underlying.price), options }];
  });
  const step = Math.max(1, Math.floor(chains.length / MOST_CHAINS));
  return { name: 'real', chains: chains.filter((_, i) => i % step === 0) };
}

function madeUpChains() {
  const next = randomNumbers(5);
  const chains = Array.from({ length: MOST_CHAINS }, (_, i) => {
    const yearsToExpiry = Math.ceil(800 * next()) / 365;
    const level = 0.15 + 0.5 * next();
    const spot = 20 + 480 * next();
    const right = i % 2 === 0 ? 'CALL' : 'PUT';
    const terms = { right, exercise: 'AMERICAN', yearsToExpiry, rateContinuous: 0.04, dividends: [] };
    const options = Array.from({ length: 40 }, (__, k) => {
      const z = (k - 20) / 8;
      const strike = spot * Math.exp(z * level * Math.sqrt(yearsToExpiry));
      return { strike, volatility: level * (1 + 0.03 * z * z - 0.06 * z) };
    });
    return { terms: { ...terms, dividendYield: 0.03 * next() }, spot, options };
  });
  return { name: 'made up', chains };
}
