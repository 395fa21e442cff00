const IBM_MARKET = {
  asOf: '2007-02-23T21:00:00.000Z',
  rates: [{ days: 57, rate: 0.0508 }],
  underlyings: [{ symbol: 'IBM', type: 'EQUITY', price: '97.73', productClass: 'EQUITY', classGroup: 'IBM' }],
  options: [
    { symbol: 'IBM   070421C00105000', price: '0.40', exercise: 'AMERICAN', multiplier: '100' },
    { symbol: 'IBM   070421P00095000', price: '1.02', exercise: 'AMERICAN', multiplier: '100' },
  ],
};

/** They run as printed, on the demo and elsewhere. */
export const ANALYSIS_EXAMPLES = {
  demo: {
    summary: 'A book on the latest prices of the demo',
    value: {
      account: { name: 'Northwind', cash: '-160000.00', uncoveredOptionsApproved: true },
      positions: [
        { symbol: 'HLVN', quantity: '1000' },
        { symbol: 'HLVN  260717C00225000', quantity: '-10' },
        { symbol: 'HLVN  260821P00200000', quantity: '10' },
        { symbol: 'MDXE', quantity: '500' },
        { symbol: 'MDX   260821P05900000', quantity: '2' },
        { symbol: 'MDX   260821P06000000', quantity: '-2' },
        { symbol: 'PYLM', quantity: '800' },
      ],
      feed: 'demo',
    },
  },
  collar: {
    summary: 'A collar on a market given here',
    value: {
      account: { cash: '0', type: 'CUSTOMER' },
      positions: [
        { symbol: 'IBM', quantity: '10000' },
        { symbol: 'IBM   070421C00105000', quantity: '-100' },
        { symbol: 'IBM   070421P00095000', quantity: '100' },
      ],
      market: IBM_MARKET,
      equityTier: 'INTRADAY_MONITORING',
    },
  },
};

/** A clearing position file. */
export const POSITION_FILE_EXAMPLE =
  'account,symbol,long,short\r\nNW-1,HLVN,1000,0\r\nNW-1,HLVN  260717C00225000,0,10\r\n';
