import type { Problem } from '../problem.js';
import { inlineAnswer } from '../../../../test/support/inline-answer.js';
import { shadowQuestion } from './shadow-answer.js';
import type { HouseRuleDto, ShadowWhatIfRequestDto } from './what-if.dto.js';

const CALL = 'XYZ   260918C00100000';
const QUESTION: ShadowWhatIfRequestDto = {
  account: { methodology: 'PORTFOLIO_MARGIN', cash: '10000' },
  positions: [{ symbol: 'XYZ', quantity: '100' }],
  market: {
    asOf: '2026-08-21T18:00:00.000Z',
    rates: [{ days: 30, rate: 0.04 }],
    underlyings: [{ symbol: 'XYZ', type: 'EQUITY', price: '100', productClass: 'EQUITY', classGroup: 'XYZ' }],
    options: [{ symbol: 'XYZ260918C00100000', impliedVolatility: 0.25, exercise: 'AMERICAN', multiplier: '100' }],
  },
  orders: [{ clOrdId: '1', orderQty: '1', legs: [{ symbol: 'XYZ260918C00100000', side: 'SELL', ratioQty: '1' }] }],
};
const market = QUESTION.market!;

/** The problem a question is answered with: its status, and each fault with its place. */
function refusal(changes: Partial<ShadowWhatIfRequestDto>): { status: number; errors: string[] } {
  try {
    inlineAnswer({ ...QUESTION, ...changes });
  } catch (error) {
    const { status, errors } = error as Problem;
    return { status, errors: errors.map(({ pointer, code }) => `${pointer} ${code}`) };
  }
  throw new Error('it was answered');
}
const rule = (changes: Partial<HouseRuleDto>): HouseRuleDto => ({
  parameter: 'priceMove.down',
  value: -0.2,
  ...changes,
});

describe('an answer', () => {
  it('names symbols padded, however they were sent', () => {
    const { positions } = inlineAnswer({ ...QUESTION, include: ['positions'] });
    expect(positions!.map(({ symbol }) => symbol)).toEqual(['XYZ', CALL]);
  });

  it('says what it was made from', () => {
    expect(inlineAnswer({ ...QUESTION, houseRules: [rule({ ruleId: 'mine' })] }).provenance).toEqual({
      snapshotId: null,
      asOf: market.asOf,
      ruleSetVersion: 'customer-portfolio-margin-2006+mine',
      positionsVersion: null,
      engineVersion: expect.any(String),
    });
  });

  it('is the same for the same question', () => {
    expect(inlineAnswer(QUESTION)).toEqual(inlineAnswer(structuredClone(QUESTION)));
  });

  it('needs no positions', () => {
    const { positions: _, ...empty } = QUESTION;
    expect(inlineAnswer(empty).requirement.before).toBe('0.00');
  });

  it('takes numbers as it takes their text', () => {
    const numbers = { ...QUESTION, positions: [{ symbol: 'XYZ', quantity: 100 }] };
    expect(inlineAnswer(numbers)).toEqual(inlineAnswer(QUESTION));
  });

  it('has its default parts', () => {
    expect(Object.keys(inlineAnswer(QUESTION))).toEqual(expect.arrayContaining(['classGroups', 'regulatory']));
    expect(inlineAnswer({ ...QUESTION, include: [] }).classGroups).toBeUndefined();
  });

  it('refuses a substitute volatility to an account that asked for none', () => {
    const stale = [
      { symbol: CALL.replace('C00100', 'C00080'), price: '10', exercise: 'AMERICAN' as const, multiplier: '100' },
    ];
    const asked = {
      market: { ...market, options: stale },
      positions: [{ symbol: stale[0].symbol, quantity: '1' }],
      orders: [],
    };
    expect(inlineAnswer({ ...QUESTION, ...asked }).flags).toHaveLength(1);
    const account = { ...QUESTION.account, strictVolatility: true };
    expect(refusal({ ...asked, account })).toEqual({
      status: 422,
      errors: ['/positions/0/symbol volatility.fallback'],
    });
  });
});

describe('what cannot be meant is a 400 with every fault', () => {
  it('of what stands twice', () => {
    const { underlyings, options, rates } = market;
    const twice = {
      ...market,
      rates: [...rates, ...rates],
      underlyings: [...underlyings, ...underlyings],
      options: [...options!, { ...options![0], symbol: CALL }],
      futures: [{ symbol: 'XYZ', underlying: 'XYZ', price: '1', expiry: '2026-09-18', multiplier: '1' }],
    };
    expect(refusal({ market: twice, orders: [...QUESTION.orders, ...QUESTION.orders] }).errors.sort()).toEqual([
      '/market/futures/0/symbol field.duplicate',
      '/market/options/1/symbol field.duplicate',
      '/market/rates/1/days field.duplicate',
      '/market/underlyings/1/symbol field.duplicate',
      '/orders/1/clOrdId field.duplicate',
    ]);
  });

  it('of the market', () => {
    const [xyz] = market.underlyings;
    const bad = {
      ...market,
      underlyings: [
        { ...xyz, leverage: 0 },
        { ...xyz, symbol: CALL },
      ],
      options: [{ ...market.options![0], symbol: 'XYZ' }],
    };
    expect(refusal({ market: bad, orders: [] }).errors).toEqual([
      '/market/underlyings/0/leverage underlying.leverage_zero',
      '/market/underlyings/1/symbol field.symbol',
      '/market/options/0/symbol field.symbol',
    ]);
  });

  it('of house rules', () => {
    const houseRules = [
      rule({ value: -1.5 }),
      rule({ parameter: 'priceMove.up', value: 11 }),
      rule({ classGroup: 'XYZ', effectiveFrom: '2026-02-01', effectiveTo: '2026-01-01' }),
      rule({ parameter: 'minimumCharge', value: 1, ruleId: 'a' }),
      rule({ parameter: 'minimumCharge', value: 2, ruleId: 'a' }),
    ];
    expect(refusal({ houseRules }).errors).toEqual([
      '/houseRules/0/value house_rule.out_of_bounds',
      '/houseRules/1/value house_rule.out_of_bounds',
      '/houseRules/2/effectiveTo house_rule.ends_before_start',
      '/houseRules/4/ruleId field.duplicate',
      '/houseRules/4 house_rule.conflict',
    ]);
  });

  it('of a price below zero for one leg, not for several', () => {
    const [order] = QUESTION.orders;
    expect(refusal({ orders: [{ ...order, price: '-1' }] }).errors).toEqual(['/orders/0/price order.price_negative']);
    const spread = {
      ...order,
      price: '-1',
      legs: [...order.legs, { symbol: 'XYZ', side: 'BUY' as const, ratioQty: '100' }],
    };
    expect(inlineAnswer({ ...QUESTION, orders: [spread] }).decision).toBe('ACCEPT');
  });

  it('of a market and a snapshot at once', () => {
    expect(refusal({ snapshotId: 'a' })).toEqual({ status: 400, errors: ['/snapshotId market.two_sources'] });
  });
});

describe('what is not computable is a 422', () => {
  it('with every place that asks for what is missing', () => {
    const leg = { symbol: 'NONE', side: 'BUY' as const, ratioQty: '1' };
    const asked = {
      positions: [
        { symbol: 'NONE', quantity: '1' },
        { symbol: 'OTHER', quantity: '1' },
      ],
      orders: [{ clOrdId: '1', orderQty: '1', legs: [{ ...leg, symbol: 'XYZ' }, leg] }],
    };
    expect(refusal(asked)).toEqual({
      status: 422,
      errors: [
        '/positions/0/symbol symbol.unknown',
        '/orders/0/legs/1/symbol symbol.unknown',
        '/positions/1/symbol symbol.unknown',
      ],
    });
  });

  it('before there were rules', () => {
    const old = { ...market, asOf: '2006-12-11T18:00:00.000Z' };
    expect(refusal({ market: old, orders: [] })).toEqual({ status: 422, errors: ['/market/asOf rules.missing'] });
  });
});

it('a question without a market is for a stored snapshot', () => {
  const { market: _, ...stored } = QUESTION;
  expect(shadowQuestion({ ...stored, snapshotId: 'a' }).prices).toBeNull();
});
