import type { Formula } from './formula.js';
import type { Line, OptionLine } from './line.js';
import type { SpreadGroup } from './spread-group.js';

/** The name of a spread by its legs; only a name, as all spreads are charged their greatest loss. */
export function spreadShape(lines: readonly Line[], group: SpreadGroup, counts: readonly number[]): Formula {
  const legs = group.members.flatMap((line, i) => {
    const option = lines[line] as OptionLine;
    return counts[i] === 0 ? [] : [{ option, shares: Math.sign(option.quantity) * counts[i] * option.multiplier }];
  });
  if (legs.length === 2) return 'SPREAD';
  if (new Set(legs.map(({ option }) => option.expiry)).size > 1) return 'UNIVERSAL_SPREAD';
  legs.sort((a, b) => a.option.strike - b.option.strike || (a.option.right < b.option.right ? -1 : 1));
  const unit = Math.min(...legs.map(({ shares }) => Math.abs(shares)));
  const ratios = legs.map(({ shares }) => shares / unit).join(' ');
  if (new Set(legs.map(({ option }) => option.right)).size === 1) {
    if (/^(1 -2 1|-1 2 -1)$/.test(ratios)) return 'BUTTERFLY';
    return /^(1 -1 -1 1|-1 1 1 -1)$/.test(ratios) ? 'CONDOR' : 'UNIVERSAL_SPREAD';
  }
  return ironShape(
    legs.map(({ option }) => option),
    ratios,
  );
}

/** One put spread and one call spread of one size. */
function ironShape(options: readonly OptionLine[], ratios: string): Formula {
  if (!/^-?1 -?1 -?1 -?1$/.test(ratios)) return 'UNIVERSAL_SPREAD';
  const [low, , , high] = options.map(({ strike }) => strike);
  const strikes = new Set(options.map(({ strike }) => strike));
  if (strikes.size === 2 && options.filter(({ strike }) => strike === low).length === 2) {
    return ratios === '1 -1 -1 1' || ratios === '-1 1 1 -1' ? 'BOX' : 'UNIVERSAL_SPREAD';
  }
  const isIron = options.every(({ right, strike }) =>
    strike === low ? right === 'PUT' : strike !== high || right === 'CALL',
  );
  if (!isIron || !/^(1 -1 -1 1|-1 1 1 -1)$/.test(ratios)) return 'UNIVERSAL_SPREAD';
  return strikes.size === 3 ? 'IRON_BUTTERFLY' : 'IRON_CONDOR';
}
