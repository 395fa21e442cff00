import { getSchemaPath } from '@nestjs/swagger';
import { NewSnapshotDto } from './new-snapshot.dto.js';

const file = (columns: string) => ({
  type: 'string' as const,
  format: 'binary',
  description: `CSV with a header, plain or gzip. Columns: ${columns}; others are not read.`,
});

const FORM_SCHEMA = {
  type: 'object' as const,
  required: ['instruments', 'quotes', 'underlyings', 'rates'],
  properties: {
    instruments: file(
      'symbol (OSI; a ticker where the type is future_option or warrant), type, underlying, expiry, strike, right, ' +
        'style, multiplier, and root and deliverable (10 AAA + 5.5 BBB + 12.34 USD) if there are any',
    ),
    quotes: file('symbol, bid, ask, dollars per share'),
    underlyings: file(
      'symbol, type, price, and if there are any name, dividend_yield (a fraction), leverage_factor, price_date, ' +
        'product_class, class_group, product_group, portfolio_group, beta, market_cap, shares_outstanding, ' +
        'average_daily_volume, earnings_date, marginable (true or false), bond_issuer, bond_maturity',
    ),
    rates: file('date, tenor_years, par_yield_pct (4.24 is 4.24 % a year), and curve if there is one'),
    dividends: file('symbol, ex_date, amount, dollars per share. May be left out'),
    futures: file('symbol, underlying, expiry, multiplier, price. May be left out'),
    feed: { type: 'string' as const, description: 'The market feed it belongs to. Default main.' },
    source: { type: 'string' as const, maxLength: 200, description: 'Where the prices are from, for people.' },
    asOf: {
      type: 'string' as const,
      format: 'date-time',
      description: 'When the prices were. Default: the close of the exchanges on the date of the rates.',
    },
  },
};

const EXAMPLE = {
  feed: 'desk',
  asOf: '2007-02-23T21:00:00.000Z',
  rates: [{ days: 57, rate: 0.0508 }],
  underlyings: [{ symbol: 'IBM', type: 'EQUITY', price: '97.73', productClass: 'EQUITY', classGroup: 'IBM' }],
  options: [{ symbol: 'IBM   070421C00100000', price: '1.68', exercise: 'AMERICAN', multiplier: '100' }],
};

/** Both forms of a new snapshot, for the OpenAPI document. */
export const NEW_SNAPSHOT_BODY = {
  required: true,
  content: {
    'multipart/form-data': { schema: FORM_SCHEMA },
    'application/json': { schema: { $ref: getSchemaPath(NewSnapshotDto) }, example: EXAMPLE },
  },
};
