import { accountMargin, type Gaps, type Hold, isGaps, NOTHING_HELD_BACK } from '@app/margin';
import { type ProgramSolver, regTMargin } from '@app/reg-t';
import type { EffectiveRules } from '@app/rules';
import type { Order } from '@app/portfolio';
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
import type { HoldContext } from './account-holds.js';
import { adviceParts } from './advice-parts.js';
import { type Alternative, alternativeLines, alternativesFromDto, judgedSets, tradedSymbols } from './alternatives.js';
import { asksPortfolioMargin, asksRegT, defaultInclude } from './asked-parts.js';
import { ENGINE_VERSION } from './engine-version.js';
import { FieldFaults } from './field-faults.js';
import { gapProblem, isAnswerGaps } from './gap-problem.js';
import { jsonText } from './kept-json.js';
import { type MarketClock, noSnapshot, refuseStaleSnapshot } from './market-clock.js';
import { ordersFromDto } from './orders.js';
import { partlyJudged } from './partly-judged.js';
import { overdueCall } from './overdue-call.js';
import { type PairingSolver, regTContext } from './reg-t-context.js';
import { type Bases, type Judged, judged, type PortfolioMarginBase, type RegTBase, ruleSetVersion } from './regimes.js';
import { loadRuleSymbols, rulesOn } from './rules-in-force.js';
import type { SnapshotValuation, Valuations } from './valuations.js';
import type { WhatIfRequestDto } from './what-if.dto.js';
import { whatIfReply } from './what-if-reply.js';
import type { WorkingOrders } from './working-orders.js';

/** An account as one version of it stands on one snapshot under one set of rules: what every question starts from. */
export interface Base {
  readonly account: StoredAccount;
  readonly market: SnapshotValuation['market'];
  readonly snapshotId: string;
  /** The rules in force for it, house rules included. */
  readonly rules: () => EffectiveRules;
  /** The margin now under a regime, or what is missing to know it; computed when first asked for. */
  readonly portfolioMargin: () => Required<Omit<PortfolioMarginBase, 'hold'>>;
  readonly regT: () => Promise<Required<RegTBase>>;
  /** Reads what orders need beyond the account's own positions. */
  load(symbols: readonly string[]): Promise<void>;
}

/** What is kept ready on a snapshot: positions, and one more for each account, together. */
const POSITIONS_AT_MOST = 1_000_000;
/** Accounts whose last known standing is kept. */
const STANDINGS_AT_MOST = 50_000;
/** An account that changes faster than it is judged: the last time, what was read while the question waited will do. */
const ATTEMPTS_AT_MOST = 6;

/** Whether a key may see an account: a desk its own, the others all. */
export function mayRead(caller: Caller, desk: string): boolean {
  return caller.role !== 'DESK' || caller.desk === desk;
}

/** Questions about stored accounts. */
export class StoredWhatIfs {
  /**
   * Kept with the snapshot they stand on, and gone with it. An entry is never stale: its key holds every version it
   * depends on.
   */
  private readonly bases = new WeakMap<SnapshotValuation, LRUCache<string, Promise<Base>>>();
  /** How accounts stood when they were last looked at. May be out of date: whatever is judged on it is checked. */
  private readonly lastStandings = new LRUCache<string, AccountStanding>({ max: STANDINGS_AT_MOST });

  constructor(
    private readonly accounts: AccountRepository,
    private readonly houseRules: HouseRuleRepository,
    private readonly answers: WhatIfRepository,
    private readonly valuations: Valuations,
    private readonly solver: PairingSolver,
    private readonly clock: MarketClock,
    private readonly working: WorkingOrders,
  ) {}

  /**
   * The answer as JSON, stored before it is given. It is judged at once on the account as it was last known, and the
   * statement that stores it looks whether that still holds; where it does not, it is judged again on what is now.
   * `text`: the request as it was sent.
   * @throws Problem 404 for an unknown or foreign account, 400 and 422 naming everything that is wrong or missing.
   */
  async answer(accountId: string, request: WhatIfRequestDto, text: string, caller: Caller): Promise<string> {
    const question = askedQuestion(request);
    let standing = this.lastStandings.get(accountId);
    for (let attempt = 1; ; attempt++) {
      const judged = await this.judgedOn(standing, accountId, question, caller);
      const isFinal = attempt >= ATTEMPTS_AT_MOST;
      const saved = await this.answers.save({ ...judged, request: text, isFinal });
      standing = saved.id === null ? saved.standing : judged.standing;
      if (standing === undefined) this.lastStandings.delete(accountId);
      else this.lastStandings.set(accountId, standing);
      if (saved.id !== null) return saved.reply;
    }
  }

  /** A refusal is not stored, and so not checked there: it has to be one of the account as it stands now. */
  private async judgedOn(
    known: AccountStanding | undefined,
    accountId: string,
    question: Question,
    caller: Caller,
  ): Promise<{ readonly standing: AccountStanding; readonly reply: string }> {
    if (known !== undefined) {
      try {
        return { standing: known, reply: await this.reply(known, question, caller) };
      } catch {
        // Judged again below, where it fails again if it has to.
      }
    }
    const standing = await this.standing(accountId, caller);
    return { standing, reply: await this.reply(standing, question, caller) };
  }

  /** The answer as JSON, without an id. */
  private async reply(standing: AccountStanding, question: Question, caller: Caller): Promise<string> {
    if (!mayRead(caller, standing.desk)) throw notFound();
    const { request, orders, alternatives } = question;
    const base = await this.baseOf(standing);
    const { account, market, snapshotId } = base;
    await base.load(tradedSymbols(orders, alternatives));
    const { methodology } = account;
    const include = request.include ?? defaultInclude(methodology);
    const bases = {
      portfolioMargin: asksPortfolioMargin(methodology, include)
        ? { ...base.portfolioMargin(), hold: await this.hold(standing, base) }
        : null,
      regT: asksRegT(methodology, include) ? await base.regT() : null,
    };
    const whole = judgedSets(
      methodology,
      account,
      orders,
      alternatives,
      bases,
      overdueCall(standing, market.valuationDate),
    );
    const takesPart = isAnswerGaps(whole) && request.allowPartial === true && alternatives.length === 0;
    const result = (takesPart ? partlyJudged(account, orders, bases) : undefined) ?? whole;
    if (isAnswerGaps(result)) throw gapProblem(result, request);
    const { main } = result;
    return jsonText({
      ...whatIfReply(main, include, {
        snapshotId,
        asOf: market.asOf,
        ruleSetVersion: ruleSetVersion(main),
        positionsVersion: String(account.version),
        engineVersion: ENGINE_VERSION,
      }),
      ...alternativeLines(result, alternatives),
      ...(main.leftOut === undefined &&
        (await adviceParts(account, orders, unheld(main, account, orders, bases), include))),
    });
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
    if (standing.holdVersion === 0) return NOTHING_HELD_BACK;
    const holds = await this.working.of(standing);
    await holds.load(base);
    const beside = base.portfolioMargin();
    return isKnown(beside) ? holds.totalAt(beside, this.clock.now()) : NOTHING_HELD_BACK;
  }

  /** The account as it stands. @throws Problem 422 where it cannot be judged at all. */
  async baseOf(standing: AccountStanding): Promise<Base> {
    const { snapshot } = standing;
    if (snapshot === null) throw noSnapshot();
    refuseStaleSnapshot(snapshot.asOf, this.clock);
    const priced = await this.valuations.find(snapshot.id);
    if (priced === undefined) throw noSnapshot();
    const bases = this.basesOn(priced);
    const key = `${standing.id} ${standing.version} ${standing.houseRulesStamp}`;
    const known = bases.get(key);
    if (known !== undefined) return known;
    const loading = this.loadBase(standing, priced);
    bases.set(key, loading, { size: 1 });
    try {
      const { account } = await loading;
      if (bases.peek(key) === loading) bases.set(key, loading, { size: 1 + account.positions.length });
    } catch (error) {
      bases.delete(key);
      throw error;
    }
    return loading;
  }

  private basesOn(priced: SnapshotValuation): LRUCache<string, Promise<Base>> {
    const known = this.bases.get(priced) ?? new LRUCache<string, Promise<Base>>({ maxSize: POSITIONS_AT_MOST });
    this.bases.set(priced, known);
    return known;
  }

  private async loadBase(standing: AccountStanding, { market, valuation }: SnapshotValuation): Promise<Base> {
    const [account, houseRules] = await Promise.all([
      this.accounts.find(standing.id),
      this.houseRules.findForAccount(standing.id, standing.houseRulesStamp),
    ]);
    if (account === undefined) throw notFound();
    await market.load(account.positions.map(({ symbol }) => symbol));
    await loadRuleSymbols(market, houseRules);
    const rules = (): EffectiveRules => rulesOn(market, houseRules);
    const regT = once((solver: ProgramSolver) => {
      const context = regTContext(market, solver);
      return { context, before: regTMargin(account, context) };
    });
    return {
      account,
      market,
      snapshotId: market.snapshotId,
      rules,
      portfolioMargin: once(() => {
        const context = { valuation, rules: rules(), strictVolatility: account.strictVolatility };
        return { context, before: accountMargin(account, context) };
      }),
      regT: async () => regT(await this.solver.load()),
      load: (symbols) => market.load(symbols),
    };
  }
}

/** What a request asks, before it is known of which account. */
interface Question {
  readonly request: WhatIfRequestDto;
  readonly orders: readonly Order[];
  readonly alternatives: readonly Alternative[];
}

function askedQuestion(request: WhatIfRequestDto): Question {
  const faults = new FieldFaults();
  const orders = ordersFromDto(request.orders, faults);
  const alternatives = alternativesFromDto(request.alternatives, faults);
  faults.throwIfAny();
  return { request, orders, alternatives };
}

/** The answer as if nothing were held: searches look at positions and orders alone. */
function unheld(main: Judged, account: StoredAccount, orders: readonly Order[], bases: Bases): Judged {
  const { portfolioMargin } = bases;
  if (portfolioMargin?.hold === undefined || portfolioMargin.hold === NOTHING_HELD_BACK) return main;
  const { context, before } = portfolioMargin;
  const alone = judged(main.methodology, account, orders, { portfolioMargin: { context, before }, regT: bases.regT });
  return isAnswerGaps(alone) ? main : alone;
}

/** Whether the margin of the positions is known: what working orders hold can be told only beside it. */
export function isKnown(
  beside: ReturnType<Base['portfolioMargin']>,
): beside is ReturnType<Base['portfolioMargin']> & HoldContext {
  return !isGaps(beside.before);
}

/** Computed at the first call. A failure is not kept. */
function once<A extends readonly unknown[], T>(compute: (...given: A) => T): (...given: A) => T {
  let known: { readonly value: T } | undefined;
  return (...given) => (known ??= { value: compute(...given) }).value;
}
