import { field, type FieldOptions } from './field.js';

export interface NumberFieldOptions extends FieldOptions {
  /** Inclusive; both bounds are asked for, so that no rate of 1e308 reaches a formula. */
  readonly min: number;
  readonly max: number;
  readonly integer?: boolean;
}

/** A rate, volatility, price move or count: a JSON number between two bounds. Error code `field.number`. */
export function NumberField(options: NumberFieldOptions): PropertyDecorator {
  const { min, max, integer = false } = options;
  const kind = integer ? 'a whole number' : 'a number';
  const schema = { type: integer ? 'integer' : 'number', minimum: min, maximum: max };
  return field('number', options, schema, (value) => {
    const right = typeof value === 'number' && value >= min && value <= max && (!integer || Number.isInteger(value));
    return right ? undefined : `must be ${kind} from ${min} to ${max}`;
  });
}
