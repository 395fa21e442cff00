import type { Order } from '@app/portfolio';
import type { AccountRepository, AccountStanding } from '@app/store';
import { LRUCache } from 'lru-cache';
import { notFound } from '../problems.js';
import { type AccountHolds, symbolsOf } from '../what-if/account-holds.js';
import type { Base } from '../what-if/base.js';
import { type MarketClock, refuseStaleSnapshot } from '../what-if/market-clock.js';
import type { StoredWhatIfs } from '../what-if/stored-what-ifs.js';
import type { RegTBase } from '../what-if/regimes.js';
import type { WorkingOrders } from '../what-if/working-orders.js';

/** What an account is judged on. */
export interface OpenedAccount {
  readonly standing: AccountStanding;
  readonly base: Base;
  readonly holds: AccountHolds;
  /** Of `holds`, when it was opened. */
  readonly holdVersion: number;
  /** Of an account under Regulation T; null: portfolio margin decides. */
  readonly regT: Required<Pick<RegTBase, 'context' | 'before'>> | null;
  /** Read just now. Else it is as last known: what is committed is checked, a refusal that is not has to be read for. */
  readonly isFresh: boolean;
}

/** Accounts that are kept at hand. */
const ACCOUNTS_AT_MOST = 5_000;
/** So many batches an account is read for that was not as it was known: somebody else changes it at the same time. */
const READ_AFTER_CHANGE = 8;

/** Opens accounts: as they were last known where nothing has to be read for that, else as they are now. */
export class AccountOpening {
  private readonly known = new LRUCache<string, Omit<OpenedAccount, 'holds' | 'holdVersion' | 'isFresh'>>({
    max: ACCOUNTS_AT_MOST,
  });
  private readonly toRead = new LRUCache<string, number>({ max: ACCOUNTS_AT_MOST });

  constructor(
    private readonly accounts: AccountRepository,
    private readonly whatIfs: StoredWhatIfs,
    private readonly working: WorkingOrders,
    private readonly clock: MarketClock,
  ) {}

  /** Undefined where something has to be read first. */
  atHand(id: string): OpenedAccount | undefined {
    const known = this.known.get(id);
    const holds = known && this.working.atHand(id);
    if (known === undefined || holds === undefined) return undefined;
    const { standing, base, regT } = known;
    const isRead = holds.holdVersion >= standing.holdVersion && holds.isLoadedFrom(base);
    if (!isRead || holds.hasDue(this.clock.now()) || !this.isRecent(standing)) return undefined;
    return { standing, base, holds, holdVersion: holds.holdVersion, regT, isFresh: false };
  }

  /** @throws Problem 404, or 422 where the account cannot be judged at all. */
  async open(id: string, orders: readonly Order[]): Promise<OpenedAccount> {
    const standing = await this.accounts.standing(id);
    if (standing === undefined) throw notFound();
    const base = await this.whatIfs.baseOf(standing);
    const holds = await this.working.of(standing);
    if (holds.hasDue(this.clock.now())) await this.working.expire(id, holds);
    const { holdVersion } = holds;
    await holds.load(base);
    await base.load(orders.flatMap(symbolsOf));
    const regT = base.account.methodology === 'REG_T' ? await base.regT() : null;
    return { standing, base, holds, holdVersion, regT, isFresh: true };
  }

  /** It was as it was opened. */
  keep({ standing, base, regT }: OpenedAccount): void {
    const { id } = standing;
    const left = this.toRead.get(id) ?? 0;
    if (left > 0) this.toRead.set(id, left - 1);
    else this.known.set(id, { standing, base, regT });
  }

  /** It is to be read before it is judged again. */
  forget(id: string): void {
    this.known.delete(id);
  }

  /** Somebody else has changed it. */
  changed(id: string): void {
    this.known.delete(id);
    this.toRead.set(id, READ_AFTER_CHANGE);
  }

  private isRecent({ snapshot }: AccountStanding): boolean {
    try {
      refuseStaleSnapshot(snapshot!.asOf, this.clock);
      return true;
    } catch {
      return false;
    }
  }
}

/** Whether what the orders' instruments cost has been read. */
export function hasPrices({ base: { market } }: OpenedAccount, orders: readonly Order[]): boolean {
  return orders.every(({ legs }) => legs.every(({ symbol }) => market.instrument(symbol) !== undefined));
}
