import { AsyncLocalStorage } from 'node:async_hooks';
import type { Prisma, PrismaClient } from './generated/client.js';

export type Transaction = Prisma.TransactionClient;

/** A unit of work waits this long for a connection, and may take this long. */
const LIMITS = { maxWait: 5_000, timeout: 30_000 } as const;

/**
 * Transactions that join the one around them, where there is one: what a write changes and the answer it was given
 * are committed together, though the write knows nothing of answers.
 */
export class Transactions {
  private readonly current = new AsyncLocalStorage<Transaction>();

  constructor(private readonly prisma: PrismaClient) {}

  /** In the transaction around it, or in one of its own. */
  run<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const around = this.current.getStore();
    return around === undefined ? this.prisma.$transaction(work) : work(around);
  }

  /** The one around, for a single statement that needs none of its own; undefined outside. */
  get open(): Transaction | undefined {
    return this.current.getStore();
  }

  /** Opens a transaction that every `run` inside `work` joins. */
  around<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.prisma.$transaction((transaction) => this.current.run(transaction, () => work(transaction)), LIMITS);
  }
}
