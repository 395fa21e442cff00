import type { FieldError, Problem } from '../problem.js';
import { FieldFaults } from '../what-if/field-faults.js';
import { filePositions } from './position-file.js';

function read(text: string, account?: string): { positions: unknown[]; errors: readonly string[] } {
  const faults = new FieldFaults();
  const positions = filePositions(text, account, faults);
  try {
    faults.throwIfAny();
    return { positions, errors: [] };
  } catch (error) {
    const { errors } = error as Problem;
    return { positions, errors: errors.map(({ pointer, code }: FieldError) => `${pointer} ${code}`) };
  }
}

const CALL = 'IBM   070421C00100000';

describe('a file of positions', () => {
  it('has signed quantities, in any order of columns, with others beside them', () => {
    expect(read('quantity,name,symbol\n-3,"a, b",IBM070421C00100000\n1.5,,IBM\n')).toEqual({
      positions: [
        { symbol: CALL, quantity: '-3' },
        { symbol: 'IBM', quantity: '1.5' },
      ],
      errors: [],
    });
  });

  it('or counts long and short, which net; nothing held is no position', () => {
    const text = `\ufeffAccount,Symbol,Long,Short\r\nA,IBM,700,200\r\nA,${CALL},,4\r\nA,SPY,5,5\r\n`;
    expect(read(text)).toEqual({
      positions: [
        { symbol: 'IBM', quantity: '500' },
        { symbol: CALL, quantity: '-4' },
      ],
      errors: [],
    });
  });

  it('of several accounts is read for the one named, and for none unnamed', () => {
    const text = 'account,symbol,long,short\nA,IBM,1,0\nB,IBM,2,0\n';
    expect(read(text, 'B').positions).toEqual([{ symbol: 'IBM', quantity: '2' }]);
    expect(read(text).errors).toEqual(['/account positions.several_accounts']);
    expect(read(text, 'C').errors).toEqual(['/account positions.none']);
  });

  it.each([
    ['', [' csv.header']],
    ['symbol,long\nIBM,1\n', [' csv.header']],
    ['symbol,quantity\nIBM\n', ['/positions/0 csv.fields']],
    ['symbol,quantity\nibm,0\n', ['/positions/0/symbol field.symbol', '/positions/0/quantity field.decimal']],
    ['symbol,quantity\nIBM,1e3\n', ['/positions/0/quantity field.decimal']],
    [
      'account,symbol,long,short\nA,IBM,-1,x\n',
      ['/positions/0/long field.decimal', '/positions/0/short field.decimal'],
    ],
    ['account,symbol,long,short\n A B ,IBM,1,\n', ['/positions/0/account field.id']],
    ['symbol,quantity\nIBM,"1\n', [' csv.syntax']],
  ])('%j is refused', (text, errors) => {
    expect(read(text).errors).toEqual(errors);
  });
});
