import { field, type FieldOptions } from './field.js';

export interface ChoiceFieldOptions extends FieldOptions {
  readonly choices: readonly string[];
}

/** One of a closed list of words. Error code `field.choice`. */
export function ChoiceField(options: ChoiceFieldOptions): PropertyDecorator {
  const words = new Set<unknown>(options.choices);
  const sentence = `must be one of ${options.choices.join(', ')}`;
  const schema = { type: 'string', enum: [...options.choices] };
  return field('choice', options, schema, (value) => (words.has(value) ? undefined : sentence));
}

/** true or false. Error code `field.flag`. */
export function FlagField(options: FieldOptions): PropertyDecorator {
  const fault = (value: unknown): string | undefined =>
    typeof value === 'boolean' ? undefined : 'must be true or false';
  return field('flag', options, { type: 'boolean' }, fault);
}
