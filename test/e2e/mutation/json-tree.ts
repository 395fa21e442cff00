/** JSON as it is written, so that it can hold what no JavaScript value can: names twice, −0, 1e400, half a surrogate. */
export type JsonTree = Leaf | List | Members;
export interface Leaf {
  readonly kind: 'leaf';
  readonly text: string;
}
export interface List {
  readonly kind: 'list';
  readonly items: readonly JsonTree[];
}
export interface Members {
  readonly kind: 'members';
  readonly entries: readonly (readonly [name: string, value: JsonTree])[];
}

export const leaf = (text: string): Leaf => ({ kind: 'leaf', text });
export const list = (items: readonly JsonTree[]): List => ({ kind: 'list', items });
export const members = (entries: Members['entries']): Members => ({ kind: 'members', entries });

export function treeOf(value: unknown): JsonTree {
  if (Array.isArray(value)) return list(value.map(treeOf));
  if (typeof value !== 'object' || value === null) return leaf(JSON.stringify(value));
  return members(Object.entries(value).map(([name, inner]) => [name, treeOf(inner)]));
}

export function treeText(tree: JsonTree): string {
  if (tree.kind === 'leaf') return tree.text;
  if (tree.kind === 'list') return `[${tree.items.map(treeText).join()}]`;
  return `{${tree.entries.map(([name, value]) => `${JSON.stringify(name)}:${treeText(value)}`).join()}}`;
}
