import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HOUSE_PARAMETERS, type HouseValue, PARAMETER_DEFINITIONS, type ParameterDefinition } from '@app/rules';
import type { ShadowWhatIfRequestDto } from '../../apps/api/src/what-if/what-if.dto.js';

type End = 'least' | 'most';

/** The value at an end of what a parameter may be; of several numbers, each at that end. */
function valueAt(definition: ParameterDefinition, end: End): HouseValue {
  switch (definition.kind) {
    case 'NUMBER':
      return definition.number[end];
    case 'FLAG':
      return end === 'most';
    case 'RECORD':
      return Object.fromEntries(Object.entries(definition.fields).map(([field, number]) => [field, number[end]]));
  }
}

const cases = HOUSE_PARAMETERS.flatMap((parameter) =>
  (['least', 'most'] as const).map((end) => ({ parameter, end, name: `house-${parameter}-${end}` })),
);

describe('every house parameter has a golden portfolio at its least and at its most', () => {
  it.each(cases)('$name', ({ parameter, end, name }) => {
    const file = join(__dirname, 'portfolios', `${name}.json`);
    expect({ name, exists: existsSync(file) }).toEqual({ name, exists: true });
    const { request } = JSON.parse(readFileSync(file, 'utf8')) as { request: ShadowWhatIfRequestDto };
    const values = request.houseRules!.filter((rule) => rule.parameter === parameter).map(({ value }) => value);
    expect(values).toEqual([valueAt(PARAMETER_DEFINITIONS[parameter], end)]);
  });
});
