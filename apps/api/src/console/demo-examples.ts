import { ADVICE_EXAMPLES } from './demo-advice-examples.js';
import { type DemoExample, order } from './demo-example.js';

const CLASS_GROUPS = ['classGroups', 'regulatory'] as const;
const SCENARIOS = ['classGroups', 'scenarios'] as const;

const ACCEPTED: DemoExample['expected'] = { status: 200, decision: 'ACCEPT', riskReducing: false };
const ACCEPTED_AS_REDUCING: DemoExample['expected'] = { status: 200, decision: 'ACCEPT', riskReducing: true };
const REJECTED: DemoExample['expected'] = { status: 200, decision: 'REJECT', riskReducing: false };

/** The console offers them, and the tests ask every one. Prices are the demo's marks. */
export const DEMO_EXAMPLES: readonly DemoExample[] = [
  {
    name: 'buy-stock',
    summary: 'Buy 500 shares',
    description:
      'The requirement rises by 15 % of 106,200.00: the worst of ten valuation points is −15 %. Equity does not ' +
      'change, as the shares are worth what they cost.',
    accountId: 'demo-empty',
    request: { orders: [order('BUY-1', '500', '212.40', ['BUY', '1', 'HLVN'])], include: CLASS_GROUPS },
    expected: ACCEPTED,
  },
  {
    name: 'covered-call',
    summary: 'Write calls on shares held',
    description:
      'The calls gain where the shares lose, so that the requirement falls. The scenarios show both ends: −15 % ' +
      'stays the worst point.',
    accountId: 'demo-long-stock',
    request: {
      orders: [order('CC-1', '10', '2.73', ['SELL', '1', 'HLVN  260717C00225000'])],
      include: SCENARIOS,
    },
    expected: ACCEPTED_AS_REDUCING,
  },
  {
    name: 'covered-call-under-both',
    summary: 'The same beside Regulation T: what portfolio margin sets free',
    description:
      'In `regT` the calls are covered, which costs nothing and relieves nothing: half of the shares stays required. ' +
      '`strategies` names the pairing with its source, `capitalFreed` the excess that portfolio margin gives in addition.',
    accountId: 'demo-long-stock',
    request: {
      orders: [order('CC-2', '10', '2.73', ['SELL', '1', 'HLVN  260717C00225000'])],
      include: ['classGroups', 'regT'],
    },
    expected: ACCEPTED_AS_REDUCING,
  },
  {
    name: 'reg-t-account',
    summary: 'Sell puts in an account under Regulation T',
    description:
      'The strategy-based rules decide. Requirement and equity both hold the premium received; the change in excess is ' +
      'what the puts cost: 20 % of the share price less the out-of-the-money amount, 10,040.00.',
    accountId: 'demo-reg-t',
    request: {
      orders: [order('RT-1', '5', '2.77', ['SELL', '1', 'HLVN  260821P00190000'])],
      include: ['regT'],
    },
    expected: ACCEPTED,
  },
  {
    name: 'reg-t-reject',
    summary: 'Buy shares on half credit: REJECT, where portfolio margin would let them through',
    description:
      'Half of 63,720.00 is more than the excess under Regulation T. `regulatory` shows portfolio margin beside it, and ' +
      '`regT.capitalFreed` what moving the account would set free.',
    accountId: 'demo-reg-t',
    request: {
      orders: [order('RT-2', '300', '212.40', ['BUY', '1', 'HLVN'])],
      include: ['regT', 'regulatory'],
    },
    expected: REJECTED,
  },
  {
    name: 'short-strangle',
    summary: 'Sell a strangle',
    description:
      'One order of two legs for a net credit of 5.82. Only one side can lose at a time: the requirement is about ' +
      "that of the dearer side, less the other side's gain.",
    accountId: 'demo-empty',
    request: {
      orders: [
        order('STR-1', '5', '-5.82', ['SELL', '1', 'HLVN  260821C00235000'], ['SELL', '1', 'HLVN  260821P00190000']),
      ],
      include: SCENARIOS,
    },
    expected: ACCEPTED,
  },
  {
    name: 'iron-condor',
    summary: 'Sell an index condor: four legs at one net price',
    description: 'The bought wings bound the loss at 100 points × 100 × 2, less the credit.',
    accountId: 'demo-empty',
    request: {
      orders: [
        order(
          'IC-1',
          '2',
          '-48.00',
          ['BUY', '1', 'MDX   260821P05900000'],
          ['SELL', '1', 'MDX   260821P06000000'],
          ['SELL', '1', 'MDX   260821C06500000'],
          ['BUY', '1', 'MDX   260821C06600000'],
        ),
      ],
      include: SCENARIOS,
    },
    expected: ACCEPTED,
  },
  {
    name: 'ratio-spread',
    summary: 'Buy one call, sell two farther out',
    description: 'Down, it can lose what it cost; up, one of the two calls sold is uncovered and sets the requirement.',
    accountId: 'demo-empty',
    request: {
      orders: [
        order('RS-1', '5', '3.65', ['BUY', '1', 'HLVN  260821C00215000'], ['SELL', '2', 'HLVN  260821C00235000']),
      ],
      include: SCENARIOS,
    },
    expected: ACCEPTED,
  },
  {
    name: 'long-straddle',
    summary: 'Buy a straddle: the minimum charge binds',
    description:
      'It gains both ways. What is required is the minimum charge, 37.50 for each of the twenty contracts: the greater ' +
      'of the two, not their sum.',
    accountId: 'demo-empty',
    request: {
      orders: [
        order('LS-1', '10', '23.35', ['BUY', '1', 'QBRT  260717C00155000'], ['BUY', '1', 'QBRT  260717P00155000']),
      ],
      include: CLASS_GROUPS,
    },
    expected: ACCEPTED,
  },
  {
    name: 'protective-puts',
    summary: 'Buy puts on shares held: a hedge that lowers the requirement',
    description:
      'The puts bound the loss of the shares: `riskReducing` is true and the change of the requirement negative.',
    accountId: 'demo-long-stock',
    request: {
      orders: [order('PP-1', '10', '5.05', ['BUY', '1', 'HLVN  260821P00200000'])],
      include: SCENARIOS,
    },
    expected: ACCEPTED_AS_REDUCING,
  },
  {
    name: 'hedge-leveraged-fund',
    summary: 'Sell the index fund against a fund of three times the index',
    description:
      'Both are in the class group MDX and net at every point; the leveraged one moves 24 % where the index moves 8 %.',
    accountId: 'demo-leveraged-etf',
    request: { orders: [order('HLF-1', '2000', '624.15', ['SELL_SHORT', '1', 'MDXE'])], include: SCENARIOS },
    expected: ACCEPTED_AS_REDUCING,
  },
  {
    name: 'two-stocks-no-netting',
    summary: 'Buy one stock, sell another short',
    description:
      'Two class groups, two requirements, and their sum: unrelated stocks do not net, whatever their values.',
    accountId: 'demo-empty',
    request: {
      orders: [
        order('PAIR-1', '1000', '118.90', ['BUY', '1', 'PYLM']),
        order('PAIR-2', '2170', '54.70', ['SELL_SHORT', '1', 'WEXM']),
      ],
      include: CLASS_GROUPS,
    },
    expected: ACCEPTED,
  },
  {
    name: 'margin-call-overdue',
    summary: 'Buy while a margin call is overdue: REJECT',
    description:
      'The call was opened a week before and was due on 2026-06-10. `marginCallId` names it; until it is met, extended or ' +
      'waived, only orders that lower the requirement pass.',
    accountId: 'demo-call-overdue',
    request: { orders: [order('MC-1', '100', '212.40', ['BUY', '1', 'HLVN'])], include: CLASS_GROUPS },
    expected: REJECTED,
  },
  {
    name: 'margin-call-overdue-reducing',
    summary: 'Sell while a margin call is overdue: ACCEPT',
    description: 'Selling lowers the requirement by 15 % of what is sold, and brings the call nearer to being met.',
    accountId: 'demo-call-overdue',
    request: { orders: [order('MC-2', '400', '212.40', ['SELL', '1', 'HLVN'])], include: CLASS_GROUPS },
    expected: ACCEPTED_AS_REDUCING,
  },
  ...ADVICE_EXAMPLES,
  {
    name: 'close-in-deficit',
    summary: 'Buy back a short call of an account in deficit',
    description:
      'The account stays short of equity after the order, yet it passes: it lowers the requirement and does not deepen ' +
      'the deficit. The reason says so.',
    accountId: 'demo-in-deficit',
    request: {
      orders: [order('CLS-1', '1', '17.25', ['BUY', '1', 'NVRD  260717C00520000'])],
      include: CLASS_GROUPS,
    },
    expected: ACCEPTED_AS_REDUCING,
  },
  {
    name: 'reject-short-calls',
    summary: 'Sell too many calls: REJECT',
    description: 'Answered with 200 as any question that has an answer; the reason carries the shortfall.',
    accountId: 'demo-empty',
    request: {
      orders: [order('BIG-1', '100', '17.25', ['SELL', '1', 'NVRD  260717C00520000'])],
      include: CLASS_GROUPS,
    },
    expected: REJECTED,
  },
  {
    name: 'not-computable',
    summary: 'A stale price and an unknown symbol: 422',
    description: 'Both are named at once, each with the place in the request. Nothing is decided on a guess.',
    accountId: 'demo-empty',
    request: {
      orders: [
        order('NC-1', '100', '9.40', ['BUY', '1', 'OLDN']),
        order('NC-2', '100', '10.00', ['BUY', '1', 'NOSUCH']),
      ],
    },
    expected: {
      status: 422,
      code: 'what_if.not_computable',
      errors: [
        ['price.stale', '/orders/0/legs/0/symbol'],
        ['symbol.unknown', '/orders/1/legs/0/symbol'],
      ],
    },
  },
  {
    name: 'market-maker-spread',
    summary: 'An order in a book of a hundred positions',
    description: 'Only the class group it touches changes; the class groups add up to the requirement.',
    accountId: 'demo-market-maker',
    request: {
      orders: [
        order('MM-1', '10', '37.70', ['BUY', '1', 'MDX   260821C06400000'], ['SELL', '1', 'MDX   260821C06500000']),
      ],
      include: ['classGroups', 'positions', 'regulatory'],
    },
    expected: ACCEPTED_AS_REDUCING,
  },
  {
    name: 'published-short-call',
    summary: 'A published figure: 100 IBM calls sold on 23 February 2007',
    description:
      'Market and portfolio in the request, nothing stored. Cboe\'s table of OCC figures ("Margin Requirement Examples ' +
      'for Sample Options-based Positions", close of 2007-02-23) gives 115,429 for it; the answer is within 0.2 %. The ' +
      'rate is not printed there. The same table gives 172,760 under the strategy-based rules: `regT.excess.change`.',
    accountId: null,
    request: {
      account: { methodology: 'PORTFOLIO_MARGIN', cash: '250000.00' },
      positions: [],
      market: {
        asOf: '2007-02-23T21:00:00.000Z',
        rates: [{ days: 57, rate: 0.051 }],
        underlyings: [{ symbol: 'IBM', type: 'EQUITY', price: '97.73', productClass: 'EQUITY', classGroup: 'IBM' }],
        options: [{ symbol: 'IBM   070421C00100000', price: '1.68', exercise: 'AMERICAN', multiplier: '100' }],
        futures: [],
      },
      orders: [order('CBOE-1', '100', '1.68', ['SELL', '1', 'IBM   070421C00100000'])],
      include: [...SCENARIOS, 'regT'],
    },
    expected: ACCEPTED,
  },
];
