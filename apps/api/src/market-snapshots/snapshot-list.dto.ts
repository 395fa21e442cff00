import type { SnapshotPage } from '@app/store';
import { AccountIdField } from '../fields/account-id.js';
import { CursorField, cursorOf, cursorText, LimitField, pageLimit } from '../fields/page-fields.js';

export class SnapshotListQueryDto {
  @AccountIdField({ optional: true, description: 'Only snapshots of this market feed.', example: 'main' })
  feed?: string;

  @LimitField('Snapshots')
  limit?: string;

  @CursorField(placeOf)
  cursor?: string;
}

/** Which page a query asks for. */
export function snapshotPage({ feed, limit, cursor }: SnapshotListQueryDto): SnapshotPage {
  return { feed, limit: pageLimit(limit), after: cursor === undefined ? undefined : placeOf(cursorText(cursor)) };
}

export function cursorOfSnapshot({ asOf, id }: { readonly asOf: Date; readonly id: string }): string {
  return cursorOf(`${asOf.getTime()} ${id}`);
}

function placeOf(text: string): SnapshotPage['after'] {
  const [, time, id] = /^(-?\d{1,14}) ([0-9a-f]{64})$/.exec(text) ?? [];
  return time === undefined ? undefined : { asOf: new Date(Number(time)), id };
}
