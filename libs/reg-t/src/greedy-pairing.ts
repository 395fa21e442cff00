import { type Assignment, combinationSaving, optionAt, type PairingBook, unitCost } from './assignment.js';
import { isLong, pairableQuantity, unpaired } from './line.js';
import { groupLoss } from './spread-group.js';

/** One thing the greedy pairing can form, with the places in the assignment that a unit of it adds to. */
interface Candidate {
  readonly saving: number;
  readonly legs: readonly { readonly line: number; readonly units: number }[];
  readonly combination: number | null;
  readonly spread: { readonly group: number; readonly members: readonly [number, number] } | null;
}

/**
 * Forms what saves most, as often as it can, then the next. Not the least in general, but a bound from above that
 * needs no solver, and the answer where only one thing can be formed. Ties go to what comes first in the book.
 */
export function greedyPairing(book: PairingBook): Assignment {
  const left = book.lines.map(pairableQuantity);
  const combinations = book.combinations.map(() => 0);
  const spreads = book.groups.map(({ members }) => members.map(() => 0));
  const candidates = [...combinationCandidates(book), ...spreadCandidates(book)]
    .filter(({ saving }) => saving > 0)
    .sort((a, b) => b.saving - a.saving);
  for (const { legs, combination, spread } of candidates) {
    const units = Math.min(...legs.map((leg) => Math.floor(left[leg.line] / leg.units)));
    if (units <= 0) continue;
    for (const leg of legs) left[leg.line] = Math.max(0, left[leg.line] - units * leg.units);
    if (combination !== null) combinations[combination] += units;
    if (spread !== null) spread.members.forEach((member) => (spreads[spread.group][member] += units));
  }
  return { combinations, spreads };
}

function combinationCandidates(book: PairingBook): Candidate[] {
  return book.combinations.map((each, combination) => ({
    saving: combinationSaving(book, each),
    legs: each.legs,
    combination,
    spread: null,
  }));
}

/** Two-legged spreads, each in the group of its short's expiry. */
function spreadCandidates(book: PairingBook): Candidate[] {
  return book.groups.flatMap((group, g) => {
    const members = group.members.map((line, member) => ({ line, member, option: optionAt(book, line) }));
    const shorts = members.filter(({ option }) => !isLong(option) && option.expiry === group.expiry);
    return shorts.flatMap((short) =>
      members
        .filter(({ option: { right, multiplier, quantity } }) => {
          return quantity > 0 && right === short.option.right && multiplier === short.option.multiplier;
        })
        .map((long): Candidate => {
          const counts = members.map(({ member }) => (member === short.member || member === long.member ? 1 : 0));
          const alone = unitCost(unpaired(short.option), book.kind) + unitCost(unpaired(long.option), book.kind);
          return {
            saving: alone - groupLoss(book.lines, group, counts),
            legs: [short, long].map(({ line }) => ({ line, units: 1 })),
            combination: null,
            spread: { group: g, members: [short.member, long.member] },
          };
        }),
    );
  });
}
