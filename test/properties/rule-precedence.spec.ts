import type { ProductClass } from '@app/market';
import {
  type AppliedRule,
  conflictingRules,
  type EffectiveRules,
  effectiveRules,
  HOUSE_PARAMETERS,
  HOUSE_RULE_SCOPES,
  type HouseRule,
  houseRuleFaults,
  type HouseValue,
  isLoosening,
  PARAMETER_DEFINITIONS,
  regulatoryRules,
} from '@app/rules';
import * as fc from 'fast-check';
import { houseValues } from '../support/house-values.js';

const RUNS = { seed: 20_260_821, numRuns: 400 };
const DATES = ['2026-08-20', '2026-08-21', '2026-08-22', '2026-08-23', '2026-08-24', '2026-08-25', '2026-08-26'];
const DATE = DATES[3];
const book = regulatoryRules(DATE)!;

const OPTION = 'IBM   261218C00100000';
/** Symbol, what it is written on, class group, product class. */
const PLACES: readonly (readonly [string, string, string, ProductClass])[] = [
  ['SPY', 'SPY', 'SPX', 'HIGH_CAP_INDEX'],
  ['SPX', 'SPX', 'SPX', 'HIGH_CAP_INDEX'],
  ['IBM', 'IBM', 'IBM', 'EQUITY'],
  [OPTION, 'IBM', 'IBM', 'EQUITY'],
  ['AAPL', 'AAPL', 'AAPL', 'EQUITY'],
];
const CLASS_GROUPS = new Map(PLACES.map(([symbol, , classGroup]) => [symbol, classGroup]));
const classGroupOf = (symbol: string): string | undefined => CLASS_GROUPS.get(symbol);

const targets = fc.record({
  productClass: fc.option(fc.constantFrom<ProductClass>('EQUITY', 'HIGH_CAP_INDEX'), { freq: 2 }),
  classGroup: fc.option(fc.constantFrom('SPX', 'IBM'), { freq: 2 }),
  symbol: fc.option(fc.constantFrom('SPY', 'SPX', 'IBM', OPTION), { freq: 2 }),
});
const NO_TARGET = { productClass: null, classGroup: null, symbol: null };

const days = fc
  .tuple(fc.constantFrom('2026-01-01', ...DATES), fc.option(fc.constantFrom(...DATES), { freq: 2 }))
  .filter(([from, to]) => to === null || from <= to)
  .map(([effectiveFrom, effectiveTo]) => ({ effectiveFrom, effectiveTo }));

const ruleOf = (parameter: HouseRule['parameter']): fc.Arbitrary<HouseRule> =>
  fc
    .tuple(
      houseValues(parameter),
      fc.constantFrom(...HOUSE_RULE_SCOPES),
      targets,
      days,
      fc.integer({ min: 100_000, max: 999_999 }).map((n) => `r${n}`),
    )
    .map(([value, scope, target, period, ruleId]) => ({
      ruleId,
      scope,
      ...(PARAMETER_DEFINITIONS[parameter].level === 'ACCOUNT' ? NO_TARGET : target),
      parameter,
      value,
      ...period,
      pack: null,
    }));

const uniqueIds = { selector: ({ ruleId }: HouseRule) => ruleId, maxLength: 10 };
const isFree = (list: readonly HouseRule[]): boolean => conflictingRules(list).length === 0;
/** Rules of every kind, without contradictions, as they are stored. */
const ruleLists = fc.uniqueArray(fc.constantFrom(...HOUSE_PARAMETERS).chain(ruleOf), uniqueIds).filter(isFree);
/** Rules for one number, which meet more often. */
const rivalLists = fc
  .constantFrom(...HOUSE_PARAMETERS)
  .chain((parameter) => fc.uniqueArray(ruleOf(parameter), uniqueIds))
  .map((list) => list.filter((rule, index) => isFree([...list.slice(0, index), rule])))
  .filter(isFree);
const lists = fc.oneof(ruleLists, rivalLists);

const reading = (list: readonly HouseRule[], date = DATE): EffectiveRules =>
  effectiveRules(book, list, date, { classGroupOf });

/** Every line of an answer: of each place's class group, of the account, of each symbol. */
function everyLine(rules: EffectiveRules): (readonly [string, readonly AppliedRule[]])[] {
  return [
    ['account', rules.appliedAccount] as const,
    ...PLACES.map(([, , classGroup, productClass]) => [classGroup, rules.applied(classGroup, productClass)] as const),
    ...PLACES.map((place) => [`symbol ${place[0]}`, rules.appliedSymbol(...place)] as const),
  ];
}

/** The numbers of a value that are not part of its key, each as "larger asks for more"; an absent bound asks for nothing. */
function demands(parameter: HouseRule['parameter'], value: HouseValue): number[] {
  const definition = PARAMETER_DEFINITIONS[parameter];
  if (definition.kind === 'FLAG') return [Number(value === definition.stricter)];
  if (definition.kind === 'NUMBER') return [(value as number) * definition.number.stricter];
  const given = value as Readonly<Record<string, number | undefined>>;
  return Object.entries(definition.fields)
    .filter(([, { stricter }]) => stricter !== 0)
    .map(([field, { stricter }]) => (given[field] === undefined ? -Infinity : given[field] * stricter));
}

function keyOf({ parameter, value }: Pick<HouseRule, 'parameter' | 'value'>): string {
  const definition = PARAMETER_DEFINITIONS[parameter];
  const key = definition.kind === 'RECORD' ? definition.key : [];
  return [parameter, ...key.map((field) => (value as Readonly<Record<string, number>>)[field])].join(' ');
}

const inForceOn = ({ effectiveFrom, effectiveTo }: HouseRule, date: string): boolean =>
  effectiveFrom <= date && (effectiveTo ?? '9999') >= date;

/** The rules that bind a place, found one by one. */
function binding(list: readonly HouseRule[], where: string): HouseRule[] {
  const isSymbol = where.startsWith('symbol ');
  const [symbol, underlying, classGroup, productClass] = PLACES.find(([name, , group]) =>
    isSymbol ? where === `symbol ${name}` : where === group,
  ) ?? ['', '', '', 'EQUITY'];
  const level = where === 'account' ? 'ACCOUNT' : isSymbol ? 'SYMBOL' : 'CLASS_GROUP';
  return list.filter((rule) => {
    if (PARAMETER_DEFINITIONS[rule.parameter].level !== level) return false;
    if (level === 'ACCOUNT') return true;
    const names = [symbol, ...(rule.parameter === 'positionLimit' ? [] : [underlying])];
    const bySymbol = isSymbol
      ? names.includes(rule.symbol ?? symbol)
      : classGroupOf(rule.symbol ?? symbol) === classGroup;
    return (
      bySymbol && (rule.classGroup ?? classGroup) === classGroup && (rule.productClass ?? productClass) === productClass
    );
  });
}

it('the values are valid', () => {
  fc.assert(
    fc.property(lists, (list) => expect(list.flatMap((rule) => houseRuleFaults(rule))).toEqual([])),
    RUNS,
  );
});

it('every rule that binds has won or lost, once, and the order of the list does not matter', () => {
  fc.assert(
    fc.property(lists, (list) => {
      const backwards = new Map(everyLine(reading(list.toReversed())));
      for (const [where, lines] of everyLine(reading(list))) {
        expect(backwards.get(where)).toEqual(lines);
        const told = lines.flatMap(({ ruleId, lost }) => [
          ...(ruleId === null ? [] : [ruleId]),
          ...lost.map((l) => l.ruleId),
        ]);
        const bound = binding(
          list.filter((rule) => inForceOn(rule, DATE)),
          where,
        );
        expect(told.sort()).toEqual(bound.map(({ ruleId }) => ruleId).sort());
      }
    }),
    RUNS,
  );
});

it('no rule makes a number looser than the rule book', () => {
  const regulatory = new Map(everyLine(reading([])));
  fc.assert(
    fc.property(lists, (list) => {
      for (const [where, lines] of everyLine(reading(list))) {
        for (const line of regulatory.get(where)!) {
          const inForce = lines.find(({ parameter }) => parameter === line.parameter)!;
          if (typeof line.value === 'object') continue;
          expect(demands(line.parameter, inForce.value)[0]).toBeGreaterThanOrEqual(
            demands(line.parameter, line.value)[0],
          );
        }
      }
    }),
    RUNS,
  );
});

it('the narrower rule wins', () => {
  const depth = ({ symbol, classGroup, productClass }: HouseRule): number =>
    symbol !== null ? 3 : classGroup !== null ? 2 : productClass !== null ? 1 : 0;
  const targetText = ({ symbol, classGroup, productClass }: HouseRule): string =>
    String([symbol, classGroup, productClass]);
  fc.assert(
    fc.property(lists, (list) => {
      const all = everyLine(reading(list)).flatMap(([, lines]) => lines);
      for (const { ruleId, lost } of all) {
        // Where the rule book's number stands, the narrowest of the losers is the first.
        const ids = [ruleId, ...lost.map((line) => line.ruleId)].filter((id) => id !== null);
        const [first, ...others] = ids.map((id) => list.find((rule) => rule.ruleId === id)!);
        for (const loser of others) {
          expect(depth(loser)).toBeLessThanOrEqual(depth(first));
          if (targetText(loser) !== targetText(first)) continue;
          expect(HOUSE_RULE_SCOPES.indexOf(loser.scope)).toBeLessThan(HOUSE_RULE_SCOPES.indexOf(first.scope));
        }
      }
    }),
    RUNS,
  );
});

it('rules of other days are as if they were not', () => {
  fc.assert(
    fc.property(lists, (list) => {
      for (const date of DATES) {
        const now = list.filter((rule) => inForceOn(rule, date));
        expect(everyLine(reading(list, date))).toEqual(everyLine(reading(now, date)));
        expect(reading(list, date).version).toBe(reading(now, date).version);
      }
    }),
    { ...RUNS, numRuns: 100 },
  );
});

it('conflicts are the pairs that set one number of one target on one day', () => {
  const anyLists = fc
    .constantFrom(...HOUSE_PARAMETERS)
    .chain((parameter) => fc.uniqueArray(ruleOf(parameter), { ...uniqueIds, maxLength: 25 }));
  const same = (a: HouseRule, b: HouseRule): boolean =>
    keyOf(a) === keyOf(b) &&
    String([a.scope, a.productClass, a.classGroup, a.symbol]) ===
      String([b.scope, b.productClass, b.classGroup, b.symbol]) &&
    ['2026-01-01', ...DATES, '2027-01-01'].some((date) => inForceOn(a, date) && inForceOn(b, date));
  fc.assert(
    fc.property(anyLists, (list) => {
      const pairs = list.flatMap((a, index) =>
        list
          .slice(index + 1)
          .filter((b) => same(a, b))
          .map((b) => [a, b]),
      );
      const texts = (found: readonly (readonly HouseRule[])[]): string[] =>
        found.map((pair) => pair.map(({ ruleId }) => ruleId).join(' ')).sort();
      expect(texts(conflictingRules(list))).toEqual(texts(pairs));
    }),
    RUNS,
  );
});

describe('what is not a loosening leaves nothing with less to ask for', () => {
  const loosened = (before: readonly HouseRule[], after: readonly HouseRule[]): string[] =>
    DATES.flatMap((date) => {
      const now = new Map(everyLine(reading(after, date)));
      return everyLine(reading(before, date)).flatMap(([where, lines]) =>
        lines
          .filter(({ source }) => source === 'house')
          .filter((line) => {
            const rival = now.get(where)!.find((other) => keyOf(other) === keyOf(line));
            if (rival === undefined) return true;
            const [had, has] = [demands(line.parameter, line.value), demands(line.parameter, rival.value)];
            return had.some((demand, index) => has[index] < demand);
          })
          .map((line) => `${date} ${where} ${keyOf(line)}`),
      );
    });

  it('a new rule', () => {
    fc.assert(
      fc.property(rivalLists, ([next, ...others]) => {
        fc.pre(next !== undefined && !isLoosening(null, next, others, classGroupOf));
        expect(loosened(others, [...others, next])).toEqual([]);
      }),
      { ...RUNS, numRuns: 1000 },
    );
  });

  it('a changed rule', () => {
    const changes = rivalLists
      .filter(({ length }) => length > 0)
      .chain(([previous, ...others]) =>
        fc
          .tuple(houseValues(previous.parameter), days)
          .map(([value, period]) => ({ previous, others, next: { ...previous, value, ...period } })),
      )
      .filter(({ others, next }) => isFree([next, ...others]));
    fc.assert(
      fc.property(changes, ({ previous, others, next }) => {
        fc.pre(!isLoosening(previous, next, others, classGroupOf));
        expect(loosened([...others, previous], [...others, next])).toEqual([]);
      }),
      { ...RUNS, numRuns: 1000 },
    );
  });
});
