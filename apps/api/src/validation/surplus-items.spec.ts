import { NestedField } from '../fields/nested-field.js';
import { NumberField } from '../fields/number-field.js';
import type { Problem } from '../problem.js';
import { validated } from './dto.pipe.js';
import { withoutSurplus } from './surplus-items.js';

class ItemDto {
  @NumberField({ description: '', min: 0, max: 1, list: { maxItems: 2 } }) numbers!: number[];
}
class ListDto {
  @NestedField(() => ItemDto, { description: '', list: { maxItems: 3 } }) items!: ItemDto[];
  @NestedField(() => ItemDto, { description: '', optional: true }) one?: ItemDto;
}

describe('withoutSurplus', () => {
  it('cuts lists to one item more than allowed, at every level, and leaves the original alone', () => {
    const value = {
      items: Array.from({ length: 9 }, () => ({ numbers: [1, 2, 3, 4] })),
      one: { numbers: [1] },
      other: [1, 2, 3, 4, 5],
    };
    const cut = withoutSurplus(ListDto, value);
    expect(cut).toEqual({ ...value, items: Array.from({ length: 4 }, () => ({ numbers: [1, 2, 3] })) });
    expect(value.items).toHaveLength(9);
  });

  it('leaves a refusal complete: the length, and the items that count', async () => {
    const refused = Promise.resolve().then(() =>
      validated(ListDto, { items: Array.from({ length: 100_000 }, () => ({})) }),
    );
    const problem = await refused.then(
      () => undefined,
      (error: Problem) => error,
    );
    expect(problem?.errors.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/items field.array_max_size',
      '/items/0/numbers field.required',
      '/items/1/numbers field.required',
      '/items/2/numbers field.required',
      '/items/3/numbers field.required',
    ]);
  });
});
