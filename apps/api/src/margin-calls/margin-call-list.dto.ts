import { MARGIN_CALL_STATUSES, type MarginCall, type MarginCallPage, type MarginCallStatus } from '@app/store';
import { isCalendarDate } from '@app/market';
import { ApiProperty } from '@nestjs/swagger';
import { AccountIdField } from '../fields/account-id.js';
import { ChoiceField } from '../fields/choice-field.js';
import { CursorField, cursorOf, cursorText, LimitField, pageLimit } from '../fields/page-fields.js';
import { MarginCallDto } from './margin-call.dto.js';

export class AccountCallsQueryDto {
  @ChoiceField({ optional: true, choices: MARGIN_CALL_STATUSES, description: 'Only calls of this status.' })
  status?: MarginCallStatus;

  @LimitField('Calls')
  limit?: string;

  @CursorField(placeOf)
  cursor?: string;
}

export class MarginCallsQueryDto extends AccountCallsQueryDto {
  @AccountIdField({ optional: true, description: 'Only calls of this account.', example: 'demo-in-deficit' })
  account?: string;

  @AccountIdField({ optional: true, description: 'Only calls of accounts of this desk.', example: 'demo' })
  desk?: string;
}

export class MarginCallListDto {
  @ApiProperty({ type: [MarginCallDto], description: 'Latest opened first.' })
  items!: readonly MarginCallDto[];

  @ApiProperty({ type: String, nullable: true, description: 'Opaque: asks for the next page; null on the last.' })
  nextCursor!: string | null;
}

/** Which page a query asks for; `desk`: that of a key that sees no other. */
export function callPage({ account, desk, status, limit, cursor }: MarginCallsQueryDto): MarginCallPage {
  const after = cursor === undefined ? undefined : placeOf(cursorText(cursor));
  return { desk, accountId: account, status, after, limit: pageLimit(limit) };
}

export function cursorOfCall({ openedOn, id }: Pick<MarginCall, 'openedOn' | 'id'>): string {
  return cursorOf(`${openedOn} ${id}`);
}

function placeOf(text: string): MarginCallPage['after'] {
  const [, openedOn, id] = /^(\d{4}-\d\d-\d\d) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(text) ?? [];
  return openedOn === undefined || !isCalendarDate(openedOn) ? undefined : { openedOn, id };
}
