import { field, type FieldOptions } from './field.js';
import { notFound } from '../problems.js';

/** What the database takes as an id of an account, a desk or a feed: no colon, unlike an id of the caller's own. */
const ACCOUNT_ID = '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$';
const FORM = new RegExp(ACCOUNT_ID);

export function isAccountId(text: unknown): text is string {
  return typeof text === 'string' && FORM.test(text);
}

/** An id of an account, a desk or a feed. Error code `field.id`. */
export function AccountIdField(options: FieldOptions): PropertyDecorator {
  const sentence = 'must be 1 to 64 letters, digits or . _ - and begin with a letter or digit';
  const schema = { type: 'string', pattern: ACCOUNT_ID };
  return field('id', options, schema, (value) => (isAccountId(value) ? undefined : sentence));
}

/** The id in a path. @throws Problem 404 for a text that no account can have as its id. */
export function pathAccountId(text: string): string {
  if (!isAccountId(text)) throw notFound();
  return text;
}
