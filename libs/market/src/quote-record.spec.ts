import { quoteRow } from './quote-record.js';

const symbol = 'AAPL  260824C00262500';

describe('quoteRow', () => {
  it('reads a blank side as absent and 0 as 0', () => {
    const row = quoteRow({ symbol, bid: '', ask: '0' });
    expect(row).toMatchObject({ kind: 'QUOTE', symbol, quote: { bid: null } });
    expect(row.kind === 'QUOTE' && row.quote.ask?.toFixed()).toBe('0');
  });

  it.each([
    [{ symbol: 'aapl', bid: '1', ask: '2' }, 'symbol', 'NOT_A_SYMBOL'],
    [{ symbol, bid: '-1', ask: '2' }, 'bid', 'OUT_OF_RANGE'],
    [{ symbol, bid: '1', ask: 'Infinity' }, 'ask', 'NOT_A_DECIMAL'],
    [{ symbol, bid: '1', ask: '1.00000000001' }, 'ask', 'NOT_A_DECIMAL'],
    [{ symbol, bid: '1', ask: '1234567890123456789' }, 'ask', 'NOT_A_DECIMAL'],
  ])('refuses %j for its %s', (record, column, code) => {
    expect(quoteRow(record)).toMatchObject({ kind: 'REFUSED', column, code });
  });
});
