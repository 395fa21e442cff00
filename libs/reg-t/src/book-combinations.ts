import type { Combination } from './combination.js';
import { both, isLong, type Line, type OptionLine } from './line.js';
import { type Held, type OptionBook, optionBook, pairs, sameSize, sameSizeAndExpiry } from './option-book.js';
import { shortStraddle } from './option-requirement.js';
import { indexCover, longHedges, shortHedges } from './stock-combination.js';

/**
 * Every permitted combination of the lines, in the lines' order. Spreads are not among them: they have any number of
 * legs. `longBoxRate` is the fraction of its strike difference that a long box requires.
 */
export function combinations(lines: readonly Line[], longBoxRate: number): Combination[] {
  const options = lines.flatMap((line, index) => (line.kind === 'OPTION' ? [{ line, index }] : []));
  const stocks = lines.flatMap((line, index) => (line.kind === 'SHARES' ? [{ line, index }] : []));
  const underlyings = [...new Set(options.map(({ line }) => line.underlying))];
  return underlyings.flatMap((underlying) => {
    const book = optionBook(options.filter(({ line }) => line.underlying === underlying));
    const withStock = stocks.flatMap((stock) => {
      if (stock.line.underlying !== underlying) return indexCover(stock, book);
      return isLong(stock.line) ? longHedges(stock, book) : shortHedges(stock, book);
    });
    return [...withStock, ...straddles(book), ...longBoxes(book, longBoxRate)];
  });
}

/** A call and a put on the same number of shares; strikes and expiries may differ (4210(f)(2)(F)). */
function straddles({ shortCalls, shortPuts }: OptionBook): Combination[] {
  return pairs(shortCalls, shortPuts, sameSize).map(([call, put]) => ({
    formula: 'STRADDLE',
    legs: [call, put].map(({ index }) => ({ line: index, units: 1 })),
    requirement: both(shortStraddle(call.line, put.line) * call.line.multiplier),
    marginValue: 0,
  }));
}

type Side = readonly [long: Held<OptionLine>, short: Held<OptionLine>];

/**
 * A long box of European cash-settled options: 50 % of the strike difference, carried at its market value but at no
 * more than the strike difference (4210(f)(2)(H)(v)).
 */
function longBoxes({ shortCalls, shortPuts, longCalls, longPuts }: OptionBook, rate: number): Combination[] {
  const isSide = (long: OptionLine, short: OptionLine): boolean =>
    sameSizeAndExpiry(long, short) &&
    long.strike === short.strike &&
    [long, short].every(({ exercise, index }) => exercise === 'EUROPEAN' && index !== null);
  const lower: Side[] = pairs(longCalls, shortPuts, isSide);
  const upper: Side[] = pairs(longPuts, shortCalls, isSide);
  return lower.flatMap((low) =>
    upper
      .filter((high) => sameSizeAndExpiry(low[0].line, high[0].line) && low[0].line.strike < high[0].line.strike)
      .map((high) => longBox(low, high, rate)),
  );
}

function longBox(low: Side, high: Side, rate: number): Combination {
  const { multiplier } = low[0].line;
  const width = (high[0].line.strike - low[0].line.strike) * multiplier;
  const value =
    [low, high].reduce((sum, [long, short]) => sum + long.line.premium - short.line.premium, 0) * multiplier;
  return {
    formula: 'LONG_BOX',
    legs: [...low, ...high].map(({ index }) => ({ line: index, units: 1 })),
    requirement: both(rate * width),
    marginValue: Math.max(0, Math.min(value, width)),
  };
}
