/** A call with a body that is right. */
export interface Target {
  readonly method: string;
  /** {whatIf}, {reservation} and {limit} stand for ids of what is there, which only the service can give. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export const CALL = 'HLVN  260717C00225000';
/** Whatever the account's version, one of these is it: If-Match may be a list. */
export const ANY_VERSION = { 'if-match': Array.from({ length: 999 }, (_, version) => `"${version}"`).join() };

const ORDERS = [
  {
    clOrdId: 'A-1',
    orderQty: '10',
    ordType: 'LIMIT',
    price: '2.50',
    legs: [{ symbol: CALL, side: 'SELL', ratioQty: '1' }],
  },
  {
    ...{ clOrdId: 'A-2', orderQty: 2, price: null },
    legs: [
      { symbol: 'HLVN  260821C00235000', side: 'SELL_SHORT', ratioQty: 2 },
      { symbol: 'HLVN', side: 'BUY', ratioQty: 50 },
    ],
  },
];
const POSITIONS = [
  { symbol: 'IBM', quantity: '1000' },
  { symbol: 'IBM   070421C00100000', quantity: -10 },
  { symbol: 'IBM1  070421C00100000', quantity: 2 },
];
const MARKET = {
  asOf: '2007-02-23T21:00:00.000Z',
  rates: [{ days: 57, rate: 0.0508 }],
  underlyings: [
    {
      ...{
        symbol: 'IBM',
        type: 'EQUITY',
        price: '97.73',
        productClass: 'EQUITY',
        classGroup: 'IBM',
        productGroup: null,
      },
      ...{ leverage: 1, dividendYield: 0.01, dividends: [{ exDate: '2007-03-08', amount: '0.30' }] },
      ...{ portfolioGroup: null, beta: 0.95, marketCap: '146000000000', sharesOutstanding: 1.5e9 },
      ...{ averageDailyVolume: '7000000', earningsDate: '2007-04-17', marginable: true, bond: null },
    },
    {
      ...{ symbol: 'SPX', type: 'INDEX', price: 1451.19, productClass: 'HIGH_CAP_INDEX', classGroup: 'SPX' },
      forwards: [{ expiry: '2007-04-21', forward: '1459.5' }],
    },
    {
      ...{ symbol: 'T2010', type: 'BOND', price: '99.5', productClass: 'EQUITY', classGroup: 'T2010' },
      bond: { issuer: 'US_GOVERNMENT', maturity: '2010-02-15' },
    },
  ],
  options: [
    { symbol: 'IBM   070421C00100000', price: '1.68', exercise: 'AMERICAN', multiplier: '100' },
    {
      symbol: 'SPXW  070421P01400000',
      underlying: 'SPX',
      price: null,
      impliedVolatility: 0.13,
      exercise: 'EUROPEAN',
      multiplier: 100,
    },
    {
      ...{ symbol: 'ESH7P1400', form: 'ON_FUTURE', underlying: 'ESH7', right: 'PUT', expiry: '2007-03-16' },
      ...{ strike: '1400', price: '4.50', exercise: 'AMERICAN', multiplier: '50' },
    },
    {
      ...{ symbol: 'IBM1  070421C00100000', price: '1.10', exercise: 'AMERICAN', multiplier: '100' },
      deliverable: { components: [{ symbol: 'IBM', shares: '25' }], cash: '1500.00' },
    },
  ],
  futures: [{ symbol: 'ESH7', underlying: 'SPX', price: '1458.50', expiry: '2007-03-16', multiplier: '50' }],
};
const HOUSE_RULES = [
  {
    parameter: 'priceMove.down',
    value: -0.2,
    ruleId: 'r1',
    scope: 'FIRM',
    productClass: 'EQUITY',
    effectiveFrom: '2007-01-01',
  },
  {
    parameter: 'minimumCharge',
    value: 0.5,
    classGroup: 'IBM',
    scope: 'ACCOUNT',
    effectiveTo: '2007-12-31',
    reason: 'why',
    author: 'who',
  },
];
const SHADOW = {
  account: { methodology: 'PORTFOLIO_MARGIN', cash: '250000.00', strictVolatility: false },
  orders: [ORDERS[0]],
};

/** Searches and the parts of a what-if that take them. */
const ADVICE: readonly Target[] = [
  {
    method: 'POST',
    path: '/v1/accounts/demo-covered-call/what-if',
    body: {
      orders: [ORDERS[0]],
      alternatives: [{ id: 'other', orders: [ORDERS[1]] }],
      include: ['attribution', 'distance'],
    },
  },
  {
    method: 'POST',
    path: '/v1/accounts/demo-empty/max-quantity',
    body: { order: { price: '2.50', legs: ORDERS[0].legs }, most: '5000' },
  },
  {
    method: 'POST',
    path: '/v1/max-quantity',
    body: {
      ...{ account: SHADOW.account, positions: POSITIONS, market: MARKET },
      order: { legs: [{ symbol: 'ESH7', side: 'BUY', ratioQty: 1 }] },
    },
  },
  {
    method: 'POST',
    path: '/v1/accounts/demo-in-deficit/hedges',
    body: { excess: '10.00', mostLots: 5, instruments: [{ symbol: CALL, lot: 1, bid: '2.50', ask: 2.6 }] },
  },
  {
    method: 'POST',
    path: '/v1/hedges',
    body: {
      ...{ account: SHADOW.account, positions: POSITIONS, market: MARKET, free: '100' },
      instruments: [{ symbol: 'IBM', lot: '10' }],
    },
  },
  {
    method: 'POST',
    path: '/v1/accounts/demo-covered-call/explanations',
    body: { from: { date: '2026-06-12', positions: [{ symbol: 'BRWK', quantity: '1000' }], cash: 5 }, to: {} },
  },
];

const LINKS = [{ listId: 'L-1', contingencyType: 'ONE_CANCELS_THE_OTHER', clOrdIds: ['A-1', 'A-2'] }];

/** Answers worked out again: what stands in the body is not read. */
const REPLAYS: readonly Target[] = ['', '?ruleSet=regulatory', '?ruleSet=current', '?ruleSet=2026-06-12'].map(
  (query) => ({ method: 'POST', path: `/v1/what-ifs/{whatIf}/replay${query}`, body: {} }),
);

/** What becomes of reservations, and orders that are linked or of an account under Regulation T. */
function holds(index: number): readonly Target[] {
  const linked = ORDERS.map((order) => ({ ...order, clOrdId: `${order.clOrdId}-${index}` }));
  const clOrdIds = linked.map(({ clOrdId }) => clOrdId);
  return [
    {
      method: 'POST',
      path: '/v1/reservations/{reservation}/fills',
      body: { execId: `E-${index}`, clOrdId: 'FIRST', lastQty: '1', lastPx: '212.40' },
    },
    { method: 'POST', path: '/v1/reservations/{reservation}/replace', body: { orders: linked, validSeconds: 60 } },
    {
      method: 'POST',
      path: '/v1/reservations/{reservation}/cancel',
      headers: { 'if-match': '"9"' },
      body: { text: 'x' },
    },
    { method: 'POST', path: '/v1/reservations/{reservation}/expire', headers: { 'if-match': '"9"' }, body: {} },
    {
      method: 'POST',
      path: '/v1/accounts/mutated/reservations',
      body: {
        ...{ orders: linked, include: ['worstFill'] },
        links: [{ listId: 'L-1', contingencyType: 'ONE_TRIGGERS_THE_OTHER', clOrdIds }],
      },
    },
    {
      method: 'POST',
      path: '/v1/accounts/mutated-reg-t/reservations',
      body: { orders: linked, links: [{ ...LINKS[0], clOrdIds }], include: ['worstFill'], validSeconds: 2 },
    },
    {
      method: 'POST',
      path: '/v1/accounts/mutated-reg-t/what-if',
      body: { orders: ORDERS, links: LINKS, include: ['regT', 'worstFill'] },
    },
    {
      method: 'POST',
      path: '/v1/what-if',
      body: { ...SHADOW, orders: ORDERS, links: LINKS, include: ['worstFill'], positions: [] },
    },
    {
      method: 'POST',
      path: '/v1/accounts/mutated-reg-t/max-quantity',
      body: { order: { price: '2.50', legs: ORDERS[0].legs }, most: '500' },
    },
    {
      method: 'POST',
      path: '/v1/accounts/demo-reg-t/explanations',
      body: { from: { date: '2026-06-12', cash: 5 }, to: { positions: [{ symbol: 'HLVN', quantity: 5 }] } },
    },
    {
      method: 'PUT',
      path: '/v1/limits/{limit}',
      headers: ANY_VERSION,
      body: { amount: '1000000', reason: 'a test', forgetUsed: true },
    },
    {
      method: 'POST',
      path: '/v1/house-rules/d0000000-0000-4000-8000-000000000001/end?dryRun=true',
      headers: ANY_VERSION,
      body: { effectiveTo: '2026-12-31', reason: 'a test' },
    },
    {
      method: 'POST',
      path: '/v1/house-rules/d0000000-0000-4000-8000-000000000001/withdraw?dryRun=true',
      headers: ANY_VERSION,
      body: { reason: 'a test' },
    },
    { method: 'POST', path: '/v1/house-rule-changes/1/reject', body: { reason: 'a test' } },
    {
      method: 'POST',
      path: '/v1/reprice-schedules/6ef67f6b-9a43-4c49-a3f5-6f2f6a6f0f0b/remove',
      body: { reason: 'why' },
    },
  ];
}

/** Every call that takes JSON; `index` makes the ids of new accounts. */
export function targets(index: number): readonly Target[] {
  const include = ['classGroups', 'scenarios', 'positions', 'regulatory'];
  const account = {
    ...{ id: `m-${index}`, name: 'Mutated', desk: 'demo', type: 'CUSTOMER', methodology: 'PORTFOLIO_MARGIN' },
    ...{ cash: '1000.00', strictVolatility: true, feed: 'demo', positions: [{ symbol: 'HLVN', quantity: 5 }] },
  };
  const orders = [{ clOrdId: 'B', orderQty: 1, legs: [{ symbol: 'ESH7', side: 'BUY', ratioQty: 1 }] }];
  return [
    { method: 'POST', path: '/v1/accounts/demo-empty/what-if', body: { orders: ORDERS, include } },
    { method: 'POST', path: '/v1/accounts/demo-covered-call/what-if', body: { orders: [ORDERS[1]] } },
    // On whatever its positions have been replaced by.
    { method: 'POST', path: '/v1/accounts/mutated/what-if', body: { orders: [ORDERS[1]], include } },
    {
      method: 'POST',
      path: '/v1/what-if',
      body: { ...SHADOW, positions: POSITIONS, market: MARKET, houseRules: HOUSE_RULES, orders, include },
    },
    { method: 'POST', path: '/v1/what-if', body: { ...SHADOW, positions: [{ symbol: 'MDXE', quantity: 3 }], include } },
    {
      method: 'POST',
      path: '/v1/risk-arrays',
      body: {
        market: MARKET,
        symbols: ['IBM', 'SPXW070421P01400000', 'ESH7P1400', 'IBM1  070421C00100000'],
        priceMoves: [-0.1, 0],
        volMoves: [0.5],
      },
    },
    { method: 'POST', path: '/v1/risk-arrays', body: { symbols: [CALL, 'MDX'] } },
    {
      method: 'POST',
      path: '/v1/what-if',
      body: {
        account: { methodology: 'REG_T', cash: '5000' },
        ...{ positions: POSITIONS, market: MARKET, orders: [ORDERS[0]], include: ['regT', 'regulatory'] },
      },
    },
    {
      method: 'POST',
      path: '/v1/shadow-analyses',
      body: {
        account: { cash: '250000.00', name: 'Someone', type: 'CUSTOMER', uncoveredOptionsApproved: true },
        ...{ positions: POSITIONS, market: MARKET, houseRules: HOUSE_RULES, nonMargin: ['IBM'], lowPrice: '5' },
        ...{ equityTier: 'INTRADAY_MONITORING', minimumEquity: 1000, allowPartial: true },
      },
    },
    {
      method: 'POST',
      path: '/v1/shadow-analyses',
      body: { account: { cash: 0 }, positions: POSITIONS, dates: ['2026-06-12'], feed: 'demo', allowPartial: true },
    },
    {
      method: 'POST',
      path: `/v1/house-rules?dryRun=true&limit=5`,
      body: {
        ...{ scope: 'ACCOUNT', accountId: 'mutated', productClass: 'EQUITY', classGroup: null },
        ...{ parameter: 'priceMove.down', value: -0.2 },
        ...{ effectiveFrom: '2026-06-01', effectiveTo: null, reason: 'a test' },
      },
    },
    {
      method: 'POST',
      path: '/v1/house-rules',
      body: {
        ...{ scope: 'ACCOUNT', accountId: 'mutated', symbol: 'HLVN', parameter: 'minimumCharge', value: 0.5 },
        ...{ effectiveFrom: '2026-06-01', effectiveTo: '2026-06-30', reason: 'a test' },
      },
    },
    {
      method: 'POST',
      path: '/v1/house-rules/d0000000-0000-4000-8000-000000000001/amend?dryRun=true',
      headers: ANY_VERSION,
      body: { value: -0.3, effectiveFrom: '2026-07-01', effectiveTo: '2026-12-31', reason: 'a test' },
    },
    {
      method: 'POST',
      path: '/v1/account-groups/short-volatility/members',
      headers: ANY_VERSION,
      body: { add: ['mutated'], remove: ['mutated'], reason: 'a test' },
    },
    {
      method: 'POST',
      path: '/v1/account-groups',
      body: { id: `g-${index}`, name: 'Mutated', members: ['mutated'], reason: 'a test' },
    },
    {
      method: 'PUT',
      path: '/v1/house-rule-packs/ibkr?dryRun=true',
      body: { enabled: false, effectiveFrom: '2026-06-01', reason: 'a test' },
    },
    { method: 'POST', path: '/v1/house-rule-changes/1/approve?dryRun=true', body: { reason: 'a test' } },
    ...ADVICE,
    ...REPLAYS,
    ...holds(index),
    { method: 'POST', path: '/v1/accounts', body: account },
    {
      method: 'POST',
      path: '/v1/accounts/mutated/reservations',
      headers: { 'idempotency-key': `mutated-${index % 50}` },
      body: { orders: ORDERS.map((order) => ({ ...order, clOrdId: `${order.clOrdId}-${index}` })), validSeconds: 5 },
    },
    {
      method: 'POST',
      path: '/v1/accounts/mutated/reservations',
      body: { orders: [{ ...ORDERS[0], clOrdId: `R-${index}` }], include: ['worstFill'] },
    },
    {
      method: 'POST',
      path: '/v1/limits',
      body: { scope: 'DESK', subject: `mutated-${index}`, amount: '1000000', reason: 'a test' },
    },
    {
      method: 'PUT',
      path: '/v1/accounts/mutated/positions',
      headers: ANY_VERSION,
      body: { positions: account.positions, cash: 5 },
    },
    {
      method: 'POST',
      path: '/v1/accounts/mutated/cash-movements',
      headers: ANY_VERSION,
      body: { movementId: `c-${index}`, amount: '-12.50', reason: 'why' },
    },
    {
      method: 'POST',
      path: '/v1/reprice-runs',
      body: { feed: 'demo', accountIds: ['demo-empty', 'mutated'], chunkSize: 10, priority: 'NIGHTLY' },
    },
    { method: 'POST', path: '/v1/reprice-runs', body: { snapshotId: 'a'.repeat(64), desk: 'demo' } },
    {
      method: 'PATCH',
      path: '/v1/reprice-runs/6ef67f6b-9a43-4c49-a3f5-6f2f6a6f0f0b',
      body: { state: 'CANCELLED' },
    },
    {
      method: 'POST',
      path: '/v1/reprice-schedules',
      body: { name: `schedule ${index}`, cron: '30 17 * * 1-5', feed: 'mutated', desk: 'demo', tradingDaysOnly: false },
    },
    { method: 'POST', path: '/v1/margin-calls/review', body: { accountId: 'mutated' } },
    {
      method: 'POST',
      path: '/v1/margin-calls/6ef67f6b-9a43-4c49-a3f5-6f2f6a6f0f0b/extend',
      headers: ANY_VERSION,
      body: { dueOn: '2026-06-24', reason: 'why' },
    },
    {
      method: 'POST',
      path: '/v1/margin-calls/6ef67f6b-9a43-4c49-a3f5-6f2f6a6f0f0b/waive',
      headers: ANY_VERSION,
      body: { reason: 'why' },
    },
    { method: 'POST', path: '/v1/market-snapshots', body: { ...MARKET, feed: 'mutated', source: 'a test' } },
  ];
}
