import { isGaps, marginWithHold } from '@app/margin';
import { type Cents, centsText } from '@app/portfolio';
import { isRegTGaps } from '@app/reg-t';
import { CALL_RULES } from '@app/rules';
import type {
  AccountRepository,
  AccountStanding,
  CashMovement,
  CashMovementRepository,
  StoredAccount,
  StoredCashMovement,
} from '@app/store';
import { Decimal } from 'decimal.js';
import { marginGapProblem } from '../accounts/account-margin-reply.js';
import { requireVersion } from '../accounts/if-match.js';
import type { Caller } from '../auth/caller.js';
import { cursorOf } from '../fields/page-fields.js';
import { MarginCalls } from '../margin-calls/margin-calls.js';
import { Problem } from '../problem.js';
import { conflict, notFound, preconditionFailed } from '../problems.js';
import { FieldFaults } from '../what-if/field-faults.js';
import type { Base } from '../what-if/base.js';
import { regTHeld } from '../what-if/reg-t-held.js';
import { mayRead, type StoredWhatIfs } from '../what-if/stored-what-ifs.js';
import {
  type CashMovementListDto,
  cashMovementReply,
  type CashMovementsQueryDto,
  movementPage,
  type NewCashMovementDto,
} from './cash-movement.dto.js';

/** What the database holds of a balance: digits before the point. */
const BALANCE_BELOW = new Decimal(1e18);

export interface MovedCash {
  readonly movement: StoredCashMovement;
  /** False where it had been made before: nothing was changed now. */
  readonly isNew: boolean;
}

/** Money paid into and out of accounts. */
export class CashMovements {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly movements: CashMovementRepository,
    private readonly whatIfs: StoredWhatIfs,
    private readonly calls: MarginCalls,
  ) {}

  /** @throws Problem 404 for an unknown or foreign account. */
  async list(accountId: string, query: CashMovementsQueryDto, caller: Caller): Promise<CashMovementListDto> {
    await this.whatIfs.standing(accountId, caller);
    const { limit, ...page } = movementPage(accountId, query);
    const found = await this.movements.list({ ...page, limit: limit + 1 });
    const items = found.slice(0, limit).map(cashMovementReply);
    const nextCursor = found.length > limit ? cursorOf(String(items[limit - 1].accountVersion)) : null;
    return { items, nextCursor };
  }

  /**
   * Moves money once per id. Paid out is only what the account has beyond its requirement.
   * @throws Problem 400, 404, 428 or 412 (If-Match), 409 where the id was used otherwise or the excess is too small, 422
   * where it is not known.
   */
  async move(
    accountId: string,
    ifMatch: string | undefined,
    asked: NewCashMovementDto,
    caller: Caller,
  ): Promise<MovedCash> {
    const account = await this.account(accountId, caller);
    const amount = wholeCents(asked);
    const { movementId, reason } = asked;
    const movement: CashMovement = { accountId, movementId, amount, reason, author: caller.keyName };
    const known = await this.movements.find(accountId, movementId);
    if (known !== undefined) return { movement: sameMovement(known, movement), isNew: false };
    requireVersion(ifMatch, account.version);
    if (amount.plus(account.cash).abs().gte(BALANCE_BELOW)) {
      throw conflict('cash_movement.balance_too_large', 'The balance would be larger than can be stored.');
    }
    const judgedAt = amount.isNegative() ? await this.paidOutOfExcess(account, amount.negated(), caller) : undefined;
    const moved = await this.movements.move(movement, account.version, judgedAt);
    if (moved === undefined) throw preconditionFailed();
    await this.followCalls(accountId, caller);
    return { movement: moved, isNew: true };
  }

  private async account(id: string, caller: Caller): Promise<StoredAccount> {
    const account = await this.accounts.find(id);
    if (account === undefined || !mayRead(caller, account.desk)) throw notFound();
    return account;
  }

  /**
   * Only out of excess, beside what working orders hold, and not below the equity that portfolio margin asks for at all
   * where anything is held. The version of the reservations that this was judged at.
   */
  private async paidOutOfExcess(account: StoredAccount, paidOut: Decimal, caller: Caller): Promise<number> {
    const standing = await this.whatIfs.standing(account.id, caller);
    const base = await this.whatIfs.baseOf(standing);
    if (base.account.version !== account.version) throw preconditionFailed();
    const { requirement, equity } = await this.heldBack(standing, base);
    const { type, methodology, positions } = account;
    const hasMinimum = type === 'CUSTOMER' && methodology === 'PORTFOLIO_MARGIN' && positions.length > 0;
    const least = hasMinimum ? Math.max(requirement, CALL_RULES.minimumEquity.value * 100) : requirement;
    const free = Math.max(0, equity - least);
    if (paidOut.times(100).lte(free)) return standing.holdVersion;
    const detail = `The account can pay out ${centsText(free)}: what its equity exceeds ${centsText(least)} by.`;
    throw conflict('cash_movement.exceeds_excess', detail, [
      { pointer: '/amount', code: 'cash_movement.exceeds_excess', detail },
    ]);
  }

  /** What is required, and what is there, were the worst of the working orders to execute. */
  private async heldBack(standing: AccountStanding, base: Base): Promise<{ requirement: Cents; equity: Cents }> {
    if (base.account.methodology === 'REG_T') return this.heldUnderRegT(standing, base);
    const { context, before } = base.portfolioMargin();
    if (isGaps(before)) throw marginGapProblem(before);
    const hold = await this.whatIfs.hold(standing, base);
    const held = isGaps(hold) ? hold : marginWithHold(before, hold, context);
    if (isGaps(held)) throw marginGapProblem(held);
    return { requirement: held.initial, equity: held.equity };
  }

  private async heldUnderRegT(standing: AccountStanding, base: Base): Promise<{ requirement: Cents; equity: Cents }> {
    const { context, before } = await base.regT();
    if (isRegTGaps(before)) throw marginGapProblem(before);
    const held = regTHeld(base.account, before, await this.whatIfs.workingOrders(standing, base), context);
    if (isRegTGaps(held)) throw marginGapProblem(held);
    return { requirement: before.initial + held.held, equity: before.equity };
  }

  /** A call is met by the deposit as soon as it is there, where the account can be valued now; else by the next valuation. */
  private async followCalls(accountId: string, caller: Caller): Promise<void> {
    if ((await this.calls.unmet(accountId)).length === 0) return;
    try {
      await this.calls.review(accountId, caller);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
    }
  }
}

function wholeCents({ amount }: NewCashMovementDto): Decimal {
  const dollars = new Decimal(amount);
  const faults = new FieldFaults();
  if (dollars.decimalPlaces() > 2) faults.add('/amount', 'cash_movement.fraction_of_cent', 'Must be whole cents.');
  faults.throwIfAny();
  return dollars;
}

function sameMovement(known: StoredCashMovement, { amount, reason }: CashMovement): StoredCashMovement {
  if (known.amount.eq(amount) && known.reason === reason) return known;
  const detail = 'A movement of this id was made with another amount or reason.';
  throw conflict('cash_movement.exists', detail, [{ pointer: '/movementId', code: 'cash_movement.exists', detail }]);
}
