import type { RepriceRun, ResultChange, RunChanges, RunTotals } from '@app/store';

/** A run and what it is compared with. */
export interface Compared {
  readonly run: Pick<RepriceRun, 'id' | 'state' | 'snapshotId' | 'failure'>;
  readonly seconds: number;
  readonly totals: RunTotals;
  readonly previous: {
    readonly totals: RunTotals;
    readonly changes: RunChanges;
    readonly largest: readonly ResultChange[];
    readonly newDeficits: readonly ResultChange[];
    readonly samePrices: boolean;
  } | null;
}

const NAME_WIDTH = 26;
const AMOUNT_WIDTH = 24;

/** The summary table of a run, in dollars. */
export function summary({ run, seconds, totals, previous }: Compared): string {
  const rate = Math.round(totals.accounts / seconds).toLocaleString('en-US');
  const lines = [
    `Run ${run.id} on snapshot ${run.snapshotId.slice(0, 12)}…: ${run.state}, ${seconds.toFixed(1)} s, ${rate} accounts a second`,
    ...(run.failure === null ? [] : [run.failure]),
    '',
    row('', 'now', previous === null ? '' : 'before'),
    ...totalRows(totals, previous?.totals ?? null),
  ];
  if (previous === null) return `${lines.join('\n')}\n`;
  const { changes, largest, newDeficits, samePrices } = previous;
  lines.push(
    '',
    `Of ${count(changes.compared)} accounts in both, ${count(changes.intoDeficit)} crossed into deficit and ` +
      `${count(changes.outOfDeficit)} out of it.`,
    ...changeRows('Newly in deficit', newDeficits, samePrices),
    ...changeRows('Largest changes of excess', largest, samePrices),
  );
  return `${lines.join('\n')}\n`;
}

function totalRows(now: RunTotals, before: RunTotals | null): readonly string[] {
  const line = (name: string, text: (totals: RunTotals) => string): string =>
    row(name, text(now), before === null ? '' : text(before));
  return [
    line('accounts', ({ accounts }) => count(accounts)),
    line('without a margin', ({ deadLetters }) => count(deadLetters)),
    line('in deficit', ({ deficits }) => count(deficits)),
    line('their shortfall', ({ shortfall }) => dollars(shortfall)),
    line('requirement', ({ requirement }) => dollars(requirement)),
    line('by the rule book alone', ({ regulatoryRequirement }) => dollars(regulatoryRequirement)),
    line('equity', ({ equity }) => dollars(equity)),
  ];
}

function changeRows(title: string, changes: readonly ResultChange[], samePrices: boolean): readonly string[] {
  if (changes.length === 0) return [];
  return ['', title, ...changes.map((change) => changeRow(change, samePrices))];
}

function changeRow(change: ResultChange, samePrices: boolean): string {
  const before = BigInt(change.equityBefore) - BigInt(change.requirementBefore);
  const after = BigInt(change.equityAfter) - BigInt(change.requirementAfter);
  const causes = [
    ...(samePrices ? [] : ['prices']),
    ...(change.positionsChanged ? ['positions'] : []),
    ...(change.rulesChanged ? ['rules'] : []),
  ];
  const excess = `${dollars(String(before))} → ${dollars(String(after))}`;
  return `  ${change.accountId.padEnd(NAME_WIDTH)}${excess.padStart(2 * AMOUNT_WIDTH - 8)}   ${causes.join(', ')}`;
}

function row(name: string, now: string, before: string): string {
  return `  ${name.padEnd(NAME_WIDTH)}${now.padStart(AMOUNT_WIDTH)}${before.padStart(AMOUNT_WIDTH)}`.trimEnd();
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** Cents, however many, as dollars with separators. */
function dollars(cents: string): string {
  const digits = cents.replace('-', '').padStart(3, '0');
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${cents.startsWith('-') ? '-' : ''}${whole}.${digits.slice(-2)}`;
}
