import { futureRow } from './future-record.js';

const record = { symbol: 'ESZ6', underlying: 'SPX', expiry: '2026-12-18', multiplier: '50', price: '7712.25' };

describe('futureRow', () => {
  it('reads a future, with or without a price', () => {
    const row = futureRow(record);
    expect(row).toMatchObject({ kind: 'FUTURE_ROW', future: { kind: 'FUTURE', symbol: 'ESZ6', underlying: 'SPX' } });
    expect(row.kind === 'FUTURE_ROW' && row.future.price?.toFixed()).toBe('7712.25');
    expect(futureRow({ ...record, price: '' })).toMatchObject({ future: { price: null } });
  });

  it.each([
    [{ symbol: 'es' }, 'symbol', 'NOT_A_SYMBOL'],
    [{ multiplier: '0' }, 'multiplier', 'OUT_OF_RANGE'],
    [{ price: '-1' }, 'price', 'OUT_OF_RANGE'],
    [{ expiry: '2026-02-30' }, 'expiry', 'NOT_A_DATE'],
    [{ underlying: '' }, 'underlying', 'MISSING'],
  ])('refuses %j for its %s', (change, column, code) => {
    expect(futureRow({ ...record, ...change })).toMatchObject({ kind: 'REFUSED', column, code });
  });
});
