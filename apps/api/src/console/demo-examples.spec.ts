import { type MarginContext, valuation, type WhatIf } from '@app/margin';
import { givenMarket, type Market } from '@app/market';
import type { Portfolio } from '@app/portfolio';
import type { ProgramSolver, RegTWhatIf } from '@app/reg-t';
import { effectiveRules, regulatoryRules } from '@app/rules';
import { demoAccounts, demoPrices } from '@app/store';
import { Decimal } from 'decimal.js';
import { programSolver } from '../../../../test/support/reg-t-answer.js';
import { FieldFaults } from '../what-if/field-faults.js';
import { type AnswerGap, gapProblem, isAnswerGaps } from '../what-if/gap-problem.js';
import { pricesFromDto } from '../what-if/inline-market.js';
import type { InlineMarketDto } from '../what-if/market.dto.js';
import type { OrderDto } from '../what-if/order.dto.js';
import { ordersFromDto } from '../what-if/orders.js';
import { regTContext } from '../what-if/reg-t-context.js';
import { type Methodology } from '../what-if/asked-parts.js';
import { type Judged, judged } from '../what-if/regimes.js';
import type { DemoExample } from './demo-example.js';
import { DEMO_EXAMPLES } from './demo-examples.js';

const prices = demoPrices();
const demoMarket = givenMarket(prices);
const accounts = new Map(demoAccounts(prices).map((account) => [account.details.id, account]));

function marketOf({ request }: DemoExample): Market {
  return request.market === undefined
    ? demoMarket
    : givenMarket(pricesFromDto(request.market as InlineMarketDto, new FieldFaults()));
}

function portfolioOf({ accountId, request }: DemoExample): Portfolio {
  if (accountId === null) {
    return { cash: new Decimal((request.account as { readonly cash: string }).cash), positions: [] };
  }
  const { details, positions } = accounts.get(accountId)!;
  return { cash: details.cash, positions };
}

function answer(example: DemoExample, solver: ProgramSolver): Judged | readonly AnswerGap[] {
  const market = marketOf(example);
  const portfolioMargin: MarginContext = {
    valuation: valuation(market),
    rules: effectiveRules(regulatoryRules(market.valuationDate)!, [], market.valuationDate),
    strictVolatility: false,
  };
  const orders = ordersFromDto(orderDtos(example), new FieldFaults());
  return judged(methodologyOf(example), portfolioOf(example), orders, {
    portfolioMargin: { context: portfolioMargin },
    regT: (example.request.include ?? []).includes('regT') ? { context: regTContext(market, solver) } : null,
  });
}

function methodologyOf({ accountId }: DemoExample): Methodology {
  return accountId === null ? 'PORTFOLIO_MARGIN' : accounts.get(accountId)!.details.methodology;
}

function orderDtos({ request }: DemoExample): OrderDto[] {
  return request.orders as unknown as OrderDto[];
}

function example(name: string): DemoExample {
  return DEMO_EXAMPLES.find((each) => each.name === name)!;
}

async function answered(name: string): Promise<Judged> {
  const result = answer(example(name), await programSolver());
  if (isAnswerGaps(result)) throw new Error(JSON.stringify(result));
  return result;
}

async function portfolioMargin(name: string): Promise<WhatIf> {
  return (await answered(name)).portfolioMargin!.result;
}

async function requirementChange(name: string): Promise<number> {
  const { before, after } = await portfolioMargin(name);
  return after.requirement - before.requirement;
}

async function regT(name: string): Promise<RegTWhatIf> {
  return (await answered(name)).regT!.result;
}

describe('DEMO_EXAMPLES', () => {
  it('are at least ten, of distinct names, with one REJECT, one 422 and one that names no account', () => {
    expect(new Set(DEMO_EXAMPLES.map(({ name }) => name)).size).toBe(DEMO_EXAMPLES.length);
    expect(DEMO_EXAMPLES.length).toBeGreaterThanOrEqual(10);
    expect(DEMO_EXAMPLES.filter(({ expected }) => expected.status === 422)).toHaveLength(1);
    expect(DEMO_EXAMPLES.filter(({ accountId }) => accountId === null)).toHaveLength(1);
  });

  it.each(DEMO_EXAMPLES.map((each) => [each.name, each] as const))('%s is answered as it says', async (_name, each) => {
    const result = answer(each, await programSolver());
    if (isAnswerGaps(result)) {
      const { status, code, errors } = gapProblem(result, { orders: orderDtos(each) });
      expect({ status, code, errors: errors.map((error) => [error.code, error.pointer]) }).toEqual(each.expected);
    } else {
      const { decision, riskReducing } = result;
      expect({ status: 200, decision, riskReducing }).toEqual(each.expected);
    }
  });

  it('trade at the mark: no order changes equity', async () => {
    for (const each of DEMO_EXAMPLES.filter(({ expected }) => expected.status === 200)) {
      const { before, after } = await portfolioMargin(each.name);
      expect([each.name, after.equity]).toEqual([each.name, before.equity]);
    }
  });

  it('buy-stock costs 15 % of 106,200.00', async () => {
    expect(await requirementChange('buy-stock')).toBe(1_593_000);
  });

  it('iron-condor costs no more than its wings', async () => {
    expect(await requirementChange('iron-condor')).toBeLessThanOrEqual(2_000_000);
  });

  it('long-straddle costs 20 × 37.50', async () => {
    expect(await requirementChange('long-straddle')).toBe(75_000);
  });

  it('two-stocks-no-netting costs the sum of 15 % of each', async () => {
    expect(await requirementChange('two-stocks-no-netting')).toBe(1_783_500 + 1_780_485);
  });

  it('close-in-deficit stays in deficit, and passes as risk-reducing', async () => {
    const { after } = await portfolioMargin('close-in-deficit');
    const { reasons } = await answered('close-in-deficit');
    expect(after.equity).toBeLessThan(after.requirement);
    expect(reasons.map(({ code }) => code)).toEqual(['risk_reducing.accepted_in_deficit']);
  });

  it("published-short-call is within 0.2 % of Cboe's 115,429, and at its 172,760 under Reg T", async () => {
    const { after } = await portfolioMargin('published-short-call');
    expect(Math.abs(after.requirement / 11_542_900 - 1)).toBeLessThan(0.002);
    const strategy = await regT('published-short-call');
    expect(strategy.after.excess - strategy.before.excess).toBe(-17_276_000);
  });

  it('reg-t-account costs 10,040.00, as it says; reg-t-reject would pass under portfolio margin', async () => {
    const { before, after } = await regT('reg-t-account');
    expect(after.excess - before.excess).toBe(-1_004_000);
    expect((await portfolioMargin('reg-t-reject')).decision).toBe('ACCEPT');
  });
});
