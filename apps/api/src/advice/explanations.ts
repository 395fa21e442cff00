import { type AccountState, type Amounts, explanation } from '@app/advice';
import { isGaps, NOTHING_HELD_BACK } from '@app/margin';
import { centsText } from '@app/portfolio';
import type { HouseRuleRepository, SnapshotRepository, WhatIfRepository } from '@app/store';
import { Decimal } from 'decimal.js';
import type { Caller } from '../auth/caller.js';
import { fieldSymbol } from '../fields/symbol.js';
import { notFound } from '../problems.js';
import { ENGINE_VERSION } from '../what-if/engine-version.js';
import { FieldFaults } from '../what-if/field-faults.js';
import { type AnswerGap, gapProblem } from '../what-if/gap-problem.js';
import { noSnapshot } from '../what-if/market-clock.js';
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
    const hold = isNow ? await this.accounts.hold(standing, base) : NOTHING_HELD_BACK;
    const places = [...placesOf(from, '/from'), ...placesOf(to, '/to')];
    if (isGaps(hold)) throw gapProblem(hold, { places });
    const found = explanation(earlier, { ...later, hold });
    if (isGaps(found)) throw gapProblem(found as readonly AnswerGap[], { places });
    return {
      from: amounts(found.from, earlier, from, base),
      to: amounts(found.to, later, to, base),
      causes: found.causes.map(({ cause, requirement, equity }) => ({
        cause,
        requirement: centsText(requirement),
        equity: centsText(equity),
        excess: centsText(equity - requirement),
      })),
    };
  }

  private async state(asked: AccountStateDto, base: Base) {
    const { account } = base;
    const market = await this.snapshots.market(await this.snapshotOf(asked, base));
    if (market === undefined) throw notFound('There is no market snapshot with this id.');
    const houseRules = await this.houseRules.findForAccount(account.id);
    await loadRuleSymbols(market, houseRules);
    const { positions, cash } = asked;
    const state = {
      portfolio: {
        cash: cash === undefined ? account.cash : new Decimal(cash),
        positions:
          positions === undefined
            ? account.positions
            : positions.map(({ symbol, quantity }) => ({
                symbol: fieldSymbol(symbol),
                quantity: new Decimal(quantity),
              })),
      },
      market,
      rules: rulesOn(market, houseRules),
      strictVolatility: account.strictVolatility,
      hold: NOTHING_HELD_BACK,
    };
    return state satisfies AccountState;
  }

  private async snapshotOf(
    { date, snapshotId, whatIfId }: AccountStateDto,
    { account, market }: Base,
  ): Promise<string> {
    if (snapshotId !== undefined) return snapshotId;
    if (date !== undefined) {
      const found = await this.snapshots.latestOn(date, account.feed ?? undefined);
      if (found === undefined) throw noSnapshot();
      return found.id;
    }
    if (whatIfId === undefined) return market.snapshotId;
    const answer = UUID.test(whatIfId) ? await this.answers.find(whatIfId.toLowerCase()) : undefined;
    if (answer === undefined || answer.accountId !== account.id) throw notFound();
    return answer.snapshotId;
  }
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
  { market, rules }: AccountState,
  asked: AccountStateDto,
  { account }: { readonly account: { readonly version: number } },
): AccountAmountsDto {
  return {
    requirement: centsText(requirement),
    equity: centsText(equity),
    excess: centsText(equity - requirement),
    provenance: {
      ...{ snapshotId: market.snapshotId, asOf: market.asOf, ruleSetVersion: rules.version },
      positionsVersion: asked.positions === undefined && asked.cash === undefined ? String(account.version) : null,
      engineVersion: ENGINE_VERSION,
    },
  };
}
