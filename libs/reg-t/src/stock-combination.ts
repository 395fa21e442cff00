import type { Combination } from './combination.js';
import { inTheMoneyDollars, isLong, type OptionLine, type ShareLine } from './line.js';
import { type Held, type OptionBook, pairs, sameSizeAndExpiry } from './option-book.js';
import type { Requirement } from './requirement.js';
import { collar, conversion, coveredCall, coveredPut, protectiveCall, protectivePut, reversal } from './stock-hedge.js';

/** What long stock can be carried with; a non-margin stock only covers. */
export function longHedges(stock: Held<ShareLine>, { shortCalls, longPuts }: OptionBook): Combination[] {
  const covered = shortCalls.map((call) => cover(stock, call, call.line.multiplier));
  if (!stock.line.isMargin) return covered;
  const protective = longPuts.map((put) =>
    hedge('PROTECTIVE_PUT', stock, [put], protectivePut(stock.line, put.line.strike)),
  );
  const threeLegged = pairs(longPuts, shortCalls, sameSizeAndExpiry).flatMap(([put, call]) => {
    const [low, high] = [put.line.strike, call.line.strike];
    if (low === high) return [hedge('CONVERSION', stock, [put, call], conversion(stock.line, low))];
    return low < high ? [hedge('COLLAR', stock, [put, call], collar(stock.line, low, high))] : [];
  });
  return [...covered, ...protective, ...threeLegged];
}

/** What short stock can be carried with. */
export function shortHedges(stock: Held<ShareLine>, { shortPuts, longCalls }: OptionBook): Combination[] {
  const covered = shortPuts.map((put) => cover(stock, put, put.line.multiplier));
  const protective = longCalls.map((call) =>
    hedge('PROTECTIVE_CALL', stock, [call], protectiveCall(stock.line, call.line.strike)),
  );
  const reversals = pairs(longCalls, shortPuts, sameSizeAndExpiry)
    .filter(([call, put]) => call.line.strike === put.line.strike)
    .map(([call, put]) => hedge('REVERSAL', stock, [call, put], reversal(stock.line, call.line.strike)));
  return [...covered, ...protective, ...reversals];
}

/**
 * A fund that follows an index one to one covers short options on it with as many shares as are worth the contract:
 * Cboe's 2007 table carries 100,000 SPY against 100 short SPX calls at 50 % of the fund and nothing for the calls.
 * No other hedge of a fund with index options is relieved.
 */
export function indexCover(stock: Held<ShareLine>, { shortCalls, shortPuts }: OptionBook): Combination[] {
  const { coversIndex, price } = stock.line;
  if (coversIndex === null || price === 0) return [];
  return (isLong(stock.line) ? shortCalls : shortPuts)
    .filter(({ line }) => line.index === coversIndex)
    .map((option) => cover(stock, option, (option.line.multiplier * option.line.spot) / price));
}

/** One short contract against `shares` of stock. */
function cover(stock: Held<ShareLine>, option: Held<OptionLine>, shares: number): Combination {
  const itmPerShare = shares === 0 ? 0 : inTheMoneyDollars(option.line) / shares;
  return isLong(stock.line)
    ? combined('COVERED_CALL', stock, [option], shares, coveredCall(stock.line, itmPerShare))
    : combined('COVERED_PUT', stock, [option], shares, coveredPut(stock.line, itmPerShare));
}

function hedge(
  formula: Combination['formula'],
  stock: Held<ShareLine>,
  options: readonly Held<OptionLine>[],
  perShare: Requirement,
): Combination {
  return combined(formula, stock, options, options[0].line.multiplier, perShare);
}

function combined(
  formula: Combination['formula'],
  stock: Held<ShareLine>,
  options: readonly Held<OptionLine>[],
  shares: number,
  { initial, maintenance }: Requirement,
): Combination {
  return {
    formula,
    legs: [{ line: stock.index, units: shares }, ...options.map(({ index }) => ({ line: index, units: 1 }))],
    requirement: { initial: initial * shares, maintenance: maintenance * shares },
    marginValue: 0,
  };
}
