import {
  type AnswerRepository,
  blockId,
  type Check,
  type CheckedHold,
  type CheckOutcome,
  type CheckRepository,
  isKeyTaken,
  type LimitRepository,
  singularText,
  slotId,
  wholeText,
} from '@app/store';
import {
  type GivenAnswer,
  isWorthKeeping,
  JSON_CONTENT,
  problemAnswer,
  replayed,
} from '../idempotency/given-answer.js';
import { Problem } from '../problem.js';
import { notFound } from '../problems.js';
import { Turns } from '../turns.js';
import type { MarketClock } from '../what-if/market-clock.js';
import { ordersText } from '../what-if/stored-orders.js';
import { mayRead } from '../what-if/stored-what-ifs.js';
import type { AccountOpening, OpenedAccount } from './account-opening.js';
import type { Ask } from './ask.js';
import type { AskedAccount, Batch, Waiting } from './batch.js';
import { duplicateOrder, notWorking } from './reservation-problems.js';
import { type GateAccount, gateAccount, verdict } from './verdict.js';

interface Prepared {
  readonly waiting: Waiting;
  readonly check: Check;
  readonly answer: GivenAnswer;
}

/** A batch as it is judged. */
interface Judging {
  readonly batch: Batch;
  /** Of what is committed; the decisions are numbered in the last byte of their ids. */
  readonly block: string;
  readonly accounts: GateAccount[];
  readonly prepared: Prepared[];
  /** What has to be judged again. */
  readonly again: Waiting[];
}

/** An answer as it is stored. */
type Recorded = Pick<Check, 'status' | 'headers' | 'body'>;

const DEFAULT_VALID_SECONDS = 300;
const RESERVATIONS = '/v1/reservations/';
const REFUSED_HEADERS = [JSON.stringify(JSON_CONTENT)];
/** The id of the reservation stands for itself, not to be written anew each time. */
const ACCEPTED_HEADERS = JSON.stringify({ ...JSON_CONTENT, Location: `${RESERVATIONS}#` }).split('#');
/** A hold version that no account has: of one that is known to have been judged on what never was. */
const NEVER = -1;

/** Judges the checks of a batch and commits them together. */
export class CheckBatches {
  constructor(
    private readonly opening: AccountOpening,
    private readonly checks: CheckRepository,
    private readonly answers: AnswerRepository,
    private readonly limits: LimitRepository,
    private readonly clock: MarketClock,
  ) {}

  /**
   * Answers the checks; those that have to be judged again come back. Accounts at hand are judged before it returns, but
   * for those whose judgement takes long.
   */
  async run(batch: Batch): Promise<readonly Waiting[]> {
    const block = blockId(this.clock.now());
    const judging: Judging = { batch, block, accounts: [], prepared: [], again: [] };
    const asked = batch.accounts();
    const opened = batch.isToRead
      ? await Promise.all(asked.map((account) => this.opened(account)))
      : asked.map((account) => account.opened);
    const turns = new Turns();
    // What changes while it waits has another version: what was judged is not committed then.
    for (const _ of this.judgements(judging, asked, opened)) if (turns.isOver) await turns.pause();
    if (judging.prepared.length > 0) await this.commit(judging);
    return judging.again;
  }

  /** Undefined where it could not be opened: then all that was asked about it is refused. */
  private async opened({ id, asking }: AskedAccount): Promise<OpenedAccount | undefined> {
    try {
      return await this.opening.open(
        id,
        asking.flatMap(({ ask }) => ask.orders),
      );
    } catch (error) {
      await Promise.all(asking.map((waiting) => this.fail(waiting, error)));
      return undefined;
    }
  }

  /** Yields where others may go on. */
  private *judgements(
    judging: Judging,
    asked: readonly AskedAccount[],
    opened: readonly (OpenedAccount | undefined)[],
  ): Generator<void, void> {
    for (const [index, account] of asked.entries()) {
      const found = opened[index];
      if (found === undefined) continue;
      if (found.holds.holdVersion !== found.holdVersion) judging.again.push(...account.asking);
      else yield* this.judge(judging, account, found);
    }
  }

  private *judge(judging: Judging, { id, asking, before }: AskedAccount, opened: OpenedAccount): Generator<void, void> {
    let account: GateAccount;
    try {
      account = gateAccount(opened, before, judging.block);
    } catch (error) {
      this.refuse(judging, asking, opened, error);
      return;
    }
    const place = judging.accounts.length;
    judging.accounts.push(account);
    for (const waiting of asking) {
      const decision = slotId(judging.block, judging.prepared.length);
      try {
        judging.prepared.push(yield* this.prepared(waiting, account, place, decision));
      } catch (error) {
        const { ask } = waiting;
        if (ask.idempotencyKey === null || !(error instanceof Problem) || !isWorthKeeping(error)) {
          this.refuse(judging, [waiting], opened, error);
        } else {
          const answer = problemAnswer(error, ask.requestId);
          const headers = [JSON.stringify(answer.headers)];
          const stored = { status: answer.status, headers, body: singularText(answer.body.toString()) };
          judging.prepared.push({ waiting, answer, check: recorded(ask, place, decision, stored, null) });
        }
      }
    }
    // Not before: what follows is judged on all that it will leave.
    judging.batch.judged.set(id, account);
  }

  /** A refusal that is not committed is not checked there: it has to be one of the account as it is now. */
  private refuse(
    { again }: Judging,
    asking: readonly Waiting[],
    { standing, isFresh }: OpenedAccount,
    error: unknown,
  ): void {
    if (isFresh) asking.forEach((waiting) => void this.fail(waiting, error));
    else {
      this.opening.forget(standing.id);
      again.push(...asking);
    }
  }

  /** @throws Problem 404, 409 or 422. */
  private *prepared(waiting: Waiting, account: GateAccount, place: number, id: string): Generator<void, Prepared> {
    const { ask, refusal, isDuplicate } = waiting;
    const { standing } = account.opened;
    if (!mayRead(ask.caller, standing.desk)) throw notFound();
    if (isDuplicate) throw duplicateOrder();
    const given = ask.replaces === null ? undefined : account.find(ask.replaces);
    if (ask.replaces !== null && given === undefined) throw notWorking();
    const { isAccepted, heldCents, reply, take } = yield* verdict(account, ask, refusal);
    const now = this.clock.now();
    const validUntil = now + (ask.request.validSeconds ?? DEFAULT_VALID_SECONDS) * 1_000;
    const text = reply({ id, now, validUntil: isAccepted ? validUntil : null });
    const headers = isAccepted ? { ...JSON_CONTENT, Location: `${RESERVATIONS}${id}` } : JSON_CONTENT;
    const answer = { status: isAccepted ? 201 : 200, headers, body: wholeText(text) };
    const stored = { status: answer.status, headers: isAccepted ? ACCEPTED_HEADERS : REFUSED_HEADERS, body: text };
    if (!isAccepted) return { waiting, answer, check: recorded(ask, place, id, stored, null) };
    take({ id, orders: ask.linked, heldCents, validUntil });
    const held: CheckedHold = {
      heldCents,
      changeCents: heldCents - (given?.heldCents ?? 0),
      validUntil,
      replacedId: ask.replaces,
      orders: ordersText(ask.linked),
      leaves: ask.orders.map(({ orderQty }) => orderQty.toFixed()),
      clOrdIds: ask.orders.map(({ clOrdId }) => clOrdId),
    };
    return { waiting, answer, check: recorded(ask, place, id, stored, held) };
  }

  private async commit({ batch, block, accounts, prepared, again }: Judging): Promise<void> {
    const line = await batch.turn(this.checks.line());
    let outcomes: readonly CheckOutcome[];
    try {
      const judgedOn = accounts.map(({ opened: { standing }, holdVersion, behind, isSound }) => ({
        standing,
        holdVersion: isSound ? holdVersion : NEVER,
        behind,
      }));
      const checks = prepared.map((each) => each.check);
      const committed = this.checks.commit(line, block, judgedOn, checks);
      batch.markSent();
      outcomes = await committed;
    } catch (error) {
      accounts.forEach((account) => this.settle(account, 'REFUSED'));
      // Whoever took the key has committed: asked again, it is found.
      if (isKeyTaken(error)) again.push(...prepared.map(({ waiting }) => waiting));
      else prepared.forEach(({ waiting }) => waiting.reject(error));
      return;
    }
    const refused = new Map<number, 'REFUSED' | 'STALE'>();
    outcomes.forEach(({ outcome }, index) => {
      const { account, hold } = prepared[index].check;
      if (outcome === 'STALE') refused.set(account, outcome);
      else if (outcome !== 'COMMITTED' && hold !== null && !refused.has(account)) refused.set(account, 'REFUSED');
    });
    accounts.forEach((account, place) => this.settle(account, refused.get(place) ?? 'COMMITTED'));
    batch.end();
    prepared.forEach(({ waiting, answer }, index) => {
      if (outcomes[index].outcome === 'COMMITTED') waiting.resolve(answer);
    });
    await Promise.all(prepared.map(({ waiting }, index) => this.refused(waiting, outcomes[index], again)));
  }

  private settle(account: GateAccount, outcome: 'COMMITTED' | 'REFUSED' | 'STALE'): void {
    const { opened } = account;
    account.settle(outcome === 'COMMITTED');
    if (outcome === 'STALE') this.opening.changed(opened.standing.id);
    else if (outcome === 'REFUSED') this.opening.forget(opened.standing.id);
    else if (opened.isFresh) this.opening.keep(opened);
  }

  /** What was not committed is judged again, or was answered before. */
  private async refused(waiting: Waiting, refusal: CheckOutcome, again: Waiting[]): Promise<void> {
    try {
      switch (refusal.outcome) {
        case 'COMMITTED':
          return;
        case 'ANSWERED':
          return await this.fail(waiting, new Error('an answer is stored that cannot be found'));
        case 'DUPLICATE':
          waiting.isDuplicate = true;
          if (await this.isReplayed(waiting)) return;
          break;
        case 'LIMIT': {
          const limit = await this.limits.find(refusal.limitId);
          if (limit !== undefined) waiting.refusal = { scope: limit.scope, room: refusal.roomCents };
          break;
        }
        case 'STALE':
      }
      again.push(waiting);
    } catch (error) {
      waiting.reject(error);
    }
  }

  /** Refuses with `error`, unless the key has been answered before. */
  private async fail(waiting: Waiting, error: unknown): Promise<void> {
    try {
      if (!(await this.isReplayed(waiting))) waiting.reject(error);
    } catch (other) {
      waiting.reject(other);
    }
  }

  private async isReplayed({ ask, resolve }: Waiting): Promise<boolean> {
    if (ask.idempotencyKey === null) return false;
    const known = await this.answers.find({ callerKeyId: ask.caller.keyId, key: ask.idempotencyKey });
    if (known !== undefined) resolve(replayed(known, ask.fingerprint));
    return known !== undefined;
  }
}

function recorded(
  { caller, idempotencyKey, fingerprint }: Ask,
  account: number,
  id: string,
  { status, headers, body }: Recorded,
  hold: CheckedHold | null,
): Check {
  return { account, id, callerKeyId: caller.keyId, idempotencyKey, fingerprint, status, headers, body, hold };
}
