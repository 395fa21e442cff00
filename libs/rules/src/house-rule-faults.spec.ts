import { houseRuleFaults, type UncheckedHouseRule } from './house-rule-faults.js';
import { HOUSE_PARAMETERS, PARAMETER_DEFINITIONS } from './parameter-definitions.js';

const rule = (parameter: string, value: unknown, changes: Partial<UncheckedHouseRule> = {}): UncheckedHouseRule => ({
  ruleId: 'r',
  scope: 'FIRM',
  productClass: null,
  classGroup: null,
  symbol: null,
  parameter,
  value,
  effectiveFrom: '2026-01-01',
  effectiveTo: null,
  pack: null,
  ...changes,
});
const faults = (...parts: Parameters<typeof rule>): string[] =>
  houseRuleFaults(rule(...parts)).map(({ pointer, code }) => `${pointer} ${code}`);

/** Every value a definition allows at one of its bounds. */
function atBound(parameter: (typeof HOUSE_PARAMETERS)[number], bound: 'least' | 'most'): unknown {
  const definition = PARAMETER_DEFINITIONS[parameter];
  if (definition.kind === 'FLAG') return bound === 'most';
  if (definition.kind === 'NUMBER') return definition.number[bound];
  return Object.fromEntries(Object.entries(definition.fields).map(([field, number]) => [field, number[bound]]));
}

describe.each(HOUSE_PARAMETERS)('%s', (parameter) => {
  it('takes its least and its most', () => {
    expect(faults(parameter, atBound(parameter, 'least'))).toEqual([]);
    expect(faults(parameter, atBound(parameter, 'most'))).toEqual([]);
  });

  it.each([[null], ['0.1'], [Number.NaN], [Infinity], [[]], [{}], [undefined]])('refuses %p', (value) => {
    expect(faults(parameter, value)).not.toEqual([]);
  });

  it('refuses what lies beyond', () => {
    const definition = PARAMETER_DEFINITIONS[parameter];
    if (definition.kind === 'FLAG') {
      expect(faults(parameter, 1)).toEqual(['/value house_rule.wrong_kind']);
    } else if (definition.kind === 'NUMBER') {
      const { least, most, choices } = definition.number;
      const code = choices === undefined ? 'out_of_bounds' : 'not_a_choice';
      expect(faults(parameter, least - 0.001)).toEqual([`/value house_rule.${code}`]);
      expect(faults(parameter, most + 0.001)).toEqual([`/value house_rule.${code}`]);
    } else {
      for (const [field, { most }] of Object.entries(definition.fields)) {
        const value = { ...(atBound(parameter, 'most') as object), [field]: most + 1 };
        expect(faults(parameter, value)).toContain(`/value/${field} house_rule.out_of_bounds`);
      }
    }
  });
});

it('names every offending field at once', () => {
  const value = { multiplier: 0.5, daysBefore: 1.5, dayAfter: 2 };
  const changes = { effectiveTo: '2025-12-31' };
  expect(faults('earnings', value, changes)).toEqual([
    '/value/dayAfter house_rule.unknown_field',
    '/value/multiplier house_rule.out_of_bounds',
    '/value/daysBefore house_rule.not_whole',
    '/value/daysAfter house_rule.wrong_kind',
    '/effectiveTo house_rule.ends_before_start',
  ]);
});

it('a parameter nobody knows is named', () => {
  expect(faults('priceMove', 1)).toEqual(['/parameter house_rule.unknown_parameter']);
  expect(faults('toString', 1)).toEqual(['/parameter house_rule.unknown_parameter']);
});

it('a number of the whole account has no narrower target', () => {
  expect(faults('leverageCap', 6, { productClass: 'EQUITY', classGroup: 'IBM', symbol: 'IBM' })).toEqual([
    '/productClass house_rule.wrong_target',
    '/classGroup house_rule.wrong_target',
    '/symbol house_rule.wrong_target',
  ]);
});

it('a stress limit needs a bound, and one of the two will do', () => {
  const point = { priceMove: -0.2, volMove: 0 };
  expect(faults('stressLimit.betaWeighted', point)).toEqual(['/value house_rule.missing_field']);
  expect(faults('stressLimit.betaWeighted', { ...point, equityPlus: 5e6 })).toEqual([]);
  expect(faults('stressLimit.betaWeighted', { ...point, equityMultiple: 2 })).toEqual([]);
});

it('the largest names move at least as far as the others', () => {
  expect(faults('concentration.largestNames', { names: 2, priceMove: 0.05, otherPriceMove: 0.3 })).toEqual([
    '/value/otherPriceMove house_rule.out_of_order',
  ]);
});
