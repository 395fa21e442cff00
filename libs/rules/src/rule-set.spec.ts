import { HOUSE_PARAMETERS, PARAMETER_DEFINITIONS, stricterValue } from './rule-set.js';

it('a lower low end, a higher high end and a higher minimum are stricter', () => {
  expect(stricterValue('priceMove.down', -0.15, -0.2)).toBe(-0.2);
  expect(stricterValue('priceMove.up', 0.15, 0.2)).toBe(0.2);
  expect(stricterValue('minimumCharge', 0.375, 2)).toBe(2);
});

it.each(HOUSE_PARAMETERS)('%s has bounds with room between them', (parameter) => {
  const { least, most, stricter } = PARAMETER_DEFINITIONS[parameter];
  expect(most).toBeGreaterThan(least);
  expect(stricterValue(parameter, least, most)).toBe(stricter > 0 ? most : least);
});
