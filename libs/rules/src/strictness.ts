import type { HouseValue } from './house-rule.js';
import type { NumberDefinition } from './parameter-definition.js';
import { type HouseParameter, PARAMETER_DEFINITIONS } from './parameter-definitions.js';

/**
 * By how much `a` asks for more than `b`, number by number in the order they are defined: + is stricter, − looser.
 * Numbers that say which rule is meant are left out.
 */
function strictnesses(parameter: HouseParameter, a: HouseValue, b: HouseValue): readonly number[] {
  const definition = PARAMETER_DEFINITIONS[parameter];
  if (definition.kind === 'FLAG') return [Number(a === definition.stricter) - Number(b === definition.stricter)];
  if (definition.kind === 'NUMBER') return [stricterBy(definition.number, a as number, b as number)];
  const [x, y] = [a as Readonly<Record<string, number>>, b as Readonly<Record<string, number>>];
  return Object.entries(definition.fields).map(([field, number]) => stricterBy(number, x[field], y[field]));
}

/** An absent bound is the loosest. */
function stricterBy({ stricter }: NumberDefinition, a: number | undefined, b: number | undefined): number {
  if (stricter === 0 || a === b) return 0;
  if (a === undefined) return -1;
  return b === undefined ? 1 : (a - b) * stricter;
}

/** Whether `a` asks for less than `b` in any number. */
export function isLooserValue(parameter: HouseParameter, a: HouseValue, b: HouseValue): boolean {
  return strictnesses(parameter, a, b).some((by) => by < 0);
}

/** Stricter first; by the first number that differs. */
export function byStrictness(parameter: HouseParameter, a: HouseValue, b: HouseValue): number {
  return -(strictnesses(parameter, a, b).find((by) => by !== 0) ?? 0);
}
