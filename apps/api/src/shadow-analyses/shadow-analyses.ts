import type { Valuation } from '@app/margin';
import type { Position } from '@app/portfolio';
import type { ProgramSolver } from '@app/reg-t';
import type { HouseRule } from '@app/rules';
import type { SnapshotRepository } from '@app/store';
import { Decimal } from 'decimal.js';
import { fieldSymbol } from '../fields/symbol.js';
import type { FieldError } from '../problem.js';
import { notComputable } from '../problems.js';
import { FieldFaults } from '../what-if/field-faults.js';
import { gapErrors, isAnswerGaps } from '../what-if/gap-problem.js';
import { houseRulesFromDto } from '../what-if/house-rules.js';
import { pricesFromDto } from '../what-if/inline-market.js';
import { type PairingSolver, regTContext } from '../what-if/reg-t-context.js';
import { rulesOn } from '../what-if/rules-in-force.js';
import type { Valuations } from '../what-if/valuations.js';
import { bothRegimes, pricedPositions } from './both-regimes.js';
import { chosenMarkets, refuseSeveralSources } from './chosen-markets.js';
import { dayAnalysis } from './day-analysis.js';
import { type Asked, askedOf } from './eligibility.js';
import type { ShadowAnalysisRequestDto } from './shadow-analysis.dto.js';
import type { DayAnalysisDto, ShadowAnalysisReplyDto } from './shadow-analysis-reply.dto.js';
import { Turns } from '../turns.js';

/** Positions × days of one call: some seconds of computing where all are American options. */
const WORK_MOST = 10_000;

/** A book in the engine's terms. */
interface Book {
  readonly cash: Decimal;
  readonly positions: readonly Position[];
  readonly houseRules: readonly HouseRule[];
  readonly asked: Asked;
  readonly solver: ProgramSolver;
}

interface Day {
  readonly analysis: DayAnalysisDto | null;
  readonly errors: readonly FieldError[];
}

/** Whole books under both regimes. */
export class ShadowAnalyses {
  constructor(
    private readonly valuations: Valuations,
    private readonly snapshots: SnapshotRepository,
    private readonly solver: PairingSolver,
  ) {}

  /** @throws Problem 400 and 422, naming everything that is wrong or missing on every day. */
  async answer(request: ShadowAnalysisRequestDto): Promise<ShadowAnalysisReplyDto> {
    refuseSeveralSources(request);
    const faults = new FieldFaults();
    judgeWork(request, faults);
    const prices = request.market === undefined ? null : pricesFromDto(request.market, faults);
    const houseRules = houseRulesFromDto(request.houseRules ?? [], faults);
    faults.throwIfAny();
    const book: Book = {
      cash: new Decimal(request.account.cash),
      positions: request.positions.map(({ symbol, quantity }) => ({
        symbol: fieldSymbol(symbol),
        quantity: new Decimal(quantity),
      })),
      houseRules,
      asked: askedOf(request),
      solver: await this.solver.load(),
    };
    const { markets, missing } = await chosenMarkets(request, prices, this.valuations, this.snapshots);
    const days: Day[] = [];
    for (const chosen of markets) {
      const priced = await chosen.open(book.positions.map(({ symbol }) => symbol));
      days.push(await analysed(book, priced, request, markets.length > 1));
    }
    return reply(request, days, missing);
  }
}

function judgeWork({ positions, snapshotIds, dates }: ShadowAnalysisRequestDto, faults: FieldFaults): void {
  for (const [member, values] of Object.entries({ snapshotIds, dates })) {
    (values ?? []).forEach((value, index, all) => {
      if (all.indexOf(value) === index) return;
      faults.add(`/${member}/${index}`, 'field.duplicate', 'The same value stands earlier in the list.');
    });
  }
  const days = (snapshotIds ?? dates ?? ['']).length;
  if (positions.length * days <= WORK_MOST) return;
  faults.add('', 'shadow_analysis.too_many', `positions × days may be at most ${WORK_MOST} in one call.`);
}

async function analysed(
  { cash, positions, houseRules, asked, solver }: Book,
  priced: Valuation,
  request: ShadowAnalysisRequestDto,
  oneOfSeveral: boolean,
): Promise<Day> {
  const { market } = priced;
  const contexts = {
    portfolioMargin: {
      valuation: priced,
      rules: rulesOn(market, houseRules),
      strictVolatility: request.account.strictVolatility ?? false,
    },
    regT: regTContext(market, solver, asked.nonMargin),
  };
  const turns = new Turns();
  const found = await pricedPositions(positions, contexts, turns);
  const both = await bothRegimes({ cash, positions: found.priced }, contexts, turns);
  const partly = request.allowPartial ?? false;
  const gaps = [...(partly ? [] : found.gaps), ...(isAnswerGaps(both) ? both : [])];
  if (gaps.length > 0 || isAnswerGaps(both)) {
    const day = oneOfSeveral ? `On ${market.valuationDate}: ` : '';
    const dated = gaps.map((gap) => ({ ...gap, detail: `${day}${gap.detail}` }));
    return { analysis: null, errors: gapErrors(dated, { orders: [], positions: request.positions }) };
  }
  return { analysis: dayAnalysis(both, contexts, asked, found), errors: [] };
}

function reply(
  { account, positions, allowPartial = false }: ShadowAnalysisRequestDto,
  results: readonly Day[],
  missing: readonly FieldError[],
): ShadowAnalysisReplyDto {
  const days = results.flatMap(({ analysis }) => analysis ?? []);
  const errors = results.flatMap((result) => result.errors);
  const fatal = [...(allowPartial && days.length > 0 ? [] : missing), ...errors];
  if (fatal.length > 0) {
    const detail = 'Something the analysis needs is missing or unusable: see errors; allowPartial leaves it out.';
    throw notComputable('shadow_analysis.not_computable', detail, fatal);
  }
  return {
    name: account.name ?? null,
    type: account.type ?? 'CUSTOMER',
    cash: new Decimal(account.cash).toFixed(2),
    positions: new Set(positions.map(({ symbol }) => fieldSymbol(symbol))).size,
    complete: missing.length === 0 && days.every(({ complete }) => complete),
    days,
    missing: missing.map(({ pointer, code, detail }) => ({ pointer, code, detail })),
  };
}
