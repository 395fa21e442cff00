import type { ImportOutcome } from '@app/store';

const LABEL_LENGTH = 46;

/** What an import did, for a terminal. `seconds`: from the first byte read to the commit. */
export function summary(outcome: ImportOutcome, feed: string, seconds: number): string {
  const { report } = outcome;
  const sections = [
    [
      '',
      [
        ['Snapshot', outcome.id],
        ['As of', outcome.asOf],
        ['Feed', feed],
      ],
    ],
    [
      'Taken',
      [
        ['contracts', count(outcome.contractCount)],
        ['underlyings', count(outcome.underlyingCount)],
      ],
    ],
    ['Refused', remarkLines(report.refused, outcome.refusedCount, 'rows')],
    ['Noted', remarkLines(report.notes)],
    ...classificationSections(report.underlyings),
    ['Flagged', [['contracts with a flag', count(outcome.flaggedCount)], ...countLines(report.flags)]],
    ['Volatilities', countLines(report.volatilities)],
    ...forwardSections(report.impliedForwards),
    ['Time', timeLines(outcome, seconds)],
  ] as const satisfies readonly Section[];
  const head = outcome.isNew ? 'Stored.' : 'Already there: nothing was changed.';
  return [`${head}\n`, ...sections.map(([title, lines]) => text(title, lines))].join('\n');
}

type Line = readonly [label: string, value: string];
type Section = readonly [title: string, lines: readonly Line[]];

function text(title: string, lines: readonly Line[]): string {
  const body = lines.map(([label, value]) => `  ${label.padEnd(LABEL_LENGTH)} ${value}\n`).join('');
  return title === '' ? body : `${title}\n${body}`;
}

function remarkLines(
  remarks: readonly { readonly file: string; readonly code: string; readonly count: number }[],
  total?: number,
  what = '',
): Line[] {
  const lines = remarks.map(({ file, code, count: rows }): Line => [`${file}: ${code}`, count(rows)]);
  return total === undefined ? lines : [[what, count(total)], ...lines];
}

function classificationSections(tally: ImportOutcome['report']['underlyings']): Section[] {
  if (tally === undefined) return [];
  const { productClasses, bases, assumed } = tally;
  return [
    ['Product classes', countLines(productClasses)],
    ['Classified by', countLines(bases)],
    ...(assumed.length === 0 ? [] : [['Assumed: the widest range, alone', listLines(assumed)] as const]),
  ];
}

function forwardSections(forwards: ImportOutcome['report']['impliedForwards'] = []): Section[] {
  if (forwards.length === 0) return [];
  const lines = forwards.map(({ symbol, root, expiry, forward, pairs }): Line => {
    return [`${symbol} (${root}) ${expiry}`, `${forward.toFixed(2)} from ${pairs} pairs`];
  });
  return [['Forwards implied by calls and puts', lines]];
}

/** As many to a line as a terminal shows. */
function listLines(symbols: readonly string[]): Line[] {
  const rows = Array.from({ length: Math.ceil(symbols.length / 10) }, (_, row) =>
    symbols.slice(row * 10, row * 10 + 10),
  );
  return rows.map((row) => [row.join(' '), '']);
}

function countLines(counts: Readonly<Record<string, number>>): Line[] {
  return Object.entries(counts).map(([code, number]) => [code, count(number)]);
}

function timeLines({ contractCount, report, copySeconds }: ImportOutcome, seconds: number): Line[] {
  const rows = Object.values(report.files).reduce((sum, file) => sum + file.rows, 0);
  const lines: Line[] = [
    ['in all', `${seconds.toFixed(1)} s`],
    ['rows read a second', count(Math.round(rows / seconds))],
    ['contracts a second', count(Math.round(contractCount / seconds))],
  ];
  if (copySeconds === undefined) return lines;
  const copy: Line = ['a plain COPY of the option rows', `${copySeconds.toFixed(2)} s`];
  return [...lines, copy, ['the import is that many times as long', (seconds / copySeconds).toFixed(1)]];
}

function count(number: number): string {
  return number.toLocaleString('en-US').padStart(12);
}
