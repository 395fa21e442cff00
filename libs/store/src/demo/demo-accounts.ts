import { Decimal } from 'decimal.js';
import type { GivenPrices } from '@app/market';
import type { Position } from '@app/portfolio';
import type { AccountDetails } from '../account.repository.js';
import { DEMO_FEED } from './demo-calendar.js';
import { call, put } from './demo-contract.js';
import { marketMakerPositions } from './market-maker-positions.js';

export interface DemoAccount {
  readonly details: AccountDetails;
  readonly positions: readonly Position[];
}

interface Stated {
  readonly desk?: string;
  readonly strictVolatility?: boolean;
  readonly methodology?: AccountDetails['methodology'];
  /** Dollars, − is a debit: money lent to the account. */
  readonly cash: string;
  readonly positions?: readonly (readonly [symbol: string, quantity: number])[];
}

/** `shows` is the account's name: what there is to see in it. */
function account(id: string, shows: string, { cash, positions = [], ...stated }: Stated): DemoAccount {
  const usual = { desk: 'demo', strictVolatility: false, methodology: 'PORTFOLIO_MARGIN' } as const;
  return {
    details: {
      ...{ id, name: shows, ...usual, ...stated, cash: new Decimal(cash), feed: DEMO_FEED },
      type: 'CUSTOMER',
    },
    positions: positions.map(([symbol, quantity]) => ({ symbol, quantity: new Decimal(quantity) })),
  };
}

const TEACHING_ACCOUNTS: readonly DemoAccount[] = [
  account('demo-empty', 'Cash only: nothing required, everything in excess', { cash: '250000.00' }),
  account('demo-long-stock', 'One stock, partly on credit: 15 % of its value', {
    cash: '-120000.00',
    positions: [['HLVN', 1000]],
  }),
  account('demo-covered-call', 'Calls written on shares held: the calls gain where the shares lose', {
    cash: '-40000.00',
    positions: [
      ['BRWK', 1000],
      [call('BRWK', '2026-07-17', 72.5), -10],
    ],
  }),
  account('demo-short-strangle', 'A short call and put: only one side can lose at a time', {
    cash: '120000.00',
    positions: [
      [call('HLVN', '2026-08-21', 235), -10],
      [put('HLVN', '2026-08-21', 190), -10],
    ],
  }),
  account('demo-iron-condor', 'An index condor: the wings bound the loss', {
    cash: '100000.00',
    positions: [
      [put('MDX', '2026-07-17', 5900), 5],
      [put('MDX', '2026-07-17', 6000), -5],
      [call('MDX', '2026-07-17', 6450), -5],
      [call('MDX', '2026-07-17', 6550), 5],
    ],
  }),
  account('demo-index-hedged', 'Shares of an index fund with puts on the index: a floor under 8 % down', {
    cash: '-2000000.00',
    positions: [
      ['MDXE', 5000],
      [put('MDX', '2026-09-18', 6100), 5],
    ],
  }),
  account('demo-etf-against-index', 'An index fund against its index sold through options: they net in full', {
    cash: '-2500000.00',
    positions: [
      ['MDXE', 5000],
      [call('MDX', '2026-09-18', 6250), -5],
      [put('MDX', '2026-09-18', 6250), 5],
    ],
  }),
  account('demo-leveraged-etf', 'A fund of three times the index: it moves three times the range', {
    cash: '-200000.00',
    positions: [['MDXU', 5000]],
  }),
  account('demo-two-stocks-no-netting', 'Long one stock, short another of equal value: the sum, not the net', {
    cash: '150000.00',
    positions: [
      ['PYLM', 1000],
      ['WEXM', -2170],
    ],
  }),
  account('demo-long-straddle-minimum', 'A straddle gains both ways: the minimum charge binds', {
    cash: '5000.00',
    positions: [
      [call('QBRT', '2026-07-17', 155), 20],
      [put('QBRT', '2026-07-17', 155), 20],
    ],
  }),
  account('demo-in-deficit', 'Equity below the requirement: only what reduces risk may be sent', {
    cash: '110000.00',
    positions: [[call('NVRD', '2026-07-17', 520), -20]],
  }),
  account('demo-call-overdue', 'A margin call was not met in time: until it is, only what reduces risk may be sent', {
    cash: '-912000.00',
    positions: [['HLVN', 5000]],
  }),
  account('demo-stale-symbol', 'One of its prices is three days old: no answer, rather than a wrong one', {
    cash: '30000.00',
    positions: [
      ['HLVN', 200],
      ['OLDN', 2000],
    ],
  }),
  account('demo-strict-volatility', 'Refuses substitutes: the price of its option implies no volatility of its own', {
    cash: '50000.00',
    strictVolatility: true,
    positions: [
      ['SVTL', 500],
      [put('SVTL', '2026-06-18', 53), 5],
    ],
  }),
  account('demo-reg-t', 'Under Regulation T: a covered call, half of the shares required', {
    cash: '-40000.00',
    methodology: 'REG_T',
    positions: [
      ['HLVN', 500],
      [call('HLVN', '2026-07-17', 225), -5],
    ],
  }),
  account('demo-other-desk', 'Another desk: this one must not see it', {
    desk: 'other',
    cash: '20000.00',
    positions: [['SVTL', 800]],
  }),
];

/** The one that `demoAccounts` ends with. */
export const LAST_DEMO_ACCOUNT = 'demo-market-maker';

/** Accounts named by what they show, and one of a market maker who holds something of everything. */
export function demoAccounts(prices: GivenPrices): readonly DemoAccount[] {
  const maker = account(LAST_DEMO_ACCOUNT, 'A hundred positions over every class', { cash: '2500000.00' });
  return [...TEACHING_ACCOUNTS, { ...maker, positions: marketMakerPositions(prices) }];
}
