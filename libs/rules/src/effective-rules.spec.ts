import { conflictingRules } from './conflicting-rules.js';
import { effectiveRules } from './effective-rules.js';
import type { HouseRule } from './house-rule.js';
import { REGULATORY_RULES, regulatoryRules } from './regulatory-rules.js';

const DATE = '2026-08-21';
const book = regulatoryRules(DATE)!;

/** A firm-wide rule on the low end of every range, but for what a test says. */
const rule = (ruleId: string, changes: Partial<HouseRule> = {}): HouseRule => ({
  ruleId,
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

const down = (rules: readonly HouseRule[], date = DATE): number =>
  effectiveRules(book, rules, date).inForce('IBM', 'EQUITY').down;
const winner = (...rules: HouseRule[]): string | null =>
  effectiveRules(book, rules, DATE).applied('IBM', 'EQUITY')[0].ruleId;

describe('without house rules', () => {
  const rules = effectiveRules(book, [], DATE);

  it.each([
    ['HIGH_CAP_INDEX', -0.08, 0.06],
    ['BROAD_INDEX', -0.1, 0.1],
    ['NARROW_INDEX', -0.15, 0.15],
    ['EQUITY', -0.15, 0.15],
  ] as const)("%s has the rule book's range", (productClass, low, high) => {
    const numbers = {
      down: low,
      up: high,
      pointsPerSide: 5,
      step: null,
      volMoves: [],
      extraPoints: [],
      minimumCharge: 0.375,
      minimumChargeCappedForLongs: true,
      shortMinimumFraction: 0,
      shortMinimumMoney: 0,
      marketValueFloor: 0,
      expectedMove: null,
      equityShares: [],
      sharesOutstanding: null,
      daysVolume: null,
      marketCapDrop: null,
      earnings: null,
      stressLimits: [],
    };
    expect(rules.regulatory(productClass)).toEqual(numbers);
    expect(rules.inForce('ANY', productClass)).toEqual(numbers);
  });

  it('every number says where the rule book has it', () => {
    for (const { source, ruleId, citation } of rules.applied('IBM', 'EQUITY')) {
      expect({ source, ruleId }).toEqual({ source: 'regulatory', ruleId: null });
      expect(citation).toMatch(/FINRA 4210/);
    }
  });

  it("the version is the rule book's", () => {
    expect(rules.version).toBe(book.version);
  });
});

describe('the narrower house rule wins', () => {
  const firm = rule('firm');
  const account = rule('account', { scope: 'ACCOUNT', value: -0.21 });
  const productClass = rule('class', { productClass: 'EQUITY', value: -0.22 });
  const accountClass = rule('account-class', { scope: 'ACCOUNT', productClass: 'EQUITY', value: -0.23 });
  const group = rule('group', { classGroup: 'IBM', value: -0.16 });
  const groupAndClass = rule('group-class', { classGroup: 'IBM', productClass: 'EQUITY', value: -0.17 });
  const accountGroup = rule('account-group', { scope: 'ACCOUNT', classGroup: 'IBM', value: -0.18 });
  const ascending = [firm, account, productClass, accountClass, group, accountGroup, groupAndClass];

  it.each(ascending.map((narrow, index) => [narrow.ruleId, index] as const))('%s', (_, index) => {
    const rules = ascending.slice(0, index + 1);
    expect(winner(...rules)).toBe(ascending[index].ruleId);
    expect(winner(...rules.toReversed())).toBe(ascending[index].ruleId);
    expect(down(rules)).toBe(ascending[index].value);
  });

  it('and one for something else does not bind', () => {
    expect(winner(rule('other', { classGroup: 'AAPL' }))).toBeNull();
    expect(winner(rule('other', { productClass: 'BROAD_INDEX' }))).toBeNull();
    expect(winner(rule('other', { parameter: 'priceMove.up', value: 0.3 }))).toBeNull();
  });
});

describe('a house rule', () => {
  it.each([
    ['priceMove.down', -0.1],
    ['priceMove.down', 0],
    ['priceMove.up', 0.1],
    ['minimumCharge', 0.1],
    ['minimumCharge', 0],
    ['minimumCharge', 0.375],
  ] as const)('%s of %d, no stricter than the rule book, changes nothing', (parameter, value) => {
    const rules = effectiveRules(book, [rule('loose', { parameter, value })], DATE);
    expect(rules.inForce('IBM', 'EQUITY')).toEqual(rules.regulatory('EQUITY'));
    expect(rules.applied('IBM', 'EQUITY').every(({ source }) => source === 'regulatory')).toBe(true);
  });

  it.each([
    ['priceMove.down', -0.2, { down: -0.2, step: 0.01 }],
    ['priceMove.up', 0.2, { up: 0.2, step: 0.01 }],
    ['minimumCharge', 2.5, { minimumCharge: 2.5 }],
  ] as const)('%s of %d sets that number alone', (parameter, value, changed) => {
    const rules = effectiveRules(book, [rule('strict', { parameter, value })], DATE);
    expect(rules.inForce('IBM', 'EQUITY')).toEqual({ ...rules.regulatory('EQUITY'), ...changed });
    const applied = rules.applied('IBM', 'EQUITY').find((line) => line.parameter === parameter);
    expect(applied).toEqual({ parameter, value, source: 'house', ruleId: 'strict', citation: null, lost: [] });
  });

  it('is in force from its first day to its last, both included', () => {
    const rules = [rule('dated', { effectiveFrom: '2026-08-20', effectiveTo: '2026-08-22' })];
    const days = ['2026-08-19', '2026-08-20', '2026-08-21', '2026-08-22', '2026-08-23'];
    expect(days.map((date) => down(rules, date))).toEqual([-0.15, -0.2, -0.2, -0.2, -0.15]);
  });

  it('is named in the version while it is in force, in whatever order it was given', () => {
    const rules = [rule('b'), rule('a', { classGroup: 'XYZ' }), rule('gone', { effectiveTo: '2026-08-20' })];
    expect(effectiveRules(book, rules, DATE).version).toBe(`${book.version}+a+b`);
    expect(effectiveRules(book, rules.toReversed(), DATE).version).toBe(`${book.version}+a+b`);
  });
});

describe('conflicting rules', () => {
  const ids = (...rules: HouseRule[]): string[][] =>
    conflictingRules(rules).map((pair) => pair.map(({ ruleId }) => ruleId));

  it('set one number for one target on one day', () => {
    expect(ids(rule('a'), rule('b', { value: -0.3 }))).toEqual([['a', 'b']]);
    expect(ids(rule('a', { effectiveTo: '2026-08-21' }), rule('b', { effectiveFrom: '2026-08-21' }))).toEqual([
      ['a', 'b'],
    ]);
    expect(ids(rule('a'), rule('b'), rule('c'))).toHaveLength(3);
  });

  it('are none where target, number, scope or days differ', () => {
    expect(ids(rule('a'), rule('b', { classGroup: 'IBM' }))).toEqual([]);
    expect(ids(rule('a'), rule('b', { productClass: 'EQUITY' }))).toEqual([]);
    expect(ids(rule('a'), rule('b', { parameter: 'priceMove.up' }))).toEqual([]);
    expect(ids(rule('a'), rule('b', { scope: 'ACCOUNT' }))).toEqual([]);
    expect(ids(rule('a', { effectiveTo: '2026-08-20' }), rule('b', { effectiveFrom: '2026-08-21' }))).toEqual([]);
  });
});

it('every regulatory number has a citation, and versions ascend', () => {
  for (const version of REGULATORY_RULES) {
    const { priceMoves, pointsPerSide, minimumCharge, minimumChargeCappedForLongs } = version;
    const numbers = [...Object.values(priceMoves), pointsPerSide, minimumCharge, minimumChargeCappedForLongs];
    expect(numbers.every(({ citation }) => citation.length > 10)).toBe(true);
  }
  const dates = REGULATORY_RULES.map(({ effectiveFrom }) => effectiveFrom);
  expect(dates).toEqual(dates.toSorted());
});

it('the rules of a date are the last that began, and none before the first', () => {
  const [first] = REGULATORY_RULES;
  expect(regulatoryRules(first.effectiveFrom)).toBe(first);
  expect(regulatoryRules('2006-12-11')).toBeUndefined();
  expect(regulatoryRules('2007-02-23')!.version).toBe('customer-portfolio-margin-2006');
});
