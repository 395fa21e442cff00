import { dividendRow } from './dividend-record.js';
import { contractRow } from './option-record.js';
import { quoteRow } from './quote-record.js';
import { rateRow } from './rate-record.js';
import type { Refusal } from './record-field.js';
import { snapshotLine, type SnapshotRow } from './snapshot-line.js';
import { underlyingRow } from './underlying-record.js';

function line(row: SnapshotRow | Refusal): string {
  if (row.kind === 'REFUSED') throw new Error(row.detail);
  return snapshotLine(row);
}

const symbol = 'AAPL  260824C00262500';
const contract = {
  symbol,
  type: 'equity_option',
  underlying: 'AAPL',
  expiry: '2026-08-24',
  strike: '262.5',
  right: 'C',
};

it('says what a row says', () => {
  expect(line(contractRow({ ...contract, style: 'american', multiplier: '100' }))).toBe(
    'CONTRACT|AAPL  260824C00262500|AAPL|AMERICAN|100|',
  );
  expect(line(quoteRow({ symbol, bid: '', ask: '2.50' }))).toBe('QUOTE|AAPL  260824C00262500||2.5');
  expect(line(underlyingRow({ symbol: 'SPY', type: 'etf', price: '765.7200' }, '2026-08-21'))).toBe(
    'UNDERLYING_ROW|SPY|ETF|765.72||HIGH_CAP_INDEX|SPX|US-BROAD|1|0|US-INDICES||||||||',
  );
  expect(line(rateRow({ date: '2026-08-21', tenor_years: '0.250', par_yield_pct: '3.88' }))).toBe(
    'RATE|2026-08-21||0.25|3.88',
  );
  expect(line(dividendRow({ symbol: 'IBM', ex_date: '2007-03-08', amount: '0.30' }))).toBe(
    'DIVIDEND|IBM|2007-03-08|0.3',
  );
});

it('does not depend on how the file wrote it', () => {
  const unpadded = quoteRow({ symbol: 'AAPL260824C00262500', bid: '1.0', ask: '02.50' });
  expect(line(unpadded)).toBe(line(quoteRow({ symbol, bid: '1', ask: '2.5' })));
});

it('depends on everything the row says', () => {
  const other = contractRow({ ...contract, style: 'european', multiplier: '100' });
  expect(line(other)).not.toBe(line(contractRow({ ...contract, style: 'american', multiplier: '100' })));
  expect(line(quoteRow({ symbol, bid: '0', ask: '1' }))).not.toBe(line(quoteRow({ symbol, bid: '', ask: '1' })));
});
