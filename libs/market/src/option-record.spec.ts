import { contractRow } from './option-record.js';

const record = {
  symbol: 'AAPL  260824C00262500',
  type: 'equity_option',
  underlying: 'AAPL',
  root: 'AAPL',
  expiry: '2026-08-24',
  strike: '262.50',
  right: 'C',
  style: 'american',
  multiplier: '100',
};

describe('contractRow', () => {
  it('reads a contract', () => {
    expect(contractRow(record)).toMatchObject({
      kind: 'CONTRACT',
      contract: {
        symbol: 'AAPL  260824C00262500',
        underlying: 'AAPL',
        right: 'CALL',
        expiry: '2026-08-24',
        strike: 262.5,
        exercise: 'AMERICAN',
        adjusted: false,
      },
    });
  });

  it.each([
    [{ type: 'adjusted_equity_option' }, true],
    [{ underlying: 'XYZ' }, true], // a root that a merger left under another company
    [{ symbol: 'AAPL1 260824C00262500', root: 'AAPL1' }, true],
    [{ symbol: 'BRKB  260824C00262500', root: 'BRKB', underlying: 'BRK-B' }, false],
    [{ symbol: 'SPXW  260824C00262500', root: '', underlying: 'SPX' }, false],
  ])('with %j is adjusted: %s', (change, adjusted) => {
    expect(contractRow({ ...record, ...change })).toMatchObject({ kind: 'CONTRACT', contract: { adjusted } });
  });

  it.each([
    [{ type: 'adjusted_equity_option', deliverable: '25 AAPL' }, true, [{ symbol: 'AAPL', shares: 25 }]],
    [{ deliverable: '100 AAPL + 1.50 USD' }, true, [{ symbol: 'AAPL', shares: 100 }]],
    // A root of its own that delivers what every contract does.
    [{ symbol: 'AAPL1 260824C00262500', root: 'AAPL1', deliverable: '100 AAPL' }, false, undefined],
  ])('with %j is adjusted: %s, and delivers %j', (change, isAdjusted, components) => {
    const row = contractRow({ ...record, ...change });
    const { adjusted, deliverable } = row.kind === 'CONTRACT' ? row.contract : { adjusted: null, deliverable: null };
    expect([adjusted, deliverable?.components]).toEqual([isAdjusted, components]);
  });

  it.each([
    [{ type: 'future_option', symbol: 'ESZ6C6500', underlying: 'ESZ6', multiplier: '50' }, 'ON_FUTURE'],
    [{ type: 'warrant', symbol: 'AAPL.WS', multiplier: '1' }, 'WARRANT'],
  ])('reads the terms of %j from their columns', (change, form) => {
    const terms = { right: 'CALL', expiry: '2026-08-24', strike: 262.5, adjusted: false };
    expect(contractRow({ ...record, ...change })).toMatchObject({
      contract: { form, symbol: change.symbol, ...terms },
    });
  });

  it.each([
    [{ deliverable: 'AAPL' }, 'deliverable', 'UNKNOWN_WORD'],
    [{ type: 'warrant', symbol: 'AAPL.WS', deliverable: '1 AAPL' }, 'deliverable', 'CONTRADICTION'],
    [{ type: 'warrant', symbol: 'AAPL.WS', strike: '0' }, 'strike', 'OUT_OF_RANGE'],
    [{ type: 'warrant' }, 'symbol', 'NOT_A_SYMBOL'],
    [{ symbol: 'AAPL' }, 'symbol', 'NOT_A_SYMBOL'],
    [{ symbol: undefined }, 'symbol', 'MISSING'],
    [{ type: 'bond' }, 'type', 'UNKNOWN_WORD'],
    [{ type: 'constructor' }, 'type', 'UNKNOWN_WORD'],
    [{ underlying: '' }, 'underlying', 'MISSING'],
    [{ underlying: 'A|B' }, 'underlying', 'NOT_A_SYMBOL'],
    [{ root: 'IBM' }, 'root', 'CONTRADICTION'],
    [{ expiry: '2026-08-25' }, 'expiry', 'CONTRADICTION'],
    [{ expiry: '2026-02-30' }, 'expiry', 'NOT_A_DATE'],
    [{ strike: '263' }, 'strike', 'CONTRADICTION'],
    [{ strike: '2.625e2' }, 'strike', 'NOT_A_DECIMAL'],
    [{ right: 'P' }, 'right', 'CONTRADICTION'],
    [{ style: 'bermudan' }, 'style', 'UNKNOWN_WORD'],
    [{ multiplier: '0' }, 'multiplier', 'OUT_OF_RANGE'],
    [{ multiplier: 'NaN' }, 'multiplier', 'NOT_A_DECIMAL'],
  ])('refuses %j for its %s', (change, column, code) => {
    const row = contractRow({ ...record, ...change });
    expect(row).toMatchObject({ kind: 'REFUSED', column, code });
  });

  it('hands on the symbol of a refused row only where it is one', () => {
    expect(contractRow({ ...record, style: '' })).toMatchObject({ symbol: record.symbol });
    expect(contractRow({ ...record, symbol: '<script>' })).toMatchObject({ symbol: null });
  });
});
