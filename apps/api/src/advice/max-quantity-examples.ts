/** Each runs as printed on the demo's account `demo-empty`. */
export const STORED_EXAMPLES = {
  shares: {
    summary: 'Shares on 250,000.00: 15 % of each must be covered',
    description: '250,000.00 over 31.86 a share: 7,846 pass, and one more does not.',
    value: { order: { price: '212.40', legs: [{ symbol: 'HLVN', side: 'BUY', ratioQty: '1' }] } },
  },
  'ratio-spread': {
    summary: 'One call bought, two farther out sold',
    value: {
      order: {
        price: '3.65',
        legs: [
          { symbol: 'HLVN  260821C00215000', side: 'BUY', ratioQty: '1' },
          { symbol: 'HLVN  260821C00235000', side: 'SELL', ratioQty: '2' },
        ],
      },
      most: '10000',
    },
  },
};

/** Nothing stored: market and portfolio in the request. */
export const GIVEN_EXAMPLES = {
  'short-calls': {
    summary: 'IBM calls on 23 February 2007',
    value: {
      account: { methodology: 'PORTFOLIO_MARGIN', cash: '250000.00' },
      positions: [{ symbol: 'IBM', quantity: '5000' }],
      market: {
        asOf: '2007-02-23T21:00:00.000Z',
        rates: [{ days: 57, rate: 0.051 }],
        underlyings: [{ symbol: 'IBM', type: 'EQUITY', price: '97.73', productClass: 'EQUITY', classGroup: 'IBM' }],
        options: [{ symbol: 'IBM   070421C00100000', price: '1.68', exercise: 'AMERICAN', multiplier: '100' }],
      },
      order: { price: '1.68', legs: [{ symbol: 'IBM   070421C00100000', side: 'SELL', ratioQty: '1' }] },
    },
  },
};
