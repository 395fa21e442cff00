import { deliverableName, deliverableOf } from './deliverable.js';

describe('deliverableOf', () => {
  it.each([
    ['25 VXX', { components: [{ symbol: 'VXX', shares: 25 }], cash: 0 }],
    [
      '5.5 BBB+10 AAA + 12.34 USD',
      {
        components: [
          { symbol: 'BBB', shares: 5.5 },
          { symbol: 'AAA', shares: 10 },
        ],
        cash: 12.34,
      },
    ],
  ])('reads %s', (text, deliverable) => expect(deliverableOf(text)).toEqual(deliverable));

  it.each(['', 'VXX', '25', '0 VXX', '-25 VXX', '25 vxx', '12.34 USD', '1 AAA + 2 AAA', '1e3 AAA', '25 VXX +'])(
    'reads nothing into %j',
    (text) => expect(deliverableOf(text)).toBeUndefined(),
  );

  it('has one name however it was written', () => {
    expect(deliverableName(deliverableOf('5.5 BBB+12.34 USD+10 AAA')!)).toBe('10 AAA + 5.5 BBB + 12.34 USD');
  });
});
