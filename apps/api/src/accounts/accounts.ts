import { isGaps, marginWithHold } from '@app/margin';
import type { Position } from '@app/portfolio';
import { isRegTGaps } from '@app/reg-t';
import type { AccountRepository, SnapshotRepository, StoredAccount } from '@app/store';
import { Decimal } from 'decimal.js';
import type { Caller } from '../auth/caller.js';
import { Problem } from '../problem.js';
import { conflict, notFound, preconditionFailed } from '../problems.js';
import { ENGINE_VERSION } from '../what-if/engine-version.js';
import { FieldFaults } from '../what-if/field-faults.js';
import { regTHeld } from '../what-if/reg-t-held.js';
import { mayRead, type StoredWhatIfs } from '../what-if/stored-what-ifs.js';
import type { CreateAccountDto } from './account.dto.js';
import { cursorOf } from '../fields/page-fields.js';
import { type AccountListDto, type AccountListQueryDto, accountPage } from './account-list.dto.js';
import type { AccountMarginDto } from './account-margin.dto.js';
import { accountMarginReply, marginGapProblem, regTMarginReply } from './account-margin-reply.js';
import { accountReply } from './account-reply.js';
import { bookFromDto } from './book.js';
import { requireVersion } from './if-match.js';

/** A change of what an account holds. */
export interface NewBook {
  readonly positions: readonly Position[];
  /** Undefined: cash stays as it is. */
  readonly cash: Decimal | undefined;
}

/** A stored account, and which of its symbols the latest snapshot of its feed does not have. */
export interface WrittenAccount {
  readonly account: StoredAccount;
  readonly unpriced: readonly string[];
}

/** Accounts and what they hold. */
export class Accounts {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly snapshots: SnapshotRepository,
    private readonly whatIfs: StoredWhatIfs,
  ) {}

  /** A page of the accounts the caller may see. */
  async list(query: AccountListQueryDto, caller: Caller): Promise<AccountListDto> {
    const { limit, after } = accountPage(query);
    const desk = caller.role === 'DESK' ? (caller.desk ?? '') : undefined;
    const found = await this.accounts.list({ desk, after, limit: limit + 1 });
    const items = found.slice(0, limit).map(accountReply);
    return { items, nextCursor: found.length > limit ? cursorOf(items[limit - 1].id) : null };
  }

  /** @throws Problem 400 with every fault, 422 for an account no rule allows, 409 where the id is taken. */
  async create(request: CreateAccountDto): Promise<WrittenAccount> {
    const faults = new FieldFaults();
    const positions = bookFromDto(request.positions ?? [], faults);
    faults.throwIfAny();
    if (request.type === 'IRA' && request.methodology === 'PORTFOLIO_MARGIN') throw notForRetirement();
    const { id, name, desk, type, methodology, strictVolatility = false, feed = null } = request;
    const details = { id, name, desk, type, methodology, cash: new Decimal(request.cash), strictVolatility, feed };
    const unpriced = await this.unpriced(positions, feed);
    const account = await this.accounts.create(details, positions);
    if (account === undefined) {
      const detail = 'An account with this id exists already.';
      throw conflict('account.exists', detail, [{ pointer: '/id', code: 'account.exists', detail }]);
    }
    return { account, unpriced };
  }

  /** @throws Problem 404 for an unknown or foreign account. */
  async find(id: string, caller: Caller): Promise<StoredAccount> {
    const account = await this.accounts.find(id);
    if (account === undefined || !mayRead(caller, account.desk)) throw notFound();
    return account;
  }

  /**
   * Replaces all positions. `book` is read only when account and header are in order, so that its faults are the last
   * thing a caller hears about.
   * @throws Problem 404, 428 or 400 (If-Match), whatever `book` throws, 412 where the account has changed.
   */
  async replacePositions(
    id: string,
    ifMatch: string | undefined,
    book: () => NewBook | Promise<NewBook>,
    caller: Caller,
  ): Promise<WrittenAccount> {
    const account = await this.find(id, caller);
    requireVersion(ifMatch, account.version);
    const { positions, cash } = await book();
    // Before the write: a failure after it would answer an error to a change that was made.
    const unpriced = await this.unpriced(positions, account.feed);
    const replaced = await this.accounts.replacePositions(id, account.version, positions, cash);
    if (!replaced) throw preconditionFailed();
    const version = account.version + 1;
    return { account: { ...account, version, positions, cash: cash ?? account.cash }, unpriced };
  }

  /** @throws Problem 404, and 422 naming every position that cannot be judged. */
  async margin(id: string, caller: Caller): Promise<AccountMarginDto> {
    const standing = await this.whatIfs.standing(id, caller);
    const base = await this.whatIfs.baseOf(standing);
    const { account, market, snapshotId, ...regimes } = base;
    const provenance = (ruleSetVersion: string) => ({
      ...{ snapshotId, asOf: market.asOf, ruleSetVersion },
      ...{ positionsVersion: String(account.version), engineVersion: ENGINE_VERSION },
    });
    if (account.methodology === 'REG_T') {
      const { context, before } = await regimes.regT();
      if (isRegTGaps(before)) throw marginGapProblem(before);
      const held = regTHeld(account, before, await this.whatIfs.workingOrders(standing, base), context);
      if (isRegTGaps(held)) throw marginGapProblem(held);
      return regTMarginReply(id, { before, held: held.held }, context, provenance(context.rules.version));
    }
    const { context, before } = regimes.portfolioMargin();
    if (isGaps(before)) throw marginGapProblem(before);
    const hold = await this.whatIfs.hold(standing, base);
    const held = isGaps(hold) ? hold : marginWithHold(before, hold, context);
    if (isGaps(held)) throw marginGapProblem(held);
    return accountMarginReply(id, { before, held }, context, provenance(context.rules.version));
  }

  private async unpriced(positions: readonly Position[], feed: string | null): Promise<readonly string[]> {
    const symbols = positions.map(({ symbol }) => symbol);
    const latest = await this.snapshots.latest(feed ?? undefined);
    const market = latest && (await this.snapshots.market(latest.id));
    if (market === undefined) return symbols;
    await market.load(symbols);
    return symbols.filter((symbol) => market.instrument(symbol) === undefined);
  }
}

function notForRetirement(): Problem {
  const code = 'account.ira_portfolio_margin';
  const detail = 'Portfolio margin does not apply to Individual Retirement Accounts (FINRA 4210(g)): choose REG_T.';
  const errors = [{ pointer: '/methodology', code, detail }];
  return new Problem({ status: 422, code, title: 'Not eligible', detail, errors });
}
