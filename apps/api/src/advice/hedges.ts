import { type Hedge, hedge, type HedgeOrder } from '@app/advice';
import { isGaps } from '@app/margin';
import { type Cents, centsText } from '@app/portfolio';
import type { SnapshotRepository } from '@app/store';
import { Decimal } from 'decimal.js';
import type { Caller } from '../auth/caller.js';
import { fieldSymbol } from '../fields/symbol.js';
import type { FieldFaults } from '../what-if/field-faults.js';
import { gapProblem } from '../what-if/gap-problem.js';
import { moneyChange } from '../what-if/money-change.js';
import { reasonLine } from '../what-if/what-if-reply.js';
import type { PairingSolver } from '../what-if/reg-t-context.js';
import { DEFAULT_LOTS, type HedgeRequestDto, type ShadowHedgeRequestDto } from './hedge.dto.js';
import { askedInstruments, ownInstruments } from './hedge-candidates.js';
import type { HedgeOrderDto, HedgeReplyDto } from './hedge-reply.dto.js';
import type { Asked, Standing, Standings } from './standings.js';

/** The thread waits for the solver: an answer that is not proven is worth more than one that holds up everybody's. */
const SECONDS_PER_TRY = 0.5;
/** More than any account's excess, and still exact in cents. */
const MOST_DOLLARS = 1e13;

/** Which orders would cure a deficit, or set an amount free. */
export class Hedges {
  constructor(
    private readonly standings: Standings,
    private readonly snapshots: SnapshotRepository,
    private readonly solver: PairingSolver,
  ) {}

  /** @throws Problem 400, 404 and 422, naming everything that is wrong or missing. */
  async stored(accountId: string, request: HedgeRequestDto, caller: Caller): Promise<HedgeReplyDto> {
    return this.reply(request, await this.standings.stored(accountId, caller, asked(request)), []);
  }

  /** @throws Problem 400, 404 (no such snapshot) and 422, naming everything that is wrong or missing. */
  async given(request: ShadowHedgeRequestDto): Promise<HedgeReplyDto> {
    const { options = [], futures = [] } = request.market ?? {};
    const contracts = [...options, ...futures].map(({ symbol }) => fieldSymbol(symbol));
    return this.reply(request, await this.standings.given(request, asked(request)), contracts);
  }

  /** `contracts` are those that prices given with the question have. */
  private async reply(
    request: HedgeRequestDto,
    standing: Standing,
    contracts: readonly string[],
  ): Promise<HedgeReplyDto> {
    const { provenance } = standing;
    const instruments =
      request.instruments === undefined
        ? await ownInstruments(standing, contracts, this.snapshots)
        : await askedInstruments(request.instruments, standing, this.snapshots);
    const wanted = wantedExcess(request, standing.excess);
    const limits = { mostLots: Number(request.mostLots ?? DEFAULT_LOTS), seconds: SECONDS_PER_TRY };
    const solver = await this.solver.load();
    const found = hedge(standing, instruments, wanted, limits, solver);
    if (isGaps(found)) throw gapProblem(found, asked(request));
    return { ...hedgeReply(found, wanted), provenance };
  }
}

function asked({ excess, free, instruments = [] }: HedgeRequestDto): Asked {
  return {
    judge: (faults: FieldFaults) => {
      if (excess !== undefined && free !== undefined) {
        faults.add('/free', 'hedge.two_aims', 'Give excess or free, not both.');
      }
      for (const [name, amount] of Object.entries({ excess, free })) {
        if (amount !== undefined && Math.abs(Number(amount)) > MOST_DOLLARS) {
          faults.add(`/${name}`, 'field.decimal', 'Must be at most ten trillion dollars.');
        }
      }
      faults.unique('/instruments', instruments, ({ symbol }) => fieldSymbol(symbol), 'symbol');
    },
    places: instruments.map(({ symbol }, i) => [fieldSymbol(symbol), `/instruments/${i}/symbol`]),
  };
}

function wantedExcess({ excess, free }: HedgeRequestDto, now: Cents): Cents {
  const cents = (dollars: string | number): Cents => new Decimal(dollars).times(100).ceil().toNumber();
  return free === undefined ? cents(excess ?? 0) : now + cents(free);
}

function hedgeReply(
  { isReached, isProven, orders, cost, answer, considered }: Hedge,
  wanted: Cents,
): Omit<HedgeReplyDto, 'provenance'> {
  const { before, after, decision, reasons } = answer;
  return {
    reached: isReached,
    wantedExcess: centsText(wanted),
    orders: orders.map(orderReply),
    cost: centsText(cost),
    optimal: isProven,
    decision,
    reasons: reasons.map(reasonLine),
    requirement: moneyChange(before.requirement, after.requirement),
    equity: moneyChange(before.equity, after.equity),
    excess: moneyChange(before.equity - before.requirement, after.equity - after.requirement),
    considered,
  };
}

function orderReply({ order, cost, priceFrom }: HedgeOrder): HedgeOrderDto {
  const { clOrdId, orderQty, price, legs } = order;
  return {
    clOrdId,
    orderQty: orderQty.toFixed(),
    price: price!.toFixed(),
    legs: legs.map(({ symbol, side, ratioQty }) => ({ symbol, side, ratioQty: ratioQty.toFixed() })),
    priceFrom,
    cost: centsText(cost),
  };
}
