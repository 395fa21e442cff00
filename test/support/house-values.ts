import { type HouseParameter, type HouseValue, type NumberDefinition, PARAMETER_DEFINITIONS } from '@app/rules';
import * as fc from 'fast-check';

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
