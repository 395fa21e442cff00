import { randomUUID } from 'node:crypto';
import type { Database } from './database.js';
import type { Limit } from './generated/client.js';

export type LimitScope = 'FIRM' | 'DESK' | 'ACCOUNT';

/** The most requirement that the orders of a firm, a desk or an account may hold and have used. Cents. */
export interface StoredLimit {
  readonly id: string;
  readonly scope: LimitScope;
  /** The desk or account; empty for the firm. */
  readonly subject: string;
  readonly amountCents: number;
  /** What working reservations hold. */
  readonly heldCents: number;
  /** What was held for what has executed since. */
  readonly usedCents: number;
  readonly usedSince: Date;
  readonly version: number;
  readonly author: string;
  readonly reason: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export type LimitTarget = Pick<StoredLimit, 'scope' | 'subject'>;
export type LimitDetails = Pick<StoredLimit, 'amountCents' | 'author' | 'reason'>;

const HELD_NOW = `
  SELECT coalesce(sum(r.held_cents), 0)::bigint AS held FROM reservations r
  WHERE r.state = 'WORKING' AND ($1 = 'FIRM' OR ($1 = 'DESK' AND r.desk = $2) OR ($1 = 'ACCOUNT' AND r.account_id = $2))`;

export class LimitRepository {
  constructor(private readonly database: Database) {}

  /** In the order of their ids, after `after`. */
  async list(after: string | undefined, limit: number): Promise<readonly StoredLimit[]> {
    const limits = await this.database.prisma.limit.findMany({
      where: { ...(after !== undefined && { id: { gt: after } }) },
      orderBy: { id: 'asc' },
      take: limit,
    });
    return limits.map(storedLimit);
  }

  async find(id: string): Promise<StoredLimit | undefined> {
    const limit = await this.database.prisma.limit.findUnique({ where: { id } });
    return limit === null ? undefined : storedLimit(limit);
  }

  /**
   * Undefined where the target has a limit already. It counts from the start what is held: nothing is taken or ended
   * while it is being added up.
   */
  create({ scope, subject }: LimitTarget, details: LimitDetails): Promise<StoredLimit | undefined> {
    return this.database.transactions.run(async (transaction) => {
      await transaction.$executeRawUnsafe('LOCK TABLE reservations IN SHARE ROW EXCLUSIVE MODE');
      const [{ held }] = await transaction.$queryRawUnsafe<{ held: bigint }[]>(HELD_NOW, scope, subject);
      const id = randomUUID();
      const { count } = await transaction.limit.createMany({
        data: [{ id, scope, subject, heldCents: held, ...details }],
        skipDuplicates: true,
      });
      return count === 0 ? undefined : storedLimit(await transaction.limit.findUniqueOrThrow({ where: { id } }));
    });
  }

  /** Undefined where it is not at `version` any more. `forgetUsed`: what has executed until now no longer counts. */
  change(id: string, version: number, details: LimitDetails, forgetUsed: boolean): Promise<StoredLimit | undefined> {
    return this.database.transactions.run(async (transaction) => {
      const now = new Date();
      const { count } = await transaction.limit.updateMany({
        where: { id, version },
        data: {
          ...{ ...details, version: { increment: 1 }, updatedAt: now },
          ...(forgetUsed && { usedCents: 0, usedSince: now }),
        },
      });
      return count === 0 ? undefined : storedLimit(await transaction.limit.findUniqueOrThrow({ where: { id } }));
    });
  }
}

function storedLimit({ amountCents, heldCents, usedCents, ...limit }: Limit): StoredLimit {
  return {
    ...limit,
    amountCents: Number(amountCents),
    heldCents: Number(heldCents),
    usedCents: Number(usedCents),
  };
}
