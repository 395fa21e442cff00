import { field } from './field.js';

const LIMIT_MOST = 500;
const LIMIT_DEFAULT = 50;

const limitFault = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[1-9]\d{0,2}$/.test(value) && Number(value) <= LIMIT_MOST
    ? undefined
    : `must be a whole number from 1 to ${LIMIT_MOST}`;

/** How many items a page of a list holds; a query's values are text, which {@link pageLimit} reads. */
export function LimitField(items: string): PropertyDecorator {
  return field(
    'number',
    { optional: true, description: `${items} on the page. Default ${LIMIT_DEFAULT}.`, example: LIMIT_DEFAULT },
    { type: 'integer', minimum: 1, maximum: LIMIT_MOST },
    limitFault,
  );
}

export function pageLimit(limit: string | undefined): number {
  return limit === undefined ? LIMIT_DEFAULT : Number(limit);
}

/** Where a page begins. `place` reads what a cursor of ours stands for; undefined for any other text. */
export function CursorField(place: (text: string) => unknown): PropertyDecorator {
  return field(
    'cursor',
    { optional: true, description: 'nextCursor of the page before; absent: the first page.' },
    { type: 'string' },
    (value) =>
      typeof value === 'string' && place(cursorText(value)) !== undefined
        ? undefined
        : 'must be the nextCursor of a page before',
  );
}

/** Opaque to callers: they must not build one. */
export function cursorOf(text: string): string {
  return Buffer.from(text).toString('base64url');
}

export function cursorText(cursor: string): string {
  return Buffer.from(cursor, 'base64url').toString();
}
