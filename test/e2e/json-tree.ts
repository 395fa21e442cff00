/** JSON as it is written, so that it can hold what no JavaScript value can: names twice, −0, 1e400, half a surrogate. */
export type JsonTree = Leaf | List | Members;
interface Leaf {
  readonly kind: 'leaf';
  readonly text: string;
}
interface List {
  readonly kind: 'list';
  readonly items: readonly JsonTree[];
}
interface Members {
  readonly kind: 'members';
  readonly entries: readonly (readonly [name: string, value: JsonTree])[];
}

export const leaf = (text: string): Leaf => ({ kind: 'leaf', text });
const list = (items: readonly JsonTree[]): List => ({ kind: 'list', items });
const members = (entries: Members['entries']): Members => ({ kind: 'members', entries });

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

/** Numbers in [0, 1). */
export type Stream = () => number;
export const below = (stream: Stream, limit: number): number => Math.floor(stream() * limit);
export const oneOf = <T>(stream: Stream, all: readonly T[]): T => all[below(stream, all.length)];

/** Stands for what a caller may not get to read again in the words of an error. */
export const CANARY = 'cAnArY';

const deep = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

/** Values that something somewhere could stumble over. */
const ODD_VALUES: readonly string[] = [
  ...[
    'null',
    'true',
    'false',
    '0',
    '-0',
    '-1',
    '1',
    '0.1',
    '-0.0',
    '1.5',
    '1e2',
    '1E-7',
    '1e308',
    '1e400',
    '-1e400',
    '5e-324',
  ],
  ...[
    '9007199254740993',
    '123456789012345678901234567890',
    '0.1234567890123456789',
    '1e-400',
    '100000000000000',
    '999999999999999',
  ],
  ...[
    '[]',
    '{}',
    '[[]]',
    '[null]',
    '{"a":1}',
    '{"__proto__":{"x":1}}',
    '{"constructor":{"prototype":1}}',
    deep(31),
    deep(5000),
  ],
  ...[
    '""',
    '" "',
    '"0"',
    '"-0"',
    '"1"',
    '"-1"',
    '"+1"',
    '"1."',
    '".5"',
    '"00"',
    '"1e5"',
    '"0x10"',
    '"1,000"',
    '" 1"',
    '"1\\n"',
    '"１２"',
  ],
  ...[
    '"NaN"',
    '"Infinity"',
    '"-Infinity"',
    '"null"',
    '"undefined"',
    '"true"',
    `"${CANARY}"`,
    `"${CANARY}; DROP TABLE accounts; --"`,
  ],
  ...[
    '"999999999999999999"',
    '"-999999999999999999"',
    '"1000000000000000000"',
    '"0.0000000001"',
    '"0.00000000001"',
    '"999999999999999999.9999999999"',
  ],
  ...[
    '"\\u0000"',
    '"\\ud800"',
    '"\\udc00x"',
    '"😀"',
    '"\\u202e"',
    '"e\\u0301"',
    '"\\uFFFF"',
    `"${'x'.repeat(10_000)}"`,
    `"${'9'.repeat(400)}"`,
  ],
  ...[
    '"2026-02-30"',
    '"0000-00-00"',
    '"0001-01-01"',
    '"9999-12-31"',
    '"2026-06-12"',
    '"2026-06-12T25:00:00Z"',
    '"2026-06-12T20:00:00.000Z"',
  ],
  ...[
    '"1969-12-31T23:59:59Z"',
    '"9999-12-31T23:59:59.999Z"',
    '"0000-01-01T00:00:00Z"',
    '"2007-02-23T21:00:00+14:00"',
    '"275760-09-13T00:00:00Z"',
  ],
  ...[
    '"HLVN"',
    '"hlvn"',
    '"NOSUCH"',
    '"MDX"',
    '"OLDN"',
    '"IBM"',
    '"HLVN  260231C00100000"',
    '"HLVN  260717C99999999"',
    '"HLVN  260717C00000000"',
  ],
  ...[
    '"HLVN260717C00225000"',
    '"HLVN 260717C00225000"',
    '"HLVN  260612C00210000"',
    '"1HLVN  260717C00225000"',
    '"IBM   991231P00000001"',
    '"A"',
  ],
  ...[
    '"BUY"',
    '"buy"',
    '"SELL"',
    '"EQUITY"',
    '"HIGH_CAP_INDEX"',
    '"REG_T"',
    '"FIRM"',
    '"minimumCharge"',
    '"AMERICAN"',
    '"scenarios"',
  ],
];

const ODD_NAMES = [
  '__proto__',
  'constructor',
  'toString',
  '',
  'orders',
  'symbol',
  'price',
  'a/b',
  'a~b',
  '😀',
  CANARY,
  'x'.repeat(300),
];

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
