import { defaultMetadataStorage as transforms } from 'class-transformer/cjs/storage.js';
import { getMetadataStorage } from 'class-validator';
import type { DtoClass } from './compiled-validator.js';

type Metadata = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Field by field: how many items its list may have, and the class of what it holds, where either is known. */
function fieldsOf(dto: DtoClass): [name: string, maxItems: number | undefined, nested: DtoClass | undefined][] {
  const storage = getMetadataStorage();
  const metadatas = storage.getTargetValidationMetadatas(dto, undefined as never, false, false, undefined);
  return Object.entries(storage.groupByPropertyName(metadatas)).map(([name, rules]) => [
    name,
    rules.find((rule: Metadata) => rule.name === 'arrayMaxSize')?.constraints[0] as number | undefined,
    transforms.findTypeMetadata(dto, name)?.typeFunction?.() as DtoClass | undefined,
  ]);
}

/**
 * `value` with every list that is too long cut to one item more than allowed: still too long, so class-validator says
 * so, but without spending a second on a hundred thousand items of a list that is refused anyway. Copies what it
 * changes, and only what lies along the DTO's own structure.
 */
export function withoutSurplus(dto: DtoClass, value: unknown): unknown {
  if (!isRecord(value)) return value;
  const copy = { ...value };
  for (const [name, maxItems, nested] of fieldsOf(dto)) {
    const held = copy[name];
    const kept: unknown = Array.isArray(held) && maxItems !== undefined ? held.slice(0, maxItems + 1) : held;
    const inside = (item: unknown): unknown => (nested === undefined ? item : withoutSurplus(nested, item));
    if (kept !== undefined) copy[name] = Array.isArray(kept) ? kept.map(inside) : inside(kept);
  }
  return copy;
}
