import type { HouseRule } from './house-rule.js';
import type { NumberDefinition, RecordParameter } from './parameter-definition.js';
import { HOUSE_PARAMETERS, isHouseParameter, PARAMETER_DEFINITIONS } from './parameter-definitions.js';

/** A rule as it is entered: parameter and value may be anything. */
export type UncheckedHouseRule = Omit<HouseRule, 'parameter' | 'value'> & {
  readonly parameter: string;
  readonly value: unknown;
};

export interface HouseRuleFault {
  /** Pointer into the rule: /value, /value/priceMove, /effectiveTo … */
  readonly pointer: string;
  readonly code: `house_rule.${string}`;
  /** One sentence. */
  readonly detail: string;
}

/** Every field of a rule that cannot be meant. What contradicts another rule is said by {@link conflictingRules}. */
export function houseRuleFaults(rule: UncheckedHouseRule): readonly HouseRuleFault[] {
  const days = rule.effectiveTo !== null && rule.effectiveTo < rule.effectiveFrom;
  return [
    ...valueFaults(rule.parameter, rule.value),
    ...targetFaults(rule),
    ...(days ? [fault('/effectiveTo', 'ends_before_start', 'Must not be before effectiveFrom.')] : []),
  ];
}

/** What is wrong with a value, or with the parameter it is for. */
export function valueFaults(parameter: string, value: unknown): readonly HouseRuleFault[] {
  if (!isHouseParameter(parameter)) {
    return [fault('/parameter', 'unknown_parameter', `Must be one of ${HOUSE_PARAMETERS.join(', ')}.`)];
  }
  const definition = PARAMETER_DEFINITIONS[parameter];
  if (definition.kind === 'NUMBER') return numberFaults('/value', value, definition.number);
  if (definition.kind === 'RECORD') return recordFaults(value, definition);
  return typeof value === 'boolean' ? [] : [fault('/value', 'wrong_kind', 'Must be true or false.')];
}

function recordFaults(value: unknown, { fields, oneOf = [] }: RecordParameter): readonly HouseRuleFault[] {
  const names = Object.keys(fields);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [fault('/value', 'wrong_kind', `Must be an object of ${names.join(', ')}.`)];
  }
  const given = value as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(given).filter((name) => !names.includes(name));
  const lacks = oneOf.length > 0 && oneOf.every((name) => given[name] === undefined);
  return [
    ...unknown.map((name) => fault(`/value/${name}`, 'unknown_field', `Must be one of ${names.join(', ')}.`)),
    ...names.flatMap((name) => numberFaults(`/value/${name}`, given[name], fields[name])),
    ...(lacks ? [fault('/value', 'missing_field', `Must have ${oneOf.join(' or ')}.`)] : []),
    ...orderFaults(given),
  ];
}

/** The largest names move at least as far as the others. */
function orderFaults({ priceMove, otherPriceMove }: Readonly<Record<string, unknown>>): readonly HouseRuleFault[] {
  if (typeof priceMove !== 'number' || typeof otherPriceMove !== 'number' || otherPriceMove <= priceMove) return [];
  return [fault('/value/otherPriceMove', 'out_of_order', 'Must not be more than priceMove.')];
}

function numberFaults(pointer: string, value: unknown, definition: NumberDefinition): readonly HouseRuleFault[] {
  const { unit, least, most, choices, whole, optional } = definition;
  if (value === undefined && optional) return [];
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    return [fault(pointer, 'wrong_kind', `Must be a number (${unit}).`)];
  }
  if (choices !== undefined && !choices.includes(value)) {
    return [fault(pointer, 'not_a_choice', `Must be one of ${choices.join(', ')} (${unit}).`)];
  }
  if (value < least || value > most) {
    return [fault(pointer, 'out_of_bounds', `Must be from ${least} to ${most} (${unit}).`)];
  }
  if (whole && !Number.isInteger(value)) return [fault(pointer, 'not_whole', `Must be a whole number (${unit}).`)];
  return [];
}

const TARGETS = ['productClass', 'classGroup', 'symbol'] as const;

/** A number of the whole account has no narrower target. */
function targetFaults(rule: UncheckedHouseRule): readonly HouseRuleFault[] {
  const { parameter } = rule;
  if (!isHouseParameter(parameter) || PARAMETER_DEFINITIONS[parameter].level !== 'ACCOUNT') return [];
  return TARGETS.filter((target) => rule[target] !== null).map((target) =>
    fault(`/${target}`, 'wrong_target', `Must be absent: ${parameter} is a number of the whole account.`),
  );
}

function fault(pointer: string, code: string, detail: string): HouseRuleFault {
  return { pointer, code: `house_rule.${code}`, detail };
}
