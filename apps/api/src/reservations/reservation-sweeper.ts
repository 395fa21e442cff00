import { Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { ReservationRepository } from '@app/store';

const EVERY_MS = 1_000;
/** Accounts looked after in one turn. */
const ACCOUNTS_AT_MOST = 500;

/**
 * Ends reservations that have run out. Nobody waits for it: what has run out counts nowhere, but the sums of the limits
 * hold it until it is ended. Any number of processes may sweep.
 */
export class ReservationSweeper implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger('Reservations');
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> = Promise.resolve();

  constructor(private readonly reservations: ReservationRepository) {}

  onModuleInit(): void {
    this.next();
  }

  async onModuleDestroy(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.sweeping;
  }

  async sweep(): Promise<void> {
    for (const accountId of await this.reservations.due(ACCOUNTS_AT_MOST)) await this.reservations.expire(accountId);
  }

  private next(): void {
    this.timer = setTimeout(() => {
      this.sweeping = this.sweep()
        // A database that is away is told of by whoever needs it.
        .catch((error: Error) => this.logger.debug(`sweeping has to wait: ${error.message}`))
        .then(() => (this.timer === undefined ? undefined : this.next()));
    }, EVERY_MS).unref();
  }
}
