import type { CashMovementPage, StoredCashMovement } from '@app/store';
import { ApiProperty } from '@nestjs/swagger';
import { DecimalField } from '../fields/decimal-field.js';
import { CursorField, cursorText, LimitField, pageLimit } from '../fields/page-fields.js';
import { IdField, TextField } from '../fields/text-fields.js';
import { money } from '../what-if/money-change.dto.js';

/** Dollars: far beyond any wire, and a balance stays within what is exact. */
const AMOUNT_MOST = 1e12;

export class NewCashMovementDto {
  @IdField({
    description: 'Chosen by the caller: asked twice with the same id, the money moves once.',
    example: 'WIRE-2026-0612-1',
  })
  movementId!: string;

  @DecimalField({
    nonZero: true,
    min: -AMOUNT_MOST,
    max: AMOUNT_MOST,
    description: 'Dollars in whole cents, + paid in, − paid out.',
    example: '25000.00',
  })
  amount!: string | number;

  @TextField({ maxLength: 500, description: 'Why, for whoever asks later.', example: 'Wire of the client' })
  reason!: string;
}

export class CashMovementDto {
  @ApiProperty({ example: 'demo-in-deficit' })
  accountId!: string;

  @ApiProperty({ example: 'WIRE-2026-0612-1' })
  movementId!: string;

  @ApiProperty(money('Dollars, + paid in, − paid out.', '25000.00'))
  amount!: string;

  @ApiProperty({ example: 'Wire of the client' })
  reason!: string;

  @ApiProperty({ description: 'Name of the key that moved it.' })
  author!: string;

  @ApiProperty({ type: 'integer', description: 'Version of the account that it made.', example: 2 })
  accountVersion!: number;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

export class CashMovementsQueryDto {
  @LimitField('Movements')
  limit?: string;

  @CursorField(placeOf)
  cursor?: string;
}

export class CashMovementListDto {
  @ApiProperty({ type: [CashMovementDto], description: 'Latest first.' })
  items!: readonly CashMovementDto[];

  @ApiProperty({ type: String, nullable: true, description: 'Opaque: asks for the next page; null on the last.' })
  nextCursor!: string | null;
}

/** Which page a query asks for. */
export function movementPage(accountId: string, { limit, cursor }: CashMovementsQueryDto): CashMovementPage {
  const before = cursor === undefined ? undefined : placeOf(cursorText(cursor));
  return { accountId, before, limit: pageLimit(limit) };
}

function placeOf(text: string): number | undefined {
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}

export function cashMovementReply(movement: StoredCashMovement): CashMovementDto {
  const { accountId, movementId, amount, reason, author, accountVersion, createdAt } = movement;
  return {
    ...{ accountId, movementId, amount: amount.toFixed(2), reason, author, accountVersion },
    createdAt: createdAt.toISOString(),
  };
}
