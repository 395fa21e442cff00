import { order, type ReservationExample } from './demo-example.js';

/** The console offers them, and the tests ask every one. Prices are the demo's marks. */
export const RESERVATION_EXAMPLES: readonly ReservationExample[] = [
  {
    name: 'hold-stock',
    summary: 'Hold the margin of 500 shares',
    description:
      'ACCEPT, and 15 % of 106,200.00 is held until `validUntil`: ask for the margin of the account, or a what-if, and it ' +
      'is in there. Sent again it is a 409, as an order id is used once; with an Idempotency-Key it is the same answer.',
    accountId: 'demo-empty',
    request: { orders: [order('HOLD-1', '500', '212.40', ['BUY', '1', 'HLVN'])] },
    expected: { status: 201, decision: 'ACCEPT', held: '15930.00' },
  },
  {
    name: 'hold-either-side',
    summary: 'Two orders that hedge each other: the worst is that one executes alone',
    description:
      'Bought and sold together the shares cancel, but nobody knows which order executes. `worstFill` says what nothing, ' +
      'everything and the worst combination would require.',
    accountId: 'demo-covered-call',
    request: {
      orders: [
        order('EITHER-1', '100', '71.15', ['BUY', '1', 'BRWK']),
        order('EITHER-2', '100', '71.15', ['SELL', '1', 'BRWK']),
      ],
      include: ['worstFill'],
    },
    expected: { status: 201, decision: 'ACCEPT', held: '1067.25' },
  },
  {
    name: 'hold-bracket',
    summary: 'A bracket: an entry, and two exits that cancel each other',
    description:
      'The exits execute only as far as the entry has: what is held is the purchase alone. Without `links` both exits ' +
      'could be sold before anything is bought, and twice as much would be held.',
    accountId: 'demo-empty',
    request: {
      orders: [
        order('ENTRY-1', '100', '212.40', ['BUY', '1', 'HLVN']),
        order('TARGET-1', '100', '212.40', ['SELL', '1', 'HLVN']),
        order('STOP-1', '100', '212.40', ['SELL', '1', 'HLVN']),
      ],
      links: [
        {
          ...{ listId: 'BRACKET-1', contingencyType: 'ONE_TRIGGERS_THE_OTHER' },
          clOrdIds: ['ENTRY-1', 'TARGET-1', 'STOP-1'],
        },
      ],
      include: ['worstFill'],
    },
    expected: { status: 201, decision: 'ACCEPT', held: '3186.00' },
  },
  {
    name: 'hold-under-reg-t',
    summary: 'The same gate for an account under Reg T',
    description:
      'Half of 10 shares at 212.40 is required, and taken from excess. What working orders hold is the most they can take, ' +
      'whichever of them execute and however many units.',
    accountId: 'demo-reg-t',
    request: { orders: [order('MARGIN-1', '10', '212.40', ['BUY', '1', 'HLVN'])], include: ['worstFill'] },
    expected: { status: 201, decision: 'ACCEPT', held: '1062.00' },
  },
  {
    name: 'hold-refused',
    summary: 'Too many calls: REJECT, and nothing is held',
    description: 'The reason carries the shortfall; the order ids stay free.',
    accountId: 'demo-empty',
    request: { orders: [order('HOLD-2', '100', '17.25', ['SELL', '1', 'NVRD  260717C00520000'])], validSeconds: 60 },
    expected: { status: 200, decision: 'REJECT', held: '0.00' },
  },
];
