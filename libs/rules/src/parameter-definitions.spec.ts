import type { NumberDefinition } from './parameter-definition.js';
import { HOUSE_PARAMETERS, PARAMETER_DEFINITIONS } from './parameter-definitions.js';
import { byStrictness, isLooserValue } from './strictness.js';

const numbersOf = (parameter: (typeof HOUSE_PARAMETERS)[number]): readonly NumberDefinition[] => {
  const definition = PARAMETER_DEFINITIONS[parameter];
  if (definition.kind === 'FLAG') return [];
  return definition.kind === 'NUMBER' ? [definition.number] : Object.values(definition.fields);
};

describe.each(HOUSE_PARAMETERS)('%s', (parameter) => {
  const definition = PARAMETER_DEFINITIONS[parameter];

  it('has bounds with room between them, and choices within', () => {
    for (const { least, most, choices = [] } of numbersOf(parameter)) {
      expect(most).toBeGreaterThan(least);
      expect(choices.every((choice) => choice >= least && choice <= most)).toBe(true);
    }
  });

  it('says what it is, what holds without it and where it comes from', () => {
    expect(definition.doc).toMatch(/^[A-Z].*\.$/);
    expect(definition.default).not.toBe('');
    expect(definition.citation.length).toBeGreaterThan(10);
  });

  it('has a direction for every number that is not part of its key', () => {
    const key = definition.kind === 'RECORD' ? definition.key : [];
    const fields = definition.kind === 'RECORD' ? Object.keys(definition.fields) : [''];
    numbersOf(parameter).forEach(({ stricter }, index) => expect(stricter === 0).toBe(key.includes(fields[index])));
  });
});

it('a lower low end, a higher high end and a higher minimum are stricter', () => {
  expect(isLooserValue('priceMove.down', -0.15, -0.2)).toBe(true);
  expect(isLooserValue('priceMove.up', 0.15, 0.2)).toBe(true);
  expect(isLooserValue('minimumCharge', 0.375, 2)).toBe(true);
  expect(isLooserValue('minimumCharge', 2, 2)).toBe(false);
  expect(isLooserValue('minimumCharge.longsCapped', true, false)).toBe(true);
});

it('a record is looser where any of its numbers is, and an absent bound is the loosest', () => {
  const limit = { priceMove: -0.2, volMove: 0, equityMultiple: 2 };
  expect(isLooserValue('stressLimit.betaWeighted', limit, { ...limit, equityPlus: 5e6 })).toBe(true);
  expect(isLooserValue('stressLimit.betaWeighted', { ...limit, equityPlus: 5e6 }, limit)).toBe(false);
  const earnings = { multiplier: 1.5, daysBefore: 3, daysAfter: 0 };
  expect(isLooserValue('earnings', { ...earnings, multiplier: 2, daysBefore: 2 }, earnings)).toBe(true);
  expect(byStrictness('earnings', { ...earnings, multiplier: 2, daysBefore: 2 }, earnings)).toBeLessThan(0);
});
