import type { SearchedAccount } from '@app/advice';
import { accountMargin, type Gaps, isGaps, marginWithHold, NOTHING_HELD_BACK } from '@app/margin';
import type { Cents } from '@app/portfolio';
import { isRegTGaps, type RegTGaps, regTMargin } from '@app/reg-t';
import type { Caller } from '../auth/caller.js';
import { notComputable } from '../problems.js';
import { ENGINE_VERSION } from '../what-if/engine-version.js';
import { FieldFaults } from '../what-if/field-faults.js';
import { gapProblem } from '../what-if/gap-problem.js';
import { overdueCall } from '../what-if/overdue-call.js';
import { type PairingSolver, regTContext } from '../what-if/reg-t-context.js';
import { rulesOn } from '../what-if/rules-in-force.js';
import { shadowPortfolio } from '../what-if/shadow-answer.js';
import type { StoredWhatIfs } from '../what-if/stored-what-ifs.js';
import type { Valuations } from '../what-if/valuations.js';
import type { ShadowPortfolioDto } from '../what-if/what-if.dto.js';
import type { ProvenanceDto } from '../what-if/what-if-reply.dto.js';
import { type RegTStanding, regTStanding } from './reg-t-standing.js';

/** An account under portfolio margin as a search finds it: what every try starts from. */
export interface Standing extends SearchedAccount {
  /** Now, with what working orders hold. */
  readonly excess: Cents;
  readonly provenance: ProvenanceDto;
  /** Reads what a search may trade beyond that. */
  load(symbols: readonly string[]): Promise<void>;
}

/** A request's own part: what it cannot mean goes to `faults`; the symbols it names, each with its pointer. */
export interface Asked {
  readonly judge: (faults: FieldFaults) => void;
  readonly places: readonly (readonly [symbol: string, pointer: string])[];
}

/** Accounts to search on, stored or given. */
export class Standings {
  constructor(
    private readonly accounts: StoredWhatIfs,
    private readonly valuations: Valuations,
    private readonly solver: PairingSolver,
  ) {}

  /** Under portfolio margin. @throws Problem 400, 404 and 422, naming everything that is wrong or missing. */
  async stored(accountId: string, caller: Caller, asked: Asked): Promise<Standing> {
    const standing = await this.storedUnderOwn(accountId, caller, asked);
    if (isRegT(standing)) throw notPortfolioMargin('');
    return standing;
  }

  /** Under the account's own regime. @throws Problem 400, 404 and 422, naming everything that is wrong or missing. */
  async storedUnderOwn(accountId: string, caller: Caller, asked: Asked): Promise<Standing | RegTStanding> {
    const faults = new FieldFaults();
    asked.judge(faults);
    faults.throwIfAny();
    const found = await this.accounts.standing(accountId, caller);
    const base = await this.accounts.baseOf(found);
    const { account, market, snapshotId, portfolioMargin } = base;
    await base.load(asked.places.map(([symbol]) => symbol));
    const provenanceOf = (ruleSetVersion: string): ProvenanceDto => ({
      ...{ snapshotId, asOf: market.asOf, ruleSetVersion },
      ...{ positionsVersion: String(account.version), engineVersion: ENGINE_VERSION },
    });
    const call = overdueCall(found, market.valuationDate);
    if (account.methodology === 'REG_T') {
      const regT = await base.regT();
      const working = await this.accounts.workingOrders(found, base);
      const provenance = provenanceOf(regT.context.rules.version);
      return orProblem(regTStanding({ ...regT, portfolio: account, working, call, provenance }), asked);
    }
    const { context, before } = portfolioMargin();
    if (isGaps(before)) throw gapProblem(before, asked);
    const hold = await this.accounts.hold(found, base);
    const held = isGaps(hold) ? hold : marginWithHold(before, hold, context);
    if (isGaps(hold) || isGaps(held)) throw gapProblem(isGaps(hold) ? hold : (held as Gaps), asked);
    const excess = held.equity - held.requirement;
    const load = (symbols: readonly string[]): Promise<void> => base.load(symbols);
    const provenance = provenanceOf(context.rules.version);
    return { portfolio: account, context, before, hold, excess, call, provenance, load };
  }

  /** Under portfolio margin. @throws Problem 400, 404 (no such snapshot) and 422, naming everything that is wrong or missing. */
  async given(request: ShadowPortfolioDto, asked: Asked): Promise<Standing> {
    const standing = await this.givenUnderOwn(request, asked);
    if (isRegT(standing)) throw notPortfolioMargin('/account/methodology');
    return standing;
  }

  /** Under the regime it names. @throws Problem 400, 404 (no such snapshot) and 422, naming everything that is wrong or missing. */
  async givenUnderOwn(request: ShadowPortfolioDto, asked: Asked): Promise<Standing | RegTStanding> {
    const faults = new FieldFaults();
    const { portfolio, houseRules, prices } = shadowPortfolio(request, faults);
    asked.judge(faults);
    faults.throwIfAny();
    const { methodology, strictVolatility = false } = request.account;
    const symbols = [...portfolio.positions.map(({ symbol }) => symbol), ...asked.places.map(([symbol]) => symbol)];
    const valuation = await this.valuations.priced({ prices, snapshotId: request.snapshotId }, symbols);
    const { market } = valuation;
    const places = { positions: request.positions, places: asked.places };
    const provenanceOf = (ruleSetVersion: string): ProvenanceDto => ({
      ...{ snapshotId: market.snapshotId, asOf: market.asOf, ruleSetVersion },
      ...{ positionsVersion: null, engineVersion: ENGINE_VERSION },
    });
    if (methodology === 'REG_T') {
      const regT = regTContext(market, await this.solver.load());
      const before = regTMargin(portfolio, regT);
      const known = { portfolio, context: regT, before, working: [], call: null };
      return orProblem(regTStanding({ ...known, provenance: provenanceOf(regT.rules.version) }), places);
    }
    const context = { valuation, rules: rulesOn(market, houseRules), strictVolatility };
    const before = accountMargin(portfolio, context);
    if (isGaps(before)) throw gapProblem(before, places);
    const provenance = provenanceOf(context.rules.version);
    return {
      ...{ portfolio, context, before, hold: NOTHING_HELD_BACK, call: null, provenance },
      excess: before.equity - before.requirement,
      load: (more) => this.valuations.load(valuation, more),
    };
  }
}

export function isRegT(standing: Standing | RegTStanding): standing is RegTStanding {
  return 'methodology' in standing;
}

/** @throws Problem 422 naming every gap. */
function orProblem(standing: RegTStanding | RegTGaps, asked: Parameters<typeof gapProblem>[1]): RegTStanding {
  if (isRegTGaps(standing)) throw gapProblem(standing, asked);
  return standing;
}

/** 422: hedges are looked for under portfolio margin. */
function notPortfolioMargin(pointer: string): Error {
  const code = 'methodology.not_supported';
  const detail = 'This is answered under portfolio margin only; the account is under Regulation T.';
  return notComputable(code, detail, [{ pointer, code, detail }]);
}
