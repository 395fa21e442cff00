import { randomUUID } from 'node:crypto';
import type { Order } from '@app/portfolio';
import type { AnswerRepository, Check, CheckedHold, CheckOutcome, CheckRepository, LimitRepository } from '@app/store';
import {
  type GivenAnswer,
  isWorthKeeping,
  JSON_CONTENT,
  problemAnswer,
  replayed,
} from '../idempotency/given-answer.js';
import { Problem } from '../problem.js';
import { notFound } from '../problems.js';
import type { MarketClock } from '../what-if/market-clock.js';
import { mayRead } from '../what-if/stored-what-ifs.js';
import { ordersText } from '../what-if/stored-orders.js';
import type { Ask } from './ask.js';
import type { LimitRefusal } from './check.js';
import type { AccountOpening, OpenedAccount } from './judged-account.js';
import { duplicateOrder, notWorking } from './reservation-problems.js';
import { type GateAccount, gateAccount, verdict } from './verdict.js';

/** An ask and who waits for its answer. */
export interface Waiting {
  readonly ask: Ask;
  readonly resolve: (answer: GivenAnswer) => void;
  readonly reject: (error: unknown) => void;
  /** A limit had no room when it was to be committed: the answer is REJECT. */
  refusal: LimitRefusal | null;
  /** An order id was used before when it was to be committed: the answer is 409. */
  isDuplicate: boolean;
}

interface Prepared {
  readonly waiting: Waiting;
  readonly check: Check;
  readonly answer: GivenAnswer;
}

const DEFAULT_VALID_SECONDS = 300;

/** Judges the checks of a batch and commits them together. */
export class CheckBatches {
  constructor(
    private readonly opening: AccountOpening,
    private readonly checks: CheckRepository,
    private readonly answers: AnswerRepository,
    private readonly limits: LimitRepository,
    private readonly clock: MarketClock,
  ) {}

  /** Answers the checks; those that have to be judged again come back. */
  async run(batch: readonly Waiting[], accountIds: readonly string[]): Promise<readonly Waiting[]> {
    const opened = await Promise.allSettled(accountIds.map((id) => this.opening.open(id, ordersOf(batch, id))));
    // From here to the commit nothing waits: what is judged is what was read.
    const again: Waiting[] = [];
    const judged: GateAccount[] = [];
    const prepared: Prepared[] = [];
    opened.forEach((result, index) => {
      const asking = batch.filter(({ ask }) => ask.accountId === accountIds[index]);
      if (result.status === 'rejected') asking.forEach((waiting) => void this.fail(waiting, result.reason));
      else if (result.value.holds.holdVersion !== result.value.holdVersion) again.push(...asking);
      else this.judge(result.value, asking, judged, prepared);
    });
    if (prepared.length === 0) return again;
    const outcomes = await this.checks.commit(
      judged.map(({ opened: { standing, holdVersion } }) => ({ ...standing, holdVersion })),
      prepared.map((each) => each.check),
    );
    const committed = (place: number) =>
      prepared.filter(
        ({ check: { account, hold } }, index) =>
          account === place && hold !== null && outcomes[index].outcome === 'COMMITTED',
      );
    judged.forEach((account) => account.commit(new Set(committed(account.place).map((each) => each.check.id))));
    const settled = await Promise.all(prepared.map((each, index) => this.settled(each, outcomes[index])));
    return [...again, ...settled.filter((waiting) => waiting !== null)];
  }

  private judge(opened: OpenedAccount, asking: readonly Waiting[], judged: GateAccount[], prepared: Prepared[]): void {
    let account: GateAccount;
    try {
      account = gateAccount(opened, judged.length);
    } catch (error) {
      asking.forEach((waiting) => void this.fail(waiting, error));
      return;
    }
    judged.push(account);
    for (const waiting of asking) {
      try {
        prepared.push(this.prepared(waiting, account));
      } catch (error) {
        const { ask } = waiting;
        if (ask.idempotencyKey === null || !(error instanceof Problem) || !isWorthKeeping(error)) {
          void this.fail(waiting, error);
        } else {
          const answer = problemAnswer(error, ask.requestId);
          prepared.push({ waiting, answer, check: recorded(ask, account.place, randomUUID(), answer, null) });
        }
      }
    }
  }

  /** @throws Problem 404, 409 or 422. */
  private prepared(waiting: Waiting, account: GateAccount): Prepared {
    const { ask, refusal, isDuplicate } = waiting;
    const { standing } = account.opened;
    if (!mayRead(ask.caller, standing.desk)) throw notFound();
    if (isDuplicate) throw duplicateOrder();
    const given = ask.replaces === null ? undefined : account.find(ask.replaces);
    if (ask.replaces !== null && given === undefined) throw notWorking();
    const { isAccepted, heldCents, reply, take } = verdict(account, ask, refusal);
    const id = randomUUID();
    const now = this.clock.now();
    const validUntil = now + (ask.request.validSeconds ?? DEFAULT_VALID_SECONDS) * 1_000;
    const body = reply({ id, now, validUntil: isAccepted ? validUntil : null });
    const headers = isAccepted ? { ...JSON_CONTENT, Location: `/v1/reservations/${id}` } : JSON_CONTENT;
    const answer = { status: isAccepted ? 201 : 200, headers, body };
    if (!isAccepted) return { waiting, answer, check: recorded(ask, account.place, id, answer, null) };
    take({ id, orders: ask.linked, heldCents, validUntil });
    const held: CheckedHold = {
      ...{ heldCents, changeCents: heldCents - (given?.heldCents ?? 0), validUntil: new Date(validUntil) },
      ...{ replacedId: ask.replaces, orders: ordersText(ask.linked) },
      leaves: ask.orders.map(({ orderQty }) => orderQty.toFixed()),
      clOrdIds: ask.orders.map(({ clOrdId }) => clOrdId),
    };
    return { waiting, answer, check: recorded(ask, account.place, id, answer, held) };
  }

  /** Gives the answer that was committed; null where it was given, else what has to be judged again. */
  private async settled({ waiting, answer }: Prepared, result: CheckOutcome): Promise<Waiting | null> {
    try {
      switch (result.outcome) {
        case 'COMMITTED':
          waiting.resolve(answer);
          return null;
        case 'STALE':
          return waiting;
        case 'ANSWERED':
          await this.fail(waiting, new Error('an answer is stored that cannot be found'));
          return null;
        case 'DUPLICATE':
          waiting.isDuplicate = true;
          return (await this.isReplayed(waiting)) ? null : waiting;
        case 'LIMIT': {
          const limit = await this.limits.find(result.limitId);
          if (limit !== undefined) waiting.refusal = { scope: limit.scope, room: result.roomCents };
          return waiting;
        }
      }
    } catch (error) {
      waiting.reject(error);
      return null;
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

function ordersOf(batch: readonly Waiting[], accountId: string): Order[] {
  return batch.flatMap(({ ask }) => (ask.accountId === accountId ? ask.orders : []));
}

function recorded(ask: Ask, account: number, id: string, answer: GivenAnswer, hold: CheckedHold | null): Check {
  const { caller, idempotencyKey, fingerprint } = ask;
  const { status, headers, body } = answer;
  return {
    ...{ account, id, callerKeyId: caller.keyId, idempotencyKey, fingerprint, status, hold },
    ...{ headers: JSON.stringify(headers), body: body.toString() },
  };
}
