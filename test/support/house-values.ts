import {
  HOUSE_PARAMETERS,
  type HouseParameter,
  type HouseValue,
  type NumberDefinition,
  PARAMETER_DEFINITIONS,
} from '@app/rules';
import * as fc from 'fast-check';
import { houseRule } from './sample-market.js';

/** Values a parameter may have, its bounds among them; coarse, so that two rules often agree in a number. */
export function houseValues(parameter: HouseParameter): fc.Arbitrary<HouseValue> {
  const definition = PARAMETER_DEFINITIONS[parameter];
  if (definition.kind === 'FLAG') return fc.boolean();
  if (definition.kind === 'NUMBER') return numbers(definition.number);
  const { fields, oneOf = [] } = definition;
  const required = Object.keys(fields).filter((field) => !fields[field].optional);
  return fc
    .record(Object.fromEntries(Object.entries(fields).map(([field, number]) => [field, numbers(number)])), {
      requiredKeys: required,
    })
    .filter((value) => oneOf.length === 0 || oneOf.some((field) => value[field] !== undefined))
    .filter(({ priceMove, otherPriceMove = -Infinity }) => priceMove === undefined || otherPriceMove <= priceMove)
    .map((value) => value as Readonly<Record<string, number>>);
}

function numbers({ least, most, choices, whole }: NumberDefinition): fc.Arbitrary<number> {
  if (choices !== undefined) return fc.constantFrom(...choices);
  const parts = fc.constantFrom(0, 0.05, 0.1, 0.15, 0.2, 0.5, 1).map((part) => least + part * (most - least));
  return parts.map((value) => (whole ? Math.round(value) : Number(value.toFixed(6))));
}

/** Up to three rules of any kind, on everything. */
export const houseRuleLists = fc
  .uniqueArray(
    fc.constantFrom(...HOUSE_PARAMETERS).filter((parameter) => PARAMETER_DEFINITIONS[parameter].level !== 'SYMBOL'),
    { maxLength: 3 },
  )
  .chain((parameters) =>
    fc.tuple(...parameters.map((parameter) => houseValues(parameter).map((value) => houseRule(parameter, value)))),
  )
  .chain((rules) =>
    // Now and then a stock that the house keeps out of the model.
    fc.constantFrom(rules, rules, [...rules, houseRule('leastEligiblePrice', 15, { symbol: 'BBB' })]),
  );
