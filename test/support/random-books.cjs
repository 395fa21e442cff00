'use strict';

/** A generator of numbers in [0, 1) that a seed determines (mulberry32). */
function randomNumbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const SPOT = 100;
const EXPIRIES = [
  { expiry: '2026-09-18', years: 28 / 365, isLongTerm: false },
  { expiry: '2026-10-16', years: 56 / 365, isLongTerm: false },
  { expiry: '2027-01-15', years: 147 / 365, isLongTerm: false },
  { expiry: '2027-09-17', years: 392 / 365, isLongTerm: true },
];

function optionLine(right, strike, { expiry, years, isLongTerm }, quantity) {
  const intrinsic = Math.max(0, right === 'CALL' ? SPOT - strike : strike - SPOT);
  const width = 0.3 * SPOT * Math.sqrt(years);
  const timeValue = 0.4 * width * Math.exp(-(((strike - SPOT) / width) ** 2) / 2);
  const premium = Math.round((intrinsic + timeValue) * 100 + 1) / 100;
  const side = right === 'CALL' ? 'C' : 'P';
  const thousandths = String(Math.round(strike * 1000)).padStart(8, '0');
  return {
    kind: 'OPTION',
    symbol: `XYZ   ${expiry.slice(2).replaceAll('-', '')}${side}${thousandths}`,
    underlying: 'XYZ',
    quantity,
    right,
    strike,
    premium,
    spot: SPOT,
    rates: { rate: 0.2, minimum: 0.1 },
    expiry,
    exercise: 'AMERICAN',
    multiplier: 100,
    long: isLongTerm ? { requirement: 0.75 * premium, marginValue: premium } : { requirement: 0, marginValue: 0 },
    isLongTerm,
    index: null,
  };
}

function shareLine(quantity) {
  const alone = quantity > 0 ? { initial: 50, maintenance: 25 } : { initial: 50, maintenance: 30 };
  return {
    kind: 'SHARES',
    symbol: 'XYZ',
    underlying: 'XYZ',
    quantity,
    price: SPOT,
    alone,
    rate: 0.25,
    exerciseRate: 0.1,
    isMargin: true,
    coversIndex: null,
  };
}

/** `count` series of one stock at 100, each long or short by up to `most` contracts, and `shares`; in symbol order. */
function randomBook(random, { count, most, strikes, shares }) {
  const pick = (list) => list[Math.floor(random() * list.length)];
  const lines = new Map();
  while (lines.size < count) {
    const right = random() < 0.5 ? 'CALL' : 'PUT';
    const quantity = (1 + Math.floor(random() * most)) * (random() < 0.5 ? 1 : -1);
    const line = optionLine(right, pick(strikes), pick(EXPIRIES), quantity);
    if (!lines.has(line.symbol)) lines.set(line.symbol, line);
  }
  const all = [...lines.values(), ...(shares === 0 ? [] : [shareLine(shares)])];
  return all.sort((a, b) => (a.symbol < b.symbol ? -1 : 1));
}

const NEAR_STRIKES = Array.from({ length: 9 }, (_, i) => 80 + 5 * i);
const MANY_STRIKES = Array.from({ length: 41 }, (_, i) => 50 + 2.5 * i);

/** Books of 1 to 12 series and, in half of them, stock; `most` contracts of each for a book of so many series. */
function smallBooks(seed, count, most) {
  const random = randomNumbers(seed);
  return Array.from({ length: count }, () => {
    const series = 1 + Math.floor(random() * 12);
    const largest = most(series);
    const lots = random() < 0.5 ? 0 : (1 + Math.floor(random() * largest)) * (random() < 0.5 ? 1 : -1);
    const oddLot = random() < 0.2 ? 50 : 0;
    const shares = lots * 100 + Math.sign(lots) * oddLot;
    return randomBook(random, { count: series, most: largest, strikes: NEAR_STRIKES, shares });
  });
}

/** One underlying with `count` series over four expiries and up to 50 contracts of each, and stock. */
function largeBook(seed, count) {
  return randomBook(randomNumbers(seed), { count, most: 50, strikes: MANY_STRIKES, shares: 3000 });
}

module.exports = { largeBook, smallBooks };
