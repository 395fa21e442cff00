import { dividendRow } from './dividend-record.js';

const record = { symbol: 'IBM', ex_date: '2007-03-08', amount: '0.30' };

it('reads a declared dividend', () => {
  expect(dividendRow(record)).toEqual({
    kind: 'DIVIDEND',
    symbol: 'IBM',
    dividend: { exDate: '2007-03-08', amount: 0.3 },
  });
});

it.each([
  [{ symbol: '' }, 'symbol', 'MISSING'],
  [{ ex_date: '2007-02-29' }, 'ex_date', 'NOT_A_DATE'],
  [{ amount: '0' }, 'amount', 'OUT_OF_RANGE'],
])('refuses %j for its %s', (change, column, code) => {
  expect(dividendRow({ ...record, ...change })).toMatchObject({ kind: 'REFUSED', column, code });
});
