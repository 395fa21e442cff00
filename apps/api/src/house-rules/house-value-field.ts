import { field, type FieldOptions } from '../fields/field.js';

/** A number, a yes or no, or several numbers by name. */
export const HOUSE_VALUE_SCHEMA = {
  oneOf: [{ type: 'number' }, { type: 'boolean' }, { type: 'object', additionalProperties: { type: 'number' } }],
};

const FIELDS_MOST = 8;

const isNumber = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value);

function isNumbers(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const numbers = Object.values(value);
  return numbers.length <= FIELDS_MOST && numbers.every(isNumber);
}

/** The value of a house rule; what its parameter allows is judged with the rule. Error code `field.house_value`. */
export function HouseValueField(options: FieldOptions): PropertyDecorator {
  const sentence = 'must be a number, true or false, or an object of numbers';
  return field('house_value', options, HOUSE_VALUE_SCHEMA, (value) =>
    isNumber(value) || typeof value === 'boolean' || isNumbers(value) ? undefined : sentence,
  );
}
