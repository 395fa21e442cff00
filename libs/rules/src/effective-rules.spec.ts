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

describe('every rule that binds is told', () => {
  const lostOf = (...rules: HouseRule[]) =>
    effectiveRules(book, rules, DATE, { classGroupOf: () => 'IBM' }).applied('IBM', 'EQUITY')[0];

  it('the loser with the reason it lost', () => {
    const rules = [rule('firm'), rule('group', { scope: 'GROUP', value: -0.3 }), rule('ibm', { classGroup: 'IBM' })];
    expect(lostOf(...rules)).toMatchObject({
      ruleId: 'ibm',
      lost: [
        { ruleId: 'group', value: -0.3, why: 'NARROWER_RULE' },
        { ruleId: 'firm', value: -0.2, why: 'NARROWER_RULE' },
      ],
    });
  });

  it('a narrow one that asks for less than the rule book undoes a broad one, and is told too', () => {
    expect(lostOf(rule('firm'), rule('ibm', { classGroup: 'IBM', value: -0.1 }))).toMatchObject({
      value: -0.15,
      source: 'regulatory',
      ruleId: null,
      lost: [
        { ruleId: 'ibm', value: -0.1, why: 'NOT_STRICTER_THAN_RULE_BOOK' },
        { ruleId: 'firm', value: -0.2, why: 'NARROWER_RULE' },
      ],
    });
  });

  it('of two groups the account is in the stricter wins', () => {
    const [a, b] = [rule('a', { scope: 'GROUP' }), rule('b', { scope: 'GROUP', value: -0.3 })];
    for (const rules of [
      [a, b],
      [b, a],
    ]) {
      expect(lostOf(...rules)).toMatchObject({ ruleId: 'b', lost: [{ ruleId: 'a', why: 'STRICTER_RULE' }] });
    }
  });
});

describe('a rule for a symbol', () => {
  const CLASS_GROUPS: Readonly<Record<string, string>> = { SPY: 'SPX', SPX: 'SPX', IBM: 'IBM' };
  const classGroupOf = (symbol: string): string | undefined => CLASS_GROUPS[symbol];
  const spy = rule('spy', { symbol: 'SPY', value: -0.2 });
  const reading = (...rules: HouseRule[]) => effectiveRules(book, rules, DATE, { classGroupOf });

  it('binds the class group the symbol is in, before one for the class group', () => {
    const rules = reading(spy, rule('spx', { classGroup: 'SPX', value: -0.3 }));
    expect(rules.applied('SPX', 'HIGH_CAP_INDEX')[0]).toMatchObject({ ruleId: 'spy', value: -0.2 });
    expect(rules.applied('IBM', 'EQUITY')[0].source).toBe('regulatory');
  });

  it('of two symbols of one class group the stricter wins', () => {
    const rules = reading(spy, rule('spx', { symbol: 'SPX', value: -0.3 }));
    expect(rules.applied('SPX', 'HIGH_CAP_INDEX')[0]).toMatchObject({
      ruleId: 'spx',
      lost: [{ ruleId: 'spy', value: -0.2, why: 'STRICTER_RULE' }],
    });
  });

  it('binds nothing where class group or product class say something else, or the market does not know it', () => {
    for (const changes of [{ classGroup: 'IBM' }, { productClass: 'EQUITY' as const }, { symbol: 'NOBODY' }]) {
      expect(reading({ ...spy, ...changes }).inForce('SPX', 'HIGH_CAP_INDEX').down).toBe(-0.08);
    }
  });

  it('is not read without knowing class groups', () => {
    expect(() => effectiveRules(book, [spy], DATE)).toThrow(/SPY/);
  });
});

describe('parameters that stand side by side', () => {
  const point = (ruleId: string, priceMove: number, changes: Partial<HouseRule> = {}): HouseRule =>
    rule(ruleId, { parameter: 'extraPoint', value: { priceMove, volMove: 0 }, ...changes });

  it('add up where their keys differ and compete where they do not', () => {
    const rules = effectiveRules(
      book,
      [
        point('a', 0.3),
        point('b', -0.3),
        point('c', -0.3, { classGroup: 'IBM' }),
        point('d', 0.5, { classGroup: 'X' }),
      ],
      DATE,
    );
    expect(rules.inForce('IBM', 'EQUITY').extraPoints).toEqual([
      { priceMove: -0.3, volMove: 0 },
      { priceMove: 0.3, volMove: 0 },
    ]);
    const winners = rules.applied('IBM', 'EQUITY').filter(({ parameter }) => parameter === 'extraPoint');
    expect(winners.map(({ ruleId, lost }) => [ruleId, lost.map((loser) => loser.ruleId)])).toEqual([
      ['c', ['b']],
      ['a', []],
    ]);
  });

  it('a class group no rule names shares the numbers of its product class', () => {
    const rules = effectiveRules(book, [rule('firm'), point('d', 0.5, { classGroup: 'X' })], DATE);
    expect(rules.inForce('IBM', 'EQUITY')).toBe(rules.inForce('AAPL', 'EQUITY'));
    expect(rules.applied('X', 'EQUITY')[0]).toBe(rules.applied('IBM', 'EQUITY')[0]);
  });
});

it('every parameter of class groups reaches the numbers', () => {
  const values: readonly (readonly [HouseRule['parameter'], HouseRule['value']])[] = [
    ['priceMove.down', -0.2],
    ['priceMove.up', 0.25],
    ['priceMove.step', 0.005],
    ['volMove.down', -0.15],
    ['volMove.up', 0.2],
    ['extraPoint', { priceMove: -1, volMove: 0.5 }],
    ['minimumCharge', 0.5],
    ['minimumCharge.longsCapped', false],
    ['shortMinimum.fraction', 0.005],
    ['shortMinimum.money', 150],
    ['marketValueFloor', 0.1],
    ['concentration.expectedMove', { down: -0.3, up: 0.4 }],
    ['concentration.equityShare', { share: 0.4, rate: 0.4 }],
    ['concentration.sharesOutstanding', { fraction: 0.01, multiplier: 2 }],
    ['concentration.daysVolume', { days: 3, multiplier: 1.5 }],
    ['concentration.marketCapDrop', 5e8],
    ['earnings', { multiplier: 1.5, daysBefore: 3, daysAfter: 1 }],
    ['stressLimit.classGroup', { priceMove: -0.25, volMove: 0, equityMultiple: 2, equityPlus: 2.5e6 }],
  ];
  const rules = values.map(([parameter, value]) => rule(parameter, { parameter, value }));
  expect(effectiveRules(book, rules, DATE).inForce('IBM', 'EQUITY')).toEqual({
    down: -0.2,
    up: 0.25,
    pointsPerSide: 5,
    step: 0.005,
    volMoves: [-0.15, 0.2],
    extraPoints: [{ priceMove: -1, volMove: 0.5 }],
    minimumCharge: 0.5,
    minimumChargeCappedForLongs: false,
    shortMinimumFraction: 0.005,
    shortMinimumMoney: 150,
    marketValueFloor: 0.1,
    expectedMove: { down: -0.3, up: 0.4 },
    equityShares: [{ share: 0.4, rate: 0.4 }],
    sharesOutstanding: { fraction: 0.01, multiplier: 2 },
    daysVolume: { days: 3, multiplier: 1.5 },
    marketCapDrop: 5e8,
    earnings: { multiplier: 1.5, daysBefore: 3, daysAfter: 1 },
    stressLimits: [
      { ruleId: 'stressLimit.classGroup', priceMove: -0.25, volMove: 0, equityMultiple: 2, equityPlus: 2.5e6 },
    ],
  });
});

describe('an account', () => {
  it('has the offsets of the rule book, of mixed product classes the least', () => {
    const { regulatoryAccount, account } = effectiveRules(book, [], DATE);
    expect(account).toBe(regulatoryAccount);
    expect(account.productGroupOffset(['HIGH_CAP_INDEX'])).toBe(0.9);
    expect(account.productGroupOffset(['HIGH_CAP_INDEX', 'BROAD_INDEX'])).toBe(0.75);
    expect(account.productGroupOffset(['NARROW_INDEX'])).toBe(0.9);
    expect(account.productGroupOffset(['EQUITY', 'HIGH_CAP_INDEX'])).toBe(0);
    expect(account).toMatchObject({
      portfolioGroupOffset: 0.5,
      largestNames: null,
      leverageCap: null,
      initialMultiplier: 1,
      portfolioStress: [],
      betaStress: [],
    });
  });

  it('is held to the house’s numbers', () => {
    const limit = { priceMove: 0.25, volMove: 0, equityMultiple: 1.25 };
    const rules = [
      rule('offset', { parameter: 'offset.productGroup', value: 0.8 }),
      rule('between', { parameter: 'offset.portfolioGroup', value: 0.25 }),
      rule('names', {
        parameter: 'concentration.largestNames',
        value: { names: 2, priceMove: 0.3, otherPriceMove: 0.05 },
      }),
      rule('cap', { parameter: 'leverageCap', value: 6.67 }),
      rule('initial', { parameter: 'initialMultiplier', value: 1.1 }),
      rule('sum', { parameter: 'stressLimit.portfolio', value: limit }),
      rule('beta', {
        parameter: 'stressLimit.betaWeighted',
        value: { priceMove: -0.2, volMove: 0.3, equityPlus: 5e6 },
      }),
    ];
    const { account, appliedAccount } = effectiveRules(book, rules, DATE);
    expect(account.productGroupOffset(['HIGH_CAP_INDEX'])).toBe(0.8);
    expect(account.productGroupOffset(['BROAD_INDEX'])).toBe(0.75);
    expect(account).toMatchObject({
      portfolioGroupOffset: 0.25,
      largestNames: { names: 2, priceMove: 0.3, otherPriceMove: 0.05 },
      leverageCap: 6.67,
      initialMultiplier: 1.1,
      portfolioStress: [{ ruleId: 'sum', ...limit, equityPlus: null }],
      betaStress: [{ ruleId: 'beta', priceMove: -0.2, volMove: 0.3, equityMultiple: null, equityPlus: 5e6 }],
    });
    expect(new Set(appliedAccount.map(({ ruleId }) => ruleId))).toEqual(new Set(rules.map(({ ruleId }) => ruleId)));
  });

  it('keeps the rule book’s offsets where a cap lowers none of them', () => {
    const { account, regulatoryAccount, appliedAccount } = effectiveRules(
      book,
      [rule('cap', { parameter: 'offset.productGroup', value: 0.95 })],
      DATE,
    );
    expect(account).toBe(regulatoryAccount);
    expect(appliedAccount[0].lost).toEqual([{ ruleId: 'cap', value: 0.95, why: 'NOT_STRICTER_THAN_RULE_BOOK' }]);
  });
});

describe('a symbol', () => {
  const OPTION = 'IBM   261218C00100000';
  const symbolRule = (ruleId: string, changes: Partial<HouseRule>): HouseRule => rule(ruleId, changes);
  const rulesOf = (symbol: string, ...rules: HouseRule[]) =>
    effectiveRules(book, rules, DATE).symbol(symbol, 'IBM', 'IBM', 'EQUITY');

  it('without rules is held to nothing', () => {
    const nothing = { positionLimit: null, notionalLimit: null, closingOnly: null, leastEligiblePrice: null };
    expect(rulesOf('IBM')).toEqual(nothing);
    expect(rulesOf('IBM', symbolRule('other', { symbol: 'AAPL', parameter: 'closingOnly', value: true }))).toEqual(
      nothing,
    );
  });

  it('is restricted with its underlying, unless a rule of its own says otherwise', () => {
    const ibm = symbolRule('ibm', { symbol: 'IBM', parameter: 'closingOnly', value: true });
    expect(rulesOf('IBM', ibm).closingOnly).toEqual({ value: true, ruleId: 'ibm' });
    expect(rulesOf(OPTION, ibm).closingOnly).toEqual({ value: true, ruleId: 'ibm' });
    const own = symbolRule('own', { symbol: OPTION, parameter: 'closingOnly', value: false });
    expect(rulesOf(OPTION, ibm, own).closingOnly).toBeNull();
    expect(rulesOf('IBM', ibm, own).closingOnly).toEqual({ value: true, ruleId: 'ibm' });
  });

  it('has a position limit of its own: shares and contracts do not add up', () => {
    const limit = symbolRule('limit', { symbol: 'IBM', parameter: 'positionLimit', value: 1000 });
    expect(rulesOf('IBM', limit).positionLimit).toEqual({ value: 1000, ruleId: 'limit' });
    expect(rulesOf(OPTION, limit).positionLimit).toBeNull();
    const notional = symbolRule('notional', { symbol: 'IBM', parameter: 'notionalLimit', value: 1e6 });
    expect(rulesOf(OPTION, notional).notionalLimit).toEqual({ value: 1e6, ruleId: 'notional' });
  });

  it('takes the narrower of the rules on everything, its product class, its class group and itself', () => {
    const price = (ruleId: string, value: number, changes: Partial<HouseRule> = {}): HouseRule =>
      symbolRule(ruleId, { parameter: 'leastEligiblePrice', value, ...changes });
    const all = [
      price('firm', 5),
      price('class', 4, { productClass: 'EQUITY' }),
      price('group', 3, { classGroup: 'IBM' }),
      price('symbol', 2, { symbol: 'IBM' }),
      price('elsewhere', 9, { classGroup: 'AAPL' }),
      price('index', 8, { productClass: 'BROAD_INDEX' }),
    ];
    expect([1, 2, 3, 4].map((count) => rulesOf('IBM', ...all.slice(0, count)).leastEligiblePrice!.value)).toEqual([
      5, 4, 3, 2,
    ]);
    const applied = effectiveRules(book, all, DATE).appliedSymbol('IBM', 'IBM', 'IBM', 'EQUITY');
    expect(applied).toHaveLength(1);
    expect(applied[0].lost.map(({ ruleId }) => ruleId)).toEqual(['group', 'class', 'firm']);
  });
});

describe('a rule that cannot be read', () => {
  it.each([
    [rule('kind', { value: true })],
    [rule('record', { parameter: 'earnings', value: 1.5 })],
    [rule('bounds', { value: -2 })],
    [rule('unknown', { parameter: 'nothing' as HouseRule['parameter'] })],
  ])('is not left out: %j', (unreadable) => {
    expect(() => effectiveRules(book, [unreadable], DATE)).toThrow(unreadable.ruleId);
  });
});

it('many rules are named by their number and a digest of all they say', () => {
  const many = Array.from({ length: 1000 }, (_, index) => rule(`rule-${index}`, { classGroup: `G${index}` }));
  const digestOf = (text: string): string => String(text.length);
  const { version } = effectiveRules(book, many, DATE, { digestOf });
  expect(version).toMatch(/^customer-portfolio-margin-2006\+1000 house rules \d+$/);
  expect(effectiveRules(book, many.toReversed(), DATE, { digestOf }).version).toBe(version);
  expect(effectiveRules(book, [rule('a')], DATE, { digestOf }).version).toBe(`${book.version}+a`);
});

it('thousands of rules are compared along their dates, not pair by pair', () => {
  const day = (index: number): string => new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10);
  const rules = Array.from({ length: 20_000 }, (_, index) =>
    rule(`r${index}`, {
      classGroup: `G${index % 100}`,
      effectiveFrom: day(Math.floor(index / 100) * 2),
      effectiveTo: day(Math.floor(index / 100) * 2 + 1),
    }),
  );
  expect(conflictingRules(rules)).toEqual([]);
  const twice = { ...rules[12_345], ruleId: 'again' };
  expect(conflictingRules([...rules, twice])).toEqual([[rules[12_345], twice]]);
});

it('rules of two accounts do not conflict', () => {
  const rules = [rule('a', { scope: 'ACCOUNT' }), rule('b', { scope: 'ACCOUNT' })];
  expect(conflictingRules(rules)).toHaveLength(1);
  expect(conflictingRules(rules, ({ ruleId }) => ruleId)).toEqual([]);
});
