import { ApiProperty } from '@nestjs/swagger';
import { CursorField, cursorText, LimitField, pageLimit } from '../fields/page-fields.js';
import { AccountDto } from './account.dto.js';
import { isAccountId } from '../fields/account-id.js';

export class AccountListQueryDto {
  @LimitField('Accounts')
  limit?: string;

  @CursorField((text) => (isAccountId(text) ? text : undefined))
  cursor?: string;
}

export class AccountListDto {
  @ApiProperty({ type: [AccountDto], description: 'In the order of their ids.' })
  items!: readonly AccountDto[];

  @ApiProperty({ type: String, nullable: true, description: 'Opaque: asks for the next page; null on the last.' })
  nextCursor!: string | null;
}

/** Which page a query asks for. */
export function accountPage({ limit, cursor }: AccountListQueryDto): { limit: number; after: string | undefined } {
  return { limit: pageLimit(limit), after: cursor === undefined ? undefined : cursorText(cursor) };
}
