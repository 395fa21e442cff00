import type { WhatIf } from '@app/margin';
import type { Multiples } from './multiple.js';

/** Where a stretch is probed: what is a straight line at both ends and here is taken for one in between. */
const PROBES = [0.25, 0.5, 0.75];
/** Cents that roundings of class groups and add-ons may put a point off a straight line. */
const ROUNDING_CENTS = 12;

/**
 * The numbers asked, ascending, with more of them wherever the answers between two neighbours are no straight line or
 * have other reasons: halved until both halves are, or there is nothing between. So thresholds, where a requirement
 * jumps or a limit begins to bind, come out to the unit.
 */
export function refined(asked: readonly number[], at: Multiples): readonly number[] {
  const found = new Set(asked);
  const refine = (from: number, to: number): void => {
    if (to - from <= 1) return;
    const probes = [...new Set(PROBES.map((part) => Math.round(from + part * (to - from))))];
    probes.forEach((n) => found.add(n));
    if (probes.every((n) => isBetween(n, from, to, at))) return;
    const middle = Math.floor((from + to) / 2);
    found.add(middle);
    refine(from, middle);
    refine(middle, to);
  };
  for (let i = 1; i < asked.length; i++) refine(asked[i - 1], asked[i]);
  return [...found].sort((a, b) => a - b);
}

function isBetween(n: number, from: number, to: number, at: Multiples): boolean {
  const [a, b, here] = [at(from), at(to), at(n)];
  if (a === null || b === null || here === null) return a === b && b === here;
  const part = (n - from) / (to - from);
  const isStraight = (amount: (answer: WhatIf) => number): boolean =>
    Math.abs(amount(a) + part * (amount(b) - amount(a)) - amount(here)) <= ROUNDING_CENTS;
  const isAlike = [a, b].every((end) => reasons(end) === reasons(here));
  return isAlike && isStraight(({ after }) => after.requirement) && isStraight(({ after }) => after.initial);
}

function reasons({ decision, riskReducing, reasons: given }: WhatIf): string {
  return [decision, riskReducing, ...given.map(({ code, subject }) => `${code} ${subject ?? ''}`)].join();
}
