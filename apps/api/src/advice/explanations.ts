import { type AccountState, type Amounts, explanation, type Explanation, regTExplanation } from '@app/advice';
import { accountMargin, type Gaps, type Hold, isGaps, NOTHING_HELD_BACK, valuation } from '@app/margin';
import { centsText, type Portfolio, type WorkingOrder } from '@app/portfolio';
import { isRegTGaps, type ProgramSolver, type RegTGaps } from '@app/reg-t';
import type {
  HouseRuleRepository,
  SnapshotMarket,
  SnapshotRepository,
  StoredAccount,
  WhatIfRepository,
} from '@app/store';
import { Decimal } from 'decimal.js';
import type { Caller } from '../auth/caller.js';
import { fieldSymbol } from '../fields/symbol.js';
import { notFound } from '../problems.js';
import { ENGINE_VERSION } from '../what-if/engine-version.js';
import { symbolsOf } from '../what-if/account-holds.js';
import { FieldFaults } from '../what-if/field-faults.js';
import { gapProblem, isAnswerGaps } from '../what-if/gap-problem.js';
import { type JudgedOn, judgedOn } from '../what-if/judged-inputs.js';
import { noSnapshot } from '../what-if/market-clock.js';
import { inputsNotKept } from '../what-if/replays.js';
import { type PairingSolver, regTContext } from '../what-if/reg-t-context.js';
import { loadRuleSymbols, rulesOn } from '../what-if/rules-in-force.js';
import type { StoredWhatIfs } from '../what-if/stored-what-ifs.js';
import type {
  AccountAmountsDto,
  AccountStateDto,
  ExplanationReplyDto,
  ExplanationRequestDto,
} from './explanation.dto.js';

type Base = Awaited<ReturnType<StoredWhatIfs['baseOf']>>;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Why an account's requirement and equity changed. */
export class Explanations {
  constructor(
    private readonly accounts: StoredWhatIfs,
    private readonly snapshots: SnapshotRepository,
    private readonly houseRules: HouseRuleRepository,
    private readonly answers: WhatIfRepository,
    private readonly solver: PairingSolver,
  ) {}

  /** @throws Problem 400, 404 and 422, naming everything that is wrong or missing. */
  async answer(accountId: string, request: ExplanationRequestDto, caller: Caller): Promise<ExplanationReplyDto> {
    const { from, to = {} } = request;
    judgeStates({ from, to });
    const standing = await this.accounts.standing(accountId, caller);
    const base = await this.accounts.baseOf(standing);
    const [earlier, later] = [await this.situation(from, base), await this.situation(to, base)];
    // Contracts of both are looked up on both.
    const symbols = [earlier, later].flatMap(({ portfolio }) => portfolio.positions.map(({ symbol }) => symbol));
    await Promise.all([earlier, later].map(({ market }) => market.load(symbols)));
    const isNow = isLatest(to) && to.positions === undefined && to.cash === undefined;
    const places = [...placesOf(from, '/from'), ...placesOf(to, '/to')];
    const explained =
      base.account.methodology === 'REG_T'
        ? await this.underRegT(earlier, later, isNow ? await this.accounts.workingOrders(standing, base) : null)
        : await this.underPortfolioMargin(earlier, later, isNow ? await this.accounts.hold(standing, base) : null);
    if (isAnswerGaps(explained)) throw gapProblem(explained, { places });
    const { found, versions } = explained;
    return {
      from: amounts(found.from, earlier, versions[0]),
      to: amounts(found.to, later, versions[1]),
      causes: found.causes.map(({ cause, requirement, equity }) => ({
        cause,
        requirement: centsText(requirement),
        equity: centsText(equity),
        excess: centsText(equity - requirement),
      })),
    };
  }

  /** `now`: what working orders hold in the later state, where that is the account as it stands. */
  private async underPortfolioMargin(
    from: Situation,
    to: Situation,
    now: Hold | Gaps | null,
  ): Promise<Explained | Gaps> {
    const states = await Promise.all([from, to].map((each) => this.portfolioState(each)));
    const holds = [states[0].hold, now ?? states[1].hold];
    const unpriced = holds.filter(isGaps).flat();
    if (unpriced.length > 0) return unpriced;
    const [earlier, later] = states.map((state, i) => ({ ...state, hold: holds[i] as Hold }));
    const found = explanation(earlier, later);
    return isGaps(found) ? found : { found, versions: [earlier.rules.version, later.rules.version] };
  }

  private async underRegT(
    from: Situation,
    to: Situation,
    now: readonly WorkingOrder[] | null,
  ): Promise<Explained | RegTGaps> {
    const solver = await this.solver.load();
    const [earlier, later] = await Promise.all([from, to].map((each) => workingThen(each, solver)));
    // What works now is priced on both.
    const symbols = (now ?? []).flatMap(({ order }) => symbolsOf(order));
    await Promise.all([from, to].map(({ market }) => market.load(symbols)));
    const how = regTContext(to.market, solver);
    const found = regTExplanation(earlier, { ...later, hold: now ?? later.hold }, how);
    return isRegTGaps(found) ? found : { found, versions: [earlier.rules.version, later.rules.version] };
  }

  private async situation(asked: AccountStateDto, base: Base): Promise<Situation> {
    const judged = await this.judged(asked, base);
    const account = judged?.on.account ?? base.account;
    const market = await this.snapshots.market(judged?.snapshotId ?? (await this.snapshotOf(asked, base)));
    if (market === undefined) throw notFound('There is no market snapshot with this id.');
    const { positions, cash } = asked;
    const portfolio = {
      cash: cash === undefined ? account.cash : new Decimal(cash),
      positions:
        positions === undefined
          ? account.positions
          : positions.map(({ symbol, quantity }) => ({
              symbol: fieldSymbol(symbol),
              quantity: new Decimal(quantity),
            })),
    };
    await market.load(portfolio.positions.map(({ symbol }) => symbol));
    const isOwn = positions === undefined && cash === undefined;
    const positionsVersion = isOwn ? String(account.version) : null;
    return { account, portfolio, market, judgedOn: judged?.on ?? null, positionsVersion };
  }

  private async portfolioState({ account, portfolio, market, judgedOn: on }: Situation) {
    const houseRules =
      on === null
        ? await this.houseRules.findForAccount(account.id)
        : (await this.houseRules.at(on.houseRulesStamp)).rulesFor(account.id);
    await loadRuleSymbols(market, houseRules);
    const rules = rulesOn(market, houseRules);
    const state = { portfolio, market, rules, strictVolatility: account.strictVolatility };
    return { ...state, hold: on === null ? NOTHING_HELD_BACK : await heldThen(on, state) };
  }

  /** What a what-if of the account was judged on. @throws Problem 404, or 409 where that was not kept. */
  private async judged({ whatIfId }: AccountStateDto, { account }: Base) {
    if (whatIfId === undefined) return undefined;
    const answer = UUID.test(whatIfId) ? await this.answers.findWithInputs(whatIfId.toLowerCase()) : undefined;
    if (answer === undefined || answer.accountId !== account.id) throw notFound();
    if (answer.inputs.length === 0) throw inputsNotKept();
    return { snapshotId: answer.snapshotId, on: judgedOn(answer.inputs) };
  }

  private async snapshotOf({ date, snapshotId }: AccountStateDto, { account, market }: Base): Promise<string> {
    if (snapshotId !== undefined) return snapshotId;
    if (date === undefined) return market.snapshotId;
    const found = await this.snapshots.latestOn(date, account.feed ?? undefined);
    if (found === undefined) throw noSnapshot();
    return found.id;
  }
}

/** A state before it is known what is required in it. */
interface Situation {
  readonly account: StoredAccount;
  readonly portfolio: Portfolio;
  readonly market: SnapshotMarket;
  /** Of a what-if. */
  readonly judgedOn: JudgedOn | null;
  /** Null where the positions were given. */
  readonly positionsVersion: string | null;
}

interface Explained {
  readonly found: Explanation;
  /** Of the rules in the earlier and in the later state. */
  readonly versions: readonly string[];
}

async function workingThen({ portfolio, market, judgedOn }: Situation, solver: ProgramSolver) {
  await judgedOn?.holds.load(market);
  const hold = [...(judgedOn?.holds.all() ?? [])].flatMap(({ orders }) => orders);
  return { portfolio, market, rules: regTContext(market, solver).rules, hold };
}

/** What was working then, held beside the positions. */
async function heldThen({ holds }: JudgedOn, state: Omit<AccountState, 'hold'> & { market: SnapshotMarket }) {
  await holds.load(state.market);
  const context = { valuation: valuation(state.market), rules: state.rules, strictVolatility: state.strictVolatility };
  const before = accountMargin(state.portfolio, context);
  // What the positions lack, the explanation itself finds.
  return isGaps(before) ? NOTHING_HELD_BACK : holds.total({ before, context });
}

function judgeStates(states: Readonly<Record<string, AccountStateDto>>): void {
  const faults = new FieldFaults();
  for (const [name, { date, snapshotId, whatIfId }] of Object.entries(states)) {
    const named = Object.entries({ date, snapshotId, whatIfId }).filter(([, value]) => value !== undefined);
    for (const [field] of named.slice(1)) {
      faults.add(`/${name}/${field}`, 'explanation.two_times', 'Give one of date, snapshotId and whatIfId.');
    }
  }
  faults.throwIfAny();
}

function isLatest({ date, snapshotId, whatIfId }: AccountStateDto): boolean {
  return date === undefined && snapshotId === undefined && whatIfId === undefined;
}

function placesOf({ positions = [] }: AccountStateDto, pointer: string): (readonly [string, string])[] {
  return positions.map(({ symbol }, i) => [fieldSymbol(symbol), `${pointer}/positions/${i}/symbol`]);
}

function amounts(
  { requirement, equity }: Amounts,
  { market, positionsVersion }: Situation,
  ruleSetVersion: string,
): AccountAmountsDto {
  return {
    requirement: centsText(requirement),
    equity: centsText(equity),
    excess: centsText(equity - requirement),
    provenance: {
      ...{ snapshotId: market.snapshotId, asOf: market.asOf, ruleSetVersion },
      ...{ positionsVersion, engineVersion: ENGINE_VERSION },
    },
  };
}
