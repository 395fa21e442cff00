import type { SearchedAccount } from '@app/advice';
import { accountMargin, type Gaps, isGaps, marginWithHold, NOTHING_HELD_BACK } from '@app/margin';
import type { Cents } from '@app/portfolio';
import type { Caller } from '../auth/caller.js';
import { notComputable } from '../problems.js';
import { ENGINE_VERSION } from '../what-if/engine-version.js';
import { FieldFaults } from '../what-if/field-faults.js';
import { gapProblem } from '../what-if/gap-problem.js';
import { overdueCall } from '../what-if/overdue-call.js';
import { rulesOn } from '../what-if/rules-in-force.js';
import { shadowPortfolio } from '../what-if/shadow-answer.js';
import type { StoredWhatIfs } from '../what-if/stored-what-ifs.js';
import type { Valuations } from '../what-if/valuations.js';
import type { ShadowPortfolioDto } from '../what-if/what-if.dto.js';
import type { ProvenanceDto } from '../what-if/what-if-reply.dto.js';

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
  ) {}

  /** @throws Problem 400, 404 and 422, naming everything that is wrong or missing. */
  async stored(accountId: string, caller: Caller, asked: Asked): Promise<Standing> {
    const faults = new FieldFaults();
    asked.judge(faults);
    faults.throwIfAny();
    const found = await this.accounts.standing(accountId, caller);
    const base = await this.accounts.baseOf(found);
    const { account, market, snapshotId, portfolioMargin } = base;
    if (account.methodology === 'REG_T') throw notPortfolioMargin('');
    await base.load(asked.places.map(([symbol]) => symbol));
    const { context, before } = portfolioMargin();
    if (isGaps(before)) throw gapProblem(before, asked);
    const provenance = {
      ...{ snapshotId, asOf: market.asOf, ruleSetVersion: context.rules.version },
      ...{ positionsVersion: String(account.version), engineVersion: ENGINE_VERSION },
    };
    const hold = await this.accounts.hold(found, base);
    const held = isGaps(hold) ? hold : marginWithHold(before, hold, context);
    if (isGaps(hold) || isGaps(held)) throw gapProblem(isGaps(hold) ? hold : (held as Gaps), asked);
    const call = overdueCall(found, market.valuationDate);
    const excess = held.equity - held.requirement;
    const load = (symbols: readonly string[]): Promise<void> => base.load(symbols);
    return { portfolio: account, context, before, hold, excess, call, provenance, load };
  }

  /** @throws Problem 400, 404 (no such snapshot) and 422, naming everything that is wrong or missing. */
  async given(request: ShadowPortfolioDto, asked: Asked): Promise<Standing> {
    const faults = new FieldFaults();
    const { portfolio, houseRules, prices } = shadowPortfolio(request, faults);
    asked.judge(faults);
    faults.throwIfAny();
    const { methodology, strictVolatility = false } = request.account;
    if (methodology === 'REG_T') throw notPortfolioMargin('/account/methodology');
    const symbols = [...portfolio.positions.map(({ symbol }) => symbol), ...asked.places.map(([symbol]) => symbol)];
    const valuation = await this.valuations.priced({ prices, snapshotId: request.snapshotId }, symbols);
    const { market } = valuation;
    const context = { valuation, rules: rulesOn(market, houseRules), strictVolatility };
    const before = accountMargin(portfolio, context);
    if (isGaps(before)) throw gapProblem(before, { positions: request.positions, places: asked.places });
    const provenance = {
      ...{ snapshotId: market.snapshotId, asOf: market.asOf, ruleSetVersion: context.rules.version },
      ...{ positionsVersion: null, engineVersion: ENGINE_VERSION },
    };
    return {
      ...{ portfolio, context, before, hold: NOTHING_HELD_BACK, call: null, provenance },
      excess: before.equity - before.requirement,
      load: (more) => this.valuations.load(valuation, more),
    };
  }
}

/** 422: searches and explanations are made under portfolio margin. */
export function notPortfolioMargin(pointer: string): Error {
  const code = 'methodology.not_supported';
  const detail = 'This is answered under portfolio margin only; the account is under Regulation T.';
  return notComputable(code, detail, [{ pointer, code, detail }]);
}
