import { givenMarket, type ProductClass } from '@app/market';
import { accountMargin, type AccountMargin, type ClassGroup, isGaps, type MarginContext, valuation } from '@app/margin';
import { effectiveRules, regulatoryRules } from '@app/rules';
import { type DemoAccount, demoAccounts, LAST_DEMO_ACCOUNT } from './demo-accounts.js';
import { demoPrices } from './demo-prices.js';

const prices = demoPrices();
const accounts = demoAccounts(prices);
const market = givenMarket(prices);
const context: MarginContext = {
  valuation: valuation(market),
  rules: effectiveRules(regulatoryRules(market.valuationDate)!, [], market.valuationDate),
  strictVolatility: false,
};

function account(id: string): DemoAccount {
  return accounts.find(({ details }) => details.id === id)!;
}

function answer({ details, positions }: DemoAccount): ReturnType<typeof accountMargin> {
  return accountMargin({ cash: details.cash, positions }, { ...context, strictVolatility: details.strictVolatility });
}

function margin(id: string): AccountMargin {
  const answered = answer(account(id));
  if (isGaps(answered)) throw new Error(JSON.stringify(answered));
  return answered;
}

/** The account's positions one by one, each as if it were alone. */
function requirementsAlone(id: string): number[] {
  return account(id).positions.map((position) => {
    const alone = answer({ ...account(id), positions: [position] });
    return isGaps(alone) ? NaN : alone.requirement;
  });
}

function onlyGroup(id: string): ClassGroup {
  const groups = [...margin(id).classGroups.values()];
  expect(groups).toHaveLength(1);
  return groups[0];
}

describe('demoAccounts', () => {
  it('have ids of their own, are priced by the demo feed, and are all but one of one desk', () => {
    expect(new Set(accounts.map(({ details }) => details.id)).size).toBe(accounts.length);
    expect(accounts.every(({ details }) => details.feed === 'demo' && details.id.startsWith('demo-'))).toBe(true);
    expect(accounts.filter(({ details }) => details.desk !== 'demo').map(({ details }) => details.id)).toEqual([
      'demo-other-desk',
    ]);
    expect(accounts.at(-1)?.details.id).toBe(LAST_DEMO_ACCOUNT);
  });

  it('have an answer and, but for the two in deficit, excess; two say why they have no answer', () => {
    const states = accounts.map((each) => {
      const answered = answer(each);
      if (isGaps(answered)) return [each.details.id, answered.map(({ code, symbol }) => `${code} ${symbol}`)];
      return answered.equity >= answered.requirement ? 'EXCESS' : [each.details.id, 'DEFICIT'];
    });
    expect(states.filter((state) => state !== 'EXCESS')).toEqual([
      ['demo-in-deficit', 'DEFICIT'],
      ['demo-call-overdue', 'DEFICIT'],
      ['demo-stale-symbol', ['price.stale OLDN']],
      ['demo-strict-volatility', ['volatility.fallback SVTL  260618P00053000']],
    ]);
  });

  it('demo-empty owes nothing', () => {
    expect(margin('demo-empty')).toMatchObject({ requirement: 0, equity: 25_000_000 });
  });

  it('demo-long-stock owes 15 % of 1,000 × 212.40', () => {
    expect(margin('demo-long-stock')).toMatchObject({ requirement: 3_186_000, equity: 9_240_000 });
  });

  it('demo-covered-call owes less than its shares alone', () => {
    expect(margin('demo-covered-call').requirement).toBeLessThan(requirementsAlone('demo-covered-call')[0]);
  });

  it('demo-short-strangle owes the greater side less what the other gains', () => {
    const alone = requirementsAlone('demo-short-strangle');
    expect(margin('demo-short-strangle').requirement).toBeLessThanOrEqual(Math.max(...alone));
    expect(margin('demo-short-strangle').requirement).toBeGreaterThan(0.7 * Math.max(...alone));
  });

  it('demo-iron-condor owes no more than a wing of 100 points × 5 × 100', () => {
    const { requirement } = margin('demo-iron-condor');
    expect(requirement).toBeLessThan(5_000_000);
    expect(requirement).toBeLessThan(0.5 * Math.max(...requirementsAlone('demo-iron-condor')));
  });

  it('demo-index-hedged owes half of what the fund alone would', () => {
    expect(margin('demo-index-hedged').requirement).toBeLessThan(0.5 * requirementsAlone('demo-index-hedged')[0]);
  });

  it('demo-etf-against-index nets to under 1 % of its fund alone', () => {
    expect(onlyGroup('demo-etf-against-index').classGroup).toBe('MDX');
    const [alone] = requirementsAlone('demo-etf-against-index');
    expect(margin('demo-etf-against-index').requirement).toBeLessThan(0.01 * alone);
  });

  it('demo-leveraged-etf owes three times 8 % of 5,000 × 88.40', () => {
    expect(onlyGroup('demo-leveraged-etf').inForce.requirement).toBe(10_608_000);
  });

  it('demo-two-stocks-no-netting owes the sum of both', () => {
    const alone = requirementsAlone('demo-two-stocks-no-netting');
    expect(margin('demo-two-stocks-no-netting').requirement).toBe(alone[0] + alone[1]);
    expect(alone.every((requirement) => requirement > 1_700_000)).toBe(true);
  });

  it('demo-long-straddle-minimum owes 40 × 37.50, far above its scan loss', () => {
    const { inForce } = onlyGroup('demo-long-straddle-minimum');
    expect(inForce).toMatchObject({ requirement: 150_000, minimumCharge: 1500 });
    expect(inForce.scanLoss).toBeLessThan(500);
  });

  it('demo-strict-volatility has an answer where substitutes are accepted', () => {
    const strict = account('demo-strict-volatility');
    expect(isGaps(answer({ ...strict, details: { ...strict.details, strictVolatility: false } }))).toBe(false);
  });

  it('demo-market-maker holds a hundred positions over every product class, options long and short', () => {
    const { positions } = account('demo-market-maker');
    expect(positions.length).toBeGreaterThanOrEqual(60);
    expect(new Set(positions.map(({ symbol }) => symbol)).size).toBe(positions.length);
    const groups = [...margin('demo-market-maker').classGroups.values()];
    const classes: ProductClass[] = ['HIGH_CAP_INDEX', 'BROAD_INDEX', 'NARROW_INDEX', 'EQUITY'];
    expect(new Set(groups.map(({ productClass }) => productClass))).toEqual(new Set(classes));
    expect(positions.some(({ quantity }) => quantity.isNegative())).toBe(true);
    expect(groups.some(({ inForce }) => inForce.minimumCharge > inForce.scanLoss)).toBe(true);
  });

  it('hold only what is quoted without a doubt, but for the strict account', () => {
    const held = accounts
      .filter(({ details }) => details.id !== 'demo-strict-volatility')
      .flatMap(({ positions }) => positions.map(({ symbol }) => market.instrument(symbol)!));
    expect(held.every((instrument) => instrument.kind !== 'OPTION' || instrument.flags.length === 0)).toBe(true);
  });
});
