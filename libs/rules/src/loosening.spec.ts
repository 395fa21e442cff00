import type { HouseRule } from './house-rule.js';
import { isLoosening } from './loosening.js';

const rule = (changes: Partial<HouseRule> = {}): HouseRule => ({
  ruleId: 'r',
  scope: 'FIRM',
  productClass: null,
  classGroup: null,
  symbol: null,
  parameter: 'priceMove.down',
  value: -0.2,
  effectiveFrom: '2026-01-01',
  effectiveTo: null,
  pack: null,
  ...changes,
});
const stress = { priceMove: -0.2, volMove: 0, equityMultiple: 2 };

it.each([
  ['priceMove.down', -0.2, -0.19],
  ['priceMove.up', 0.2, 0.19],
  ['priceMove.step', 0.005, 0.01],
  ['offset.portfolioGroup', 0.3, 0.4],
  ['leverageCap', 6, 7],
  ['initialMultiplier', 1.2, 1.1],
  ['closingOnly', true, false],
  ['minimumCharge.longsCapped', false, true],
  ['positionLimit', 100, 200],
  ['earnings', { multiplier: 1.5, daysBefore: 3, daysAfter: 1 }, { multiplier: 2, daysBefore: 2, daysAfter: 1 }],
  ['concentration.sharesOutstanding', { fraction: 0.01, multiplier: 2 }, { fraction: 0.02, multiplier: 2 }],
  ['concentration.equityShare', { share: 0.4, rate: 0.4 }, { share: 0.4, rate: 0.3 }],
  ['stressLimit.betaWeighted', stress, { ...stress, equityMultiple: 3 }],
  ['stressLimit.betaWeighted', { ...stress, equityPlus: 1e6 }, stress],
] as const)('%s from %j to %j loosens, and back it does not', (parameter, strict, loose) => {
  const [before, after] = [rule({ parameter, value: strict }), rule({ parameter, value: loose })];
  expect(isLoosening(before, after)).toBe(true);
  if (parameter !== 'earnings') expect(isLoosening(after, before)).toBe(false);
  expect(isLoosening(before, before)).toBe(false);
});

it('a withdrawal loosens, a shorter or later time as well, a longer one does not', () => {
  expect(isLoosening(rule(), null)).toBe(true);
  expect(isLoosening(null, null)).toBe(false);
  expect(isLoosening(rule(), rule({ effectiveTo: '2026-12-31' }))).toBe(true);
  expect(isLoosening(rule(), rule({ effectiveFrom: '2026-02-01' }))).toBe(true);
  expect(isLoosening(rule({ effectiveTo: '2026-12-31' }), rule())).toBe(false);
});

it('a rule moved to another target, scope or number loosens what it leaves', () => {
  expect(isLoosening(rule(), rule({ classGroup: 'IBM' }))).toBe(true);
  expect(isLoosening(rule(), rule({ scope: 'ACCOUNT' }))).toBe(true);
  expect(isLoosening(rule(), rule({ parameter: 'priceMove.up', value: 0.3 }))).toBe(true);
  const point = rule({ parameter: 'extraPoint', value: { priceMove: -0.3, volMove: 0 } });
  expect(isLoosening(point, { ...point, value: { priceMove: -0.4, volMove: 0 } })).toBe(true);
});

describe('a new rule', () => {
  const firm = rule({ ruleId: 'firm', value: -0.25 });

  it('loosens where it is narrower than a stricter one', () => {
    expect(isLoosening(null, rule({ classGroup: 'IBM' }), [firm])).toBe(true);
    expect(isLoosening(null, rule({ symbol: 'IBM' }), [firm])).toBe(true);
    expect(isLoosening(null, rule({ scope: 'GROUP' }), [firm])).toBe(true);
  });

  it('does not where it is as strict, broader, of another day or of another thing', () => {
    expect(isLoosening(null, rule({ classGroup: 'IBM', value: -0.25 }), [firm])).toBe(false);
    expect(isLoosening(null, rule(), [rule({ ruleId: 'ibm', classGroup: 'IBM', value: -0.25 })])).toBe(false);
    expect(isLoosening(null, rule({ classGroup: 'IBM' }), [{ ...firm, effectiveTo: '2025-12-31' }])).toBe(false);
    expect(isLoosening(null, rule({ classGroup: 'IBM' }), [{ ...firm, productClass: 'BROAD_INDEX' }])).toBe(true);
    expect(
      isLoosening(null, rule({ productClass: 'EQUITY', classGroup: 'IBM' }), [
        { ...firm, productClass: 'BROAD_INDEX' },
      ]),
    ).toBe(false);
  });

  it('longer in force than before, overrules what it did not before', () => {
    const short = rule({ classGroup: 'IBM', effectiveTo: '2026-01-31' });
    const later = { ...firm, effectiveFrom: '2026-03-01' };
    expect(isLoosening(short, { ...short, effectiveTo: null }, [later])).toBe(true);
    expect(isLoosening(short, { ...short, effectiveTo: '2026-02-15' }, [later])).toBe(false);
  });
});

describe('symbols', () => {
  const OPTION = 'IBM   261218C00100000';
  const restricted = rule({ ruleId: 'ibm', symbol: 'IBM', parameter: 'closingOnly', value: true });
  const freed = (symbol: string, changes: Partial<HouseRule> = {}): HouseRule =>
    rule({ symbol, parameter: 'closingOnly', value: false, ...changes });

  it('an option’s own rule goes before its underlying’s, however narrow that is otherwise', () => {
    expect(isLoosening(null, freed(OPTION), [{ ...restricted, scope: 'ACCOUNT', productClass: 'EQUITY' }])).toBe(true);
    expect(isLoosening(null, freed('IBM261218C00100000'), [restricted])).toBe(true);
    expect(isLoosening(null, freed('ESZ26'), [restricted])).toBe(true);
  });

  it('a ticker has nothing to do with another', () => {
    expect(isLoosening(null, freed('AAPL'), [restricted])).toBe(false);
    expect(isLoosening(null, freed('AAPL  261218C00100000'), [restricted])).toBe(false);
  });

  it('a limit on the number held is of the symbol itself', () => {
    const limit = rule({ ruleId: 'limit', symbol: 'IBM', parameter: 'positionLimit', value: 100 });
    expect(isLoosening(null, rule({ ...limit, ruleId: 'r', symbol: OPTION, value: 200 }), [limit])).toBe(false);
    expect(isLoosening(null, rule({ ...limit, ruleId: 'r', scope: 'ACCOUNT', value: 200 }), [limit])).toBe(true);
  });

  it('of class groups stand for the one they are in, and where that is not known for any', () => {
    const firm = rule({ ruleId: 'firm', symbol: 'SPX', value: -0.3 });
    const account = rule({ scope: 'ACCOUNT', symbol: 'SPY' });
    expect(isLoosening(null, account, [firm])).toBe(true);
    expect(isLoosening(null, account, [firm], () => 'SPX')).toBe(true);
    expect(isLoosening(null, account, [firm], (symbol) => symbol)).toBe(false);
    expect(isLoosening(null, account, [{ ...firm, symbol: null, classGroup: 'SPX' }], () => 'SPX')).toBe(true);
    expect(isLoosening(null, account, [{ ...firm, symbol: null, classGroup: 'SPX' }], () => 'RUT')).toBe(false);
  });
});

it('of two rules as narrow one that wins by its first number may be looser in another', () => {
  const earnings = (symbol: string, multiplier: number, daysBefore: number): HouseRule =>
    rule({ ruleId: symbol, symbol, parameter: 'earnings', value: { multiplier, daysBefore, daysAfter: 0 } });
  expect(isLoosening(null, earnings('SPY', 2, 1), [earnings('SPX', 1.5, 3)], () => 'SPX')).toBe(true);
  expect(isLoosening(null, earnings('SPY', 1.4, 1), [earnings('SPX', 1.5, 3)], () => 'SPX')).toBe(false);
});

it('an exception made stricter is no loosening, though looser than what it is an exception from', () => {
  const firm = rule({ ruleId: 'firm', value: -0.3 });
  const exception = rule({ classGroup: 'IBM', value: -0.2 });
  expect(isLoosening(exception, { ...exception, value: -0.25 }, [firm])).toBe(false);
});
