import { type DemoExample, order } from './demo-example.js';

const ACCEPTED: DemoExample['expected'] = { status: 200, decision: 'ACCEPT', riskReducing: false };

/** What-ifs that ask whose the change is, or which of several sets of orders costs least. */
export const ADVICE_EXAMPLES: readonly DemoExample[] = [
  {
    name: 'whose-change',
    summary: 'Two orders at once: whose the change is, and how far it is to trouble',
    description:
      'In `attribution` the calls give some of the requirement back and the shares take more, to the cent. `distance` is ' +
      'the fall at which excess is nothing: −33.5 % before the orders, −22.9 % after them.',
    accountId: 'demo-long-stock',
    request: {
      orders: [
        order('WC-1', '10', '2.73', ['SELL', '1', 'HLVN  260717C00225000']),
        order('WC-2', '300', '212.40', ['BUY', '1', 'HLVN']),
      ],
      include: ['attribution', 'distance'],
    },
    expected: ACCEPTED,
  },
  {
    name: 'alternatives',
    summary: 'A strangle with and without wings, ranked by what it adds to the requirement',
    description:
      'Each set is judged alone on the account as it is; `rank` 1 adds least. The wings bound what the strangle can lose: ' +
      'they come first.',
    accountId: 'demo-empty',
    request: {
      orders: [
        order('ALT-1', '5', '-5.82', ['SELL', '1', 'HLVN  260821C00235000'], ['SELL', '1', 'HLVN  260821P00190000']),
      ],
      alternatives: [
        {
          id: 'with-wings',
          orders: [
            {
              ...{ clOrdId: 'ALT-2', orderQty: '5' },
              legs: [
                { symbol: 'HLVN  260821C00235000', side: 'SELL', ratioQty: '1' },
                { symbol: 'HLVN  260821P00190000', side: 'SELL', ratioQty: '1' },
                { symbol: 'HLVN  260821C00245000', side: 'BUY', ratioQty: '1' },
                { symbol: 'HLVN  260821P00180000', side: 'BUY', ratioQty: '1' },
              ],
            },
          ],
        },
      ],
      include: ['classGroups', 'regulatory'],
    },
    expected: ACCEPTED,
  },
];
