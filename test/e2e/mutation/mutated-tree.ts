import { type JsonTree, leaf, type Leaf, list, type List, members, type Members } from './json-tree.js';
import { ODD_NAMES, ODD_VALUES } from './odd-values.js';
import { below, oneOf, type Stream } from './stream.js';

const size = (tree: JsonTree): number =>
  tree.kind === 'leaf'
    ? 1
    : 1 +
      (tree.kind === 'list' ? tree.items : tree.entries.map(([, value]) => value)).reduce(
        (sum, each) => sum + size(each),
        0,
      );

/** `tree` with the node of this number, in document order, made anew. */
function changedAt(tree: JsonTree, number: number, change: (node: JsonTree) => JsonTree): JsonTree {
  if (number === 0) return change(tree);
  let left = number - 1;
  const inside = (each: JsonTree): JsonTree => {
    const here = left;
    left -= size(each);
    return here >= 0 && left < 0 ? changedAt(each, here, change) : each;
  };
  if (tree.kind === 'list') return list(tree.items.map(inside));
  if (tree.kind === 'members') return members(tree.entries.map(([name, value]) => [name, inside(value)]));
  return tree;
}

const oddLeaf = (stream: Stream): JsonTree => leaf(oneOf(stream, ODD_VALUES));
const without = <T>(all: readonly T[], index: number): T[] => all.filter((_, each) => each !== index);

function changedList({ items }: List, stream: Stream): JsonTree {
  const index = below(stream, Math.max(1, items.length));
  const item = items[index] ?? oddLeaf(stream);
  return oneOf<() => JsonTree>(stream, [
    () => list(without(items, index)),
    () => list([...items, item]),
    () => list([...items, oddLeaf(stream)]),
    () => list([...items].reverse()),
    () => list(Array<JsonTree>(oneOf(stream, [2, 60, 600])).fill(item)),
    () => members(items.map((each, at) => [String(at), each])),
    () => item,
  ])();
}

function changedMembers({ entries }: Members, stream: Stream): JsonTree {
  const index = below(stream, Math.max(1, entries.length));
  const [name, value] = entries[index] ?? ['a', oddLeaf(stream)];
  return oneOf<() => JsonTree>(stream, [
    () => members(without(entries, index)),
    () => members([...entries, [oneOf(stream, ODD_NAMES), oddLeaf(stream)]]),
    () => members([...entries, [name, stream() < 0.5 ? value : oddLeaf(stream)]]),
    () => members(entries.map((each, at) => (at === index ? [oneOf(stream, ODD_NAMES), value] : each))),
    () => members(entries.map(([each], at) => [each, entries[(at + 1) % entries.length][1]])),
    () => list(entries.map(([, each]) => each)),
    () => list([members(entries)]),
  ])();
}

function changedLeaf({ text }: Leaf, stream: Stream): JsonTree {
  return oneOf<() => JsonTree>(stream, [
    () => list([leaf(text)]),
    () => members([['value', leaf(text)]]),
    () => leaf(text.startsWith('"') ? text.slice(1, -1) : `"${text}"`),
    () => leaf(text.toLowerCase()),
    () => leaf(text.replace(/\d/, (digit) => String((Number(digit) + 1 + below(stream, 9)) % 10))),
    () => leaf(text.replace(/"(-?)/, (_, sign) => (sign === '' ? '"-' : '"'))),
    () => leaf(text.replace(/\d+/, '$&$&$&')),
  ])();
}

/** `tree` with one of its nodes changed: to something else altogether, or in one of the ways its kind can go wrong. */
export function mutated(tree: JsonTree, stream: Stream): JsonTree {
  return changedAt(tree, below(stream, size(tree)), (node) => {
    if (stream() < 0.4) return oddLeaf(stream);
    if (node.kind === 'leaf') return changedLeaf(node, stream);
    return node.kind === 'list' ? changedList(node, stream) : changedMembers(node, stream);
  });
}
