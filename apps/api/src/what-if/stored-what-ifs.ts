import { type Gaps, type Hold, NOTHING_HELD_BACK } from '@app/margin';
import type { WorkingOrder } from '@app/portfolio';
import type { AccountRepository, AccountStanding, JudgedWhatIf, StoredAccount, WhatIfRepository } from '@app/store';
import { LRUCache } from 'lru-cache';
import type { Caller } from '../auth/caller.js';
import { notFound } from '../problems.js';
import type { AccountBases } from './account-bases.js';
import { answerText, answerTextAtHand, askedQuestion, type Question } from './answer-text.js';
import { type Base, isKnown } from './base.js';
import type { WrittenJson } from './kept-json.js';
import { accountInput, conditionsInput, NOTHING_WORKING, workingNow, workingOf, workingText } from './judged-inputs.js';
import type { MarketClock } from './market-clock.js';
import { overdueCall } from './overdue-call.js';
import type { WhatIfRequestDto } from './what-if.dto.js';
import type { WorkingOrders } from './working-orders.js';

/** Accounts whose last known standing is kept. */
const STANDINGS_AT_MOST = 50_000;
/** An account that changes faster than it is judged: the last time, what was read while the question waited will do. */
const ATTEMPTS_AT_MOST = 6;

/** What a judgement comes to, as it is stored. */
type Judged = Omit<JudgedWhatIf, 'request' | 'isFinal'>;

interface Held {
  readonly sum: Hold | Gaps;
  readonly working: string;
}

const NOTHING_HELD: Held = { sum: NOTHING_HELD_BACK, working: NOTHING_WORKING };

function judgedOf(standing: AccountStanding, { account }: Base, reply: WrittenJson, working: string): Judged {
  return {
    standing,
    reply,
    inputs: [accountInput(account), conditionsInput(standing, working)],
  };
}

/** Whether a key may see an account: a desk its own, the others all. */
export function mayRead(caller: Caller, desk: string): boolean {
  return caller.role !== 'DESK' || caller.desk === desk;
}

/** Questions about stored accounts. */
export class StoredWhatIfs {
  /** How accounts stood when they were last looked at. May be out of date: whatever is judged on it is checked. */
  private readonly lastStandings = new LRUCache<string, AccountStanding>({ max: STANDINGS_AT_MOST });

  constructor(
    private readonly accounts: AccountRepository,
    private readonly answers: WhatIfRepository,
    private readonly bases: AccountBases,
    private readonly clock: MarketClock,
    private readonly working: WorkingOrders,
  ) {}

  /**
   * The answer as JSON, stored before it is given. It is judged at once on the account as it was last known, and the
   * statement that stores it looks whether that still holds; where it does not, it is judged again on what is now.
   * `bytes`: the request as it was sent.
   * @throws Problem 404 for an unknown or foreign account, 400 and 422 naming everything that is wrong or missing.
   */
  async answer(accountId: string, request: WhatIfRequestDto, bytes: Buffer, caller: Caller): Promise<Buffer> {
    const question = askedQuestion(request);
    const last = this.lastStandings.get(accountId);
    let standing = last;
    for (let attempt = 1; ; attempt++) {
      const judged =
        (standing && this.judgedAtHand(standing, question, caller)) ??
        (await this.judgedOn(standing, accountId, question, caller));
      const isFinal = attempt >= ATTEMPTS_AT_MOST;
      const saved = await this.answers.save({ ...judged, request: bytes, isFinal });
      standing = saved.id === null ? saved.standing : judged.standing;
      if (standing === undefined) this.lastStandings.delete(accountId);
      else if (standing !== last) this.lastStandings.set(accountId, standing);
      if (saved.id !== null) return saved.reply;
    }
  }

  /** A judgement that nothing has to be waited for; undefined where something has, or where it comes to a refusal. */
  private judgedAtHand(standing: AccountStanding, question: Question, caller: Caller): Judged | undefined {
    if (standing.holdVersion > 0 || !mayRead(caller, standing.desk)) return undefined;
    try {
      const base = this.bases.atHand(standing);
      if (base === undefined) return undefined;
      const reply = answerTextAtHand(base, overdueCall(standing, base.market.valuationDate), question);
      return reply === undefined ? undefined : judgedOf(standing, base, reply, NOTHING_WORKING);
    } catch {
      return undefined;
    }
  }

  /** A refusal is not stored, and so not checked there: it has to be one of the account as it stands now. */
  private async judgedOn(
    known: AccountStanding | undefined,
    accountId: string,
    question: Question,
    caller: Caller,
  ): Promise<Judged> {
    if (known !== undefined) {
      try {
        return await this.judgement(known, question, caller);
      } catch {
        // Judged again below, where it fails again if it has to.
      }
    }
    // Of an account that nobody has asked about, positions are read beside its standing, not after it.
    const reading = known === undefined ? this.accounts.find(accountId) : undefined;
    // Whoever needs it gets the failure.
    reading?.catch(() => undefined);
    const standing = await this.standing(accountId, caller);
    return this.judgement(standing, question, caller, reading);
  }

  /** The answer as JSON, without an id, and what it followed from. */
  private async judgement(
    standing: AccountStanding,
    question: Question,
    caller: Caller,
    reading?: Promise<StoredAccount | undefined>,
  ): Promise<Judged> {
    if (!mayRead(caller, standing.desk)) throw notFound();
    const base = await this.bases.of(standing, reading);
    let working = NOTHING_WORKING;
    const hold = async (): Promise<Hold | Gaps> => {
      const held = await this.held(standing, base);
      working = held.working;
      return held.sum;
    };
    const orders = async (): Promise<readonly WorkingOrder[]> => {
      // As they were when what they hold was asked for.
      if (working === NOTHING_WORKING) working = await this.workingText(standing, base);
      return workingOf(working);
    };
    const call = overdueCall(standing, base.market.valuationDate);
    const reply = await answerText({ base, hold, working: orders, call }, question);
    return judgedOf(standing, base, reply, working);
  }

  /** An answer given before, byte for byte. @throws Problem 404 for an unknown or foreign one. */
  async find(id: string, caller: Caller): Promise<string> {
    const answer = await this.answers.find(id);
    if (answer === undefined || !mayRead(caller, answer.desk)) throw notFound();
    return answer.reply;
  }

  /** What is to be known afresh of an account. @throws Problem 404 for an unknown or foreign one. */
  async standing(accountId: string, caller: Caller): Promise<AccountStanding> {
    const standing = await this.accounts.standing(accountId);
    if (standing === undefined || !mayRead(caller, standing.desk)) throw notFound();
    return standing;
  }

  /** What working reservations hold. */
  async hold(standing: AccountStanding, base: Base): Promise<Hold | Gaps> {
    return (await this.held(standing, base)).sum;
  }

  /** The same, and which reservations those are, as text. */
  private async held(standing: AccountStanding, base: Base): Promise<Held> {
    if (standing.holdVersion === 0) return NOTHING_HELD;
    const holds = await this.working.of(standing);
    await holds.load(base);
    const beside = base.portfolioMargin();
    if (!isKnown(beside)) return NOTHING_HELD;
    const now = this.clock.now();
    const sum = holds.totalAt(beside, now);
    return { sum, working: workingText(holds, sum, now) };
  }

  /** Orders that work, their prices read. */
  async workingOrders(standing: AccountStanding, base: Base): Promise<readonly WorkingOrder[]> {
    return workingOf(await this.workingText(standing, base));
  }

  private async workingText(standing: AccountStanding, base: Base): Promise<string> {
    if (standing.holdVersion === 0) return NOTHING_WORKING;
    const holds = await this.working.of(standing);
    await holds.load(base);
    return workingNow(holds, this.clock.now());
  }

  /** The account as it stands. @throws Problem 422 where it cannot be judged at all. */
  baseOf(standing: AccountStanding): Promise<Base> {
    return this.bases.of(standing);
  }
}
