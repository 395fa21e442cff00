import { Decimal } from 'decimal.js';
import type { Database } from '../database.js';

/** Money paid into (+) or out of (−) an account, in whole cents. */
export interface CashMovement {
  readonly accountId: string;
  /** The caller's own id: the same one is the same movement. */
  readonly movementId: string;
  /** Dollars. */
  readonly amount: Decimal;
  readonly reason: string;
  readonly author: string;
}

export interface StoredCashMovement extends CashMovement {
  /** The version of the account that it made. */
  readonly accountVersion: number;
  readonly createdAt: Date;
}

export interface CashMovementPage {
  readonly accountId: string;
  /** Those before this version: latest first. */
  readonly before: number | undefined;
  readonly limit: number;
}

// One statement: the balance and its movement, or neither.
const MOVE = `
  WITH moved AS (
    UPDATE accounts SET cash = cash + $3::numeric, version = version + 1, updated_at = now()
    WHERE id = $1 AND version = $2 AND ($7::bigint IS NULL OR hold_version = $7) RETURNING id, version
  )
  INSERT INTO cash_movements (account_id, account_version, movement_id, amount, reason, author)
  SELECT id, version, $4, $3::numeric, $5, $6 FROM moved
  RETURNING account_version, created_at`;

const UNIQUE_VIOLATION = '23505';

export class CashMovementRepository {
  constructor(private readonly database: Database) {}

  /**
   * Undefined where the account is not at `version` any more, where its reservations are not at `holdVersion` (undefined:
   * at any), or where it has a movement of that id.
   */
  async move(movement: CashMovement, version: number, holdVersion?: number): Promise<StoredCashMovement | undefined> {
    const { accountId, movementId, amount, reason, author } = movement;
    try {
      const { rows } = await this.database.pool.query<{ account_version: number; created_at: Date }>(MOVE, [
        ...[accountId, version, amount.toFixed(), movementId, reason, author, holdVersion ?? null],
      ]);
      return rows.length === 0
        ? undefined
        : { ...movement, accountVersion: rows[0].account_version, createdAt: rows[0].created_at };
    } catch (error) {
      if ((error as { code?: string }).code === UNIQUE_VIOLATION) return undefined;
      throw error;
    }
  }

  async find(accountId: string, movementId: string): Promise<StoredCashMovement | undefined> {
    const row = await this.database.prisma.cashMovement.findUnique({
      where: { accountId_movementId: { accountId, movementId } },
    });
    return row === null ? undefined : { ...row, amount: new Decimal(row.amount.toFixed()) };
  }

  /** Latest first. */
  async list({ accountId, before, limit }: CashMovementPage): Promise<readonly StoredCashMovement[]> {
    const rows = await this.database.prisma.cashMovement.findMany({
      where: { accountId, ...(before !== undefined && { accountVersion: { lt: before } }) },
      orderBy: { accountVersion: 'desc' },
      take: limit,
    });
    return rows.map((row) => ({ ...row, amount: new Decimal(row.amount.toFixed()) }));
  }
}
