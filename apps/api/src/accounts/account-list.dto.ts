import { ApiProperty } from '@nestjs/swagger';
import { field } from '../fields/field.js';
import { AccountDto } from './account.dto.js';
import { isAccountId } from './account-id.js';

const LIMIT_MOST = 500;
const LIMIT_DEFAULT = 50;

const limitFault = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[1-9]\d{0,2}$/.test(value) && Number(value) <= LIMIT_MOST
    ? undefined
    : `must be a whole number from 1 to ${LIMIT_MOST}`;

const cursorFault = (value: unknown): string | undefined =>
  typeof value === 'string' && isAccountId(idOfCursor(value)) ? undefined : 'must be the nextCursor of a page before';

/** A query's values are text: they are read by {@link accountPage}. */
export class AccountListQueryDto {
  @field(
    'number',
    { optional: true, description: `Accounts on the page. Default ${LIMIT_DEFAULT}.`, example: LIMIT_DEFAULT },
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

export class AccountListDto {
  @ApiProperty({ type: [AccountDto], description: 'In the order of their ids.' })
  items!: readonly AccountDto[];

  @ApiProperty({ type: String, nullable: true, description: 'Opaque: asks for the next page; null on the last.' })
  nextCursor!: string | null;
}

/** Which page a query asks for. */
export function accountPage({ limit, cursor }: AccountListQueryDto): { limit: number; after: string | undefined } {
  return {
    limit: limit === undefined ? LIMIT_DEFAULT : Number(limit),
    after: cursor === undefined ? undefined : idOfCursor(cursor),
  };
}

export function cursorOfId(id: string): string {
  return Buffer.from(id).toString('base64url');
}

function idOfCursor(cursor: string): string {
  return Buffer.from(cursor, 'base64url').toString();
}
