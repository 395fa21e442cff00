import type { ImportOutcome } from '@app/store';
import { summary } from './summary.js';

const OUTCOME: ImportOutcome = {
  id: 'a'.repeat(64),
  asOf: '2026-08-21T20:00:00.000Z',
  isNew: true,
  underlyingCount: 2,
  contractCount: 3_000,
  refusedCount: 7,
  flaggedCount: 4,
  report: {
    files: { quotes: { rows: 3_007, taken: 3_000, refused: 7, repeated: 0 } },
    refused: [{ file: 'quotes', code: 'OUT_OF_RANGE', count: 7 }],
    refusedExamples: [],
    notes: [{ file: 'underlyings', code: 'PRICE_ROUNDED', count: 1 }],
    noteExamples: [],
    underlyings: { productClasses: { EQUITY: 1, NARROW_INDEX: 1 }, bases: { SHARE: 1, ASSUMED: 1 }, assumed: ['ZZF'] },
    flags: { NO_BID: 4 },
    flaggedContracts: 4,
    volatilities: { SOLVED: 2_996, FLOOR: 4 },
  },
};

describe('summary', () => {
  const lines = (outcome: ImportOutcome) =>
    summary(outcome, 'main', 2)
      .split('\n')
      .map((line) => line.trim().replaceAll(/ {2,}/g, ' '));

  it('counts what was taken, refused, noted, flagged and how volatilities came to be', () => {
    expect(lines(OUTCOME)).toEqual(
      expect.arrayContaining([
        'Stored.',
        `Snapshot ${OUTCOME.id}`,
        'contracts 3,000',
        'rows 7',
        'quotes: OUT_OF_RANGE 7',
        'underlyings: PRICE_ROUNDED 1',
        'EQUITY 1',
        'ASSUMED 1',
        'Assumed: the widest range, alone',
        'ZZF',
        'contracts with a flag 4',
        'SOLVED 2,996',
        'FLOOR 4',
        'in all 2.0 s',
        'contracts a second 1,500',
      ]),
    );
  });

  it('says that the content was there, and how long a plain COPY takes', () => {
    expect(lines({ ...OUTCOME, isNew: false })[0]).toBe('Already there: nothing was changed.');
    expect(lines({ ...OUTCOME, copySeconds: 0.5 })).toContain('a plain COPY of the option rows 0.50 s');
    expect(lines({ ...OUTCOME, copySeconds: 0.5 })).toContain('the import is that many times as long 4.0');
  });
});
