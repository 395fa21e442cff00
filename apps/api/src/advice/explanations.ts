import { type AccountState, type Amounts, explanation } from '@app/advice';
import { accountMargin, type Gaps, type Hold, isGaps, NOTHING_HELD_BACK, valuation } from '@app/margin';
import { centsText } from '@app/portfolio';
import type { HouseRuleRepository, SnapshotMarket, SnapshotRepository, WhatIfRepository } from '@app/store';
import { Decimal } from 'decimal.js';
import type { Caller } from '../auth/caller.js';
import { fieldSymbol } from '../fields/symbol.js';
import { notFound } from '../problems.js';
import { ENGINE_VERSION } from '../what-if/engine-version.js';
import { FieldFaults } from '../what-if/field-faults.js';
import { type AnswerGap, gapProblem } from '../what-if/gap-problem.js';
import { type JudgedOn, judgedOn } from '../what-if/judged-inputs.js';
import { noSnapshot } from '../what-if/market-clock.js';
import { inputsNotKept } from '../what-if/replays.js';
import { loadRuleSymbols, rulesOn } from '../what-if/rules-in-force.js';
import type { StoredWhatIfs } from '../what-if/stored-what-ifs.js';
import type {
  AccountAmountsDto,
  AccountStateDto,
  ExplanationReplyDto,
  ExplanationRequestDto,
} from './explanation.dto.js';
import { notPortfolioMargin } from './standings.js';

type Base = Awaited<ReturnType<StoredWhatIfs['baseOf']>>;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Why an account's requirement and equity changed. */
export class Explanations {
  constructor(
    private readonly accounts: StoredWhatIfs,
    private readonly snapshots: SnapshotRepository,
    private readonly houseRules: HouseRuleRepository,
    private readonly answers: WhatIfRepository,
  ) {}

  /** @throws Problem 400, 404 and 422, naming everything that is wrong or missing. */
  async answer(accountId: string, request: ExplanationRequestDto, caller: Caller): Promise<ExplanationReplyDto> {
    const { from, to = {} } = request;
    judgeStates({ from, to });
    const standing = await this.accounts.standing(accountId, caller);
    const base = await this.accounts.baseOf(standing);
    if (base.account.methodology === 'REG_T') throw notPortfolioMargin('');
    const [earlier, later] = [await this.state(from, base), await this.state(to, base)];
    // Contracts of both are looked up on both.
    const symbols = [earlier, later].flatMap(({ portfolio }) => portfolio.positions.map(({ symbol }) => symbol));
    await Promise.all([earlier, later].map(({ market }) => market.load(symbols)));
    const isNow = isLatest(to) && to.positions === undefined && to.cash === undefined;
    const holds = [earlier.hold, isNow ? await this.accounts.hold(standing, base) : later.hold];
    const places = [...placesOf(from, '/from'), ...placesOf(to, '/to')];
    const unpriced = holds.filter(isGaps).flat();
    if (unpriced.length > 0) throw gapProblem(unpriced, { places });
    const [held, heldLater] = holds as Hold[];
    const found = explanation({ ...earlier, hold: held }, { ...later, hold: heldLater });
    if (isGaps(found)) throw gapProblem(found as readonly AnswerGap[], { places });
    return {
      from: amounts(found.from, earlier),
      to: amounts(found.to, later),
      causes: found.causes.map(({ cause, requirement, equity }) => ({
        cause,
        requirement: centsText(requirement),
        equity: centsText(equity),
        excess: centsText(equity - requirement),
      })),
    };
  }

  private async state(asked: AccountStateDto, base: Base): Promise<StateThen> {
    const judged = await this.judged(asked, base);
    const account = judged?.on.account ?? base.account;
    const market = await this.snapshots.market(judged?.snapshotId ?? (await this.snapshotOf(asked, base)));
    if (market === undefined) throw notFound('There is no market snapshot with this id.');
    const houseRules =
      judged === undefined
        ? await this.houseRules.findForAccount(account.id)
        : (await this.houseRules.at(judged.on.houseRulesStamp)).rulesFor(account.id);
    await loadRuleSymbols(market, houseRules);
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
    const rules = rulesOn(market, houseRules);
    const state = { portfolio, market, rules, strictVolatility: account.strictVolatility };
    const hold = judged === undefined ? NOTHING_HELD_BACK : await heldThen(judged.on, state);
    const isOwn = positions === undefined && cash === undefined;
    return { ...state, hold, positionsVersion: isOwn ? String(account.version) : null };
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

/** A state, and which version of the positions it has; null where they were given. */
interface StateThen extends Omit<AccountState, 'hold'> {
  readonly hold: Hold | Gaps;
  readonly market: SnapshotMarket;
  readonly positionsVersion: string | null;
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
  { market, rules, positionsVersion }: Pick<StateThen, 'market' | 'rules' | 'positionsVersion'>,
): AccountAmountsDto {
  return {
    requirement: centsText(requirement),
    equity: centsText(equity),
    excess: centsText(equity - requirement),
    provenance: {
      ...{ snapshotId: market.snapshotId, asOf: market.asOf, ruleSetVersion: rules.version },
      ...{ positionsVersion, engineVersion: ENGINE_VERSION },
    },
  };
}
