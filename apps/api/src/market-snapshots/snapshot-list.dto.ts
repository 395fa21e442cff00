import type { SnapshotPage } from '@app/store';
import { AccountIdField } from '../accounts/account-id.js';
import { field } from '../fields/field.js';

const LIMIT_MOST = 500;
const LIMIT_DEFAULT = 50;

const limitFault = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[1-9]\d{0,2}$/.test(value) && Number(value) <= LIMIT_MOST
    ? undefined
    : `must be a whole number from 1 to ${LIMIT_MOST}`;

const cursorFault = (value: unknown): string | undefined =>
  typeof value === 'string' && placeOfCursor(value) !== undefined
    ? undefined
    : 'must be the nextCursor of a page before';

/** A query's values are text: they are read by {@link snapshotPage}. */
export class SnapshotListQueryDto {
  @AccountIdField({ optional: true, description: 'Only snapshots of this market feed.', example: 'main' })
  feed?: string;

  @field(
    'number',
    { optional: true, description: `Snapshots on the page. Default ${LIMIT_DEFAULT}.`, example: LIMIT_DEFAULT },
    { type: 'integer', minimum: 1, maximum: LIMIT_MOST },
    limitFault,
  )
  limit?: string;

  @field(
    'cursor',
    { optional: true, description: 'nextCursor of the page before; absent: the first page.' },
    { type: 'string' },
    cursorFault,
  )
  cursor?: string;
}

/** Which page a query asks for. */
export function snapshotPage({ feed, limit, cursor }: SnapshotListQueryDto): SnapshotPage {
  return {
    feed,
    limit: limit === undefined ? LIMIT_DEFAULT : Number(limit),
    after: cursor === undefined ? undefined : placeOfCursor(cursor),
  };
}

export function cursorOfSnapshot({ asOf, id }: { readonly asOf: Date; readonly id: string }): string {
  return Buffer.from(`${asOf.getTime()} ${id}`).toString('base64url');
}

function placeOfCursor(cursor: string): SnapshotPage['after'] {
  const [, time, id] = /^(-?\d{1,14}) ([0-9a-f]{64})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  return time === undefined ? undefined : { asOf: new Date(Number(time)), id };
}
