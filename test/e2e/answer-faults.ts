type Json = ReturnType<typeof JSON.parse>;
type Triple = Readonly<Record<'before' | 'after' | 'change', string>>;

/** In units of 1e-10: exact for everything an answer holds. */
function exact(text: string): bigint {
  if (!/^-?\d+(?:\.\d{1,10})?$/.test(text)) throw new Error(`${text} is not a decimal`);
  const [whole, decimals = ''] = text.replace('-', '').split('.');
  const size = BigInt(whole + decimals.padEnd(10, '0'));
  return text.startsWith('-') ? -size : size;
}

/** Every { before, after, change } of text in `node`, with where it is. */
function triples(node: Json, where = ''): [where: string, triple: Triple][] {
  if (typeof node !== 'object' || node === null) return [];
  if (typeof node.change === 'string') return [[where, node]];
  return Object.entries(node).flatMap(([key, value]) => triples(value, `${where}/${key}`));
}

const sum = (lines: readonly Json[], pick: (line: Json) => string): bigint =>
  lines.reduce((total: bigint, line: Json) => total + exact(pick(line)), 0n);

/** Where the numbers of a what-if contradict each other, to the last decimal. */
export function answerFaults(json: Json): string[] {
  const { decision, requirement, equity, excess, regulatory, classGroups, regT } = json;
  const faults = triples(json)
    .filter(([, { before, after, change }]) => exact(after) - exact(before) !== exact(change))
    .map(([where]) => `${where}: change is not after less before`);
  const fault = (isRight: boolean, name: string) => (isRight ? undefined : faults.push(name));
  fault(decision === 'ACCEPT' || decision === 'REJECT', 'no decision');
  fault(json.riskReducing === exact(requirement.change) < 0n, 'riskReducing is not that the requirement falls');
  for (const side of ['before', 'after'] as const) {
    fault(exact(requirement[side]) >= 0n, `${side}: a requirement below zero`);
    fault(exact(equity[side]) - exact(requirement[side]) === exact(excess[side]), `${side}: excess`);
    if (regT !== undefined) faults.push(...regTFaults(regT, side));
    // Class groups are portfolio margin's, which decides only about its own accounts.
    if (classGroups === undefined || json.methodology === 'REG_T') continue;
    fault(sum(classGroups, (line) => line.requirement[side]) === exact(requirement[side]), `${side}: class groups`);
    if (regulatory === undefined) continue;
    const byTheBook = sum(classGroups, (line) => line.regulatoryRequirement[side]);
    fault(byTheBook === exact(regulatory.requirement[side]), `${side}: regulatory class groups`);
    fault(exact(regulatory.requirement[side]) <= exact(requirement[side]), `${side}: house rules loosen`);
  }
  const mayPass = exact(excess.after) >= 0n || (json.riskReducing && decision === 'ACCEPT');
  fault((decision === 'ACCEPT') === mayPass, 'the decision is not what the excess says');
  return faults;
}

function regTFaults({ initial, equity, excess, maintenance, strategies }: Json, side: 'before' | 'after'): string[] {
  const faults: string[] = [];
  if (exact(equity[side]) - exact(initial[side]) !== exact(excess[side])) faults.push(`${side}: Reg T excess`);
  if (exact(initial[side]) < 0n || exact(maintenance[side]) < 0n) faults.push(`${side}: below zero under Reg T`);
  // Each line is rounded to the nearest cent, their sum up to the next one.
  const off = sum(strategies[side], (line) => line.requirement) - exact(initial[side]);
  const cent = 10n ** 8n;
  if (off > cent * BigInt(strategies[side].length + 1) || -off > cent * BigInt(strategies[side].length + 1)) {
    faults.push(`${side}: strategies do not add up`);
  }
  return faults;
}
