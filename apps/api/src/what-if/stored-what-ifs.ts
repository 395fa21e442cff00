import { randomUUID } from 'node:crypto';
import { accountMargin, type AccountMargin, type Gaps, isGaps, type MarginContext, whatIf } from '@app/margin';
import type {
  AccountRepository,
  AccountStanding,
  HouseRuleRepository,
  StoredAccount,
  WhatIfRepository,
} from '@app/store';
import { LRUCache } from 'lru-cache';
import type { Caller } from '../auth/caller.js';
import { notFound } from '../problems.js';
import { ENGINE_VERSION } from './engine-version.js';
import { FieldFaults } from './field-faults.js';
import { gapProblem } from './gap-problem.js';
import { type MarketClock, noSnapshot, refuseStaleSnapshot } from './market-clock.js';
import { ordersFromDto } from './orders.js';
import { refuseOtherMethodology, rulesInForce } from './rules-in-force.js';
import type { SnapshotValuation, Valuations } from './valuations.js';
import type { WhatIfRequestDto } from './what-if.dto.js';
import { DEFAULT_INCLUDE, whatIfReply } from './what-if-reply.js';

/** An account as one version of it stands on one snapshot under one set of rules: what every question starts from. */
interface Base {
  readonly account: StoredAccount;
  readonly context: MarginContext;
  /** The margin now, or what is missing to know it. */
  readonly before: AccountMargin | Gaps;
  readonly snapshotId: string;
  /** Reads what orders need beyond the account's own positions. */
  load(symbols: readonly string[]): Promise<void>;
}

/** Accounts kept ready on a snapshot. */
const BASES_AT_MOST = 5_000;

/** Whether a key may see an account: a desk its own, the others all. */
export function mayRead(caller: Caller, desk: string): boolean {
  return caller.role !== 'DESK' || caller.desk === desk;
}

/** Questions about stored accounts. */
export class StoredWhatIfs {
  /**
   * Kept with the snapshot they stand on, and gone with it. An entry is never stale: its key holds every version it
   * depends on, and those are read anew for every question.
   */
  private readonly bases = new WeakMap<SnapshotValuation, LRUCache<string, Promise<Base>>>();

  constructor(
    private readonly accounts: AccountRepository,
    private readonly houseRules: HouseRuleRepository,
    private readonly answers: WhatIfRepository,
    private readonly valuations: Valuations,
    private readonly clock: MarketClock,
  ) {}

  /**
   * The answer as JSON, stored before it is given.
   * @throws Problem 404 for an unknown or foreign account, 400 and 422 naming everything that is wrong or missing.
   */
  async answer(accountId: string, request: WhatIfRequestDto, caller: Caller): Promise<string> {
    const faults = new FieldFaults();
    const orders = ordersFromDto(request.orders, faults);
    faults.throwIfAny();
    const base = await this.base(accountId, caller);
    const { account, context, snapshotId } = base;
    await base.load(orders.flatMap(({ legs }) => legs.map(({ symbol }) => symbol)));
    const result = whatIf(account, orders, context, base.before);
    if (isGaps(result)) throw gapProblem(result, { orders: request.orders });
    const id = randomUUID();
    const answer = {
      id,
      ...whatIfReply(result, context, request.include ?? DEFAULT_INCLUDE, {
        snapshotId,
        asOf: context.valuation.market.asOf,
        ruleSetVersion: context.rules.version,
        positionsVersion: String(account.version),
        engineVersion: ENGINE_VERSION,
      }),
    };
    const reply = JSON.stringify(answer);
    const asked = JSON.stringify(request);
    await this.answers.save({ id, accountId, desk: account.desk, request: asked, reply, snapshotId });
    return reply;
  }

  /** An answer given before, byte for byte. @throws Problem 404 for an unknown or foreign one. */
  async find(id: string, caller: Caller): Promise<string> {
    const answer = await this.answers.find(id);
    if (answer === undefined || !mayRead(caller, answer.desk)) throw notFound();
    return answer.reply;
  }

  /** The account as it stands. @throws Problem 404, or 422 where it cannot be judged at all. */
  async base(accountId: string, caller: Caller): Promise<Base> {
    const standing = await this.accounts.standing(accountId);
    if (standing === undefined || !mayRead(caller, standing.desk)) throw notFound();
    const { snapshot } = standing;
    if (snapshot === null) throw noSnapshot();
    refuseStaleSnapshot(snapshot.asOf, this.clock);
    const priced = await this.valuations.find(snapshot.id);
    if (priced === undefined) throw noSnapshot();
    const bases = this.basesOn(priced);
    const key = `${standing.id} ${standing.version} ${standing.houseRulesStamp}`;
    const known = bases.get(key) ?? this.loadBase(standing, priced);
    bases.set(key, known);
    return known.catch((error: unknown) => {
      bases.delete(key);
      throw error;
    });
  }

  private basesOn(priced: SnapshotValuation): LRUCache<string, Promise<Base>> {
    const known = this.bases.get(priced) ?? new LRUCache<string, Promise<Base>>({ max: BASES_AT_MOST });
    this.bases.set(priced, known);
    return known;
  }

  private async loadBase(standing: AccountStanding, { market, valuation }: SnapshotValuation): Promise<Base> {
    const [account, houseRules] = await Promise.all([
      this.accounts.find(standing.id),
      this.houseRules.findForAccount(standing.id),
    ]);
    if (account === undefined) throw notFound();
    refuseOtherMethodology(account.methodology, '');
    await market.load(account.positions.map(({ symbol }) => symbol));
    const context = {
      valuation,
      rules: rulesInForce(market.valuationDate, houseRules),
      strictVolatility: account.strictVolatility,
    };
    return {
      account,
      context,
      before: accountMargin(account, context),
      snapshotId: market.snapshotId,
      load: (symbols) => market.load(symbols),
    };
  }
}
