/** Each runs as printed on the demo's account `demo-in-deficit`. */
export const STORED_EXAMPLES = {
  cure: {
    summary: 'Cure a deficit with what the account’s own chains offer',
    description: 'The fewest dollars traded after which excess is not negative: the demo has marks and no quotes.',
    value: {},
  },
  'cure-with-quotes': {
    summary: 'The same with two calls to choose from, each with its quote',
    value: {
      instruments: [
        { symbol: 'NVRD  260717C00520000', bid: '17.10', ask: '17.40' },
        { symbol: 'NVRD  260717C00540000', bid: '10.20', ask: '10.60' },
      ],
      mostLots: '50',
    },
  },
};

/** Nothing stored: market and portfolio in the request. */
export const GIVEN_EXAMPLES = {
  'free-an-amount': {
    summary: 'Set 20,000.00 free under short IBM calls of 23 February 2007',
    value: {
      account: { methodology: 'PORTFOLIO_MARGIN', cash: '250000.00' },
      positions: [{ symbol: 'IBM   070421C00100000', quantity: '-100' }],
      market: {
        asOf: '2007-02-23T21:00:00.000Z',
        rates: [{ days: 57, rate: 0.051 }],
        underlyings: [{ symbol: 'IBM', type: 'EQUITY', price: '97.73', productClass: 'EQUITY', classGroup: 'IBM' }],
        options: [
          { symbol: 'IBM   070421C00100000', price: '1.68', exercise: 'AMERICAN', multiplier: '100' },
          { symbol: 'IBM   070421C00105000', price: '0.40', exercise: 'AMERICAN', multiplier: '100' },
        ],
      },
      free: '20000.00',
      instruments: [
        { symbol: 'IBM', lot: '100', bid: '97.70', ask: '97.76' },
        { symbol: 'IBM   070421C00105000', bid: '0.35', ask: '0.45' },
      ],
    },
  },
};
