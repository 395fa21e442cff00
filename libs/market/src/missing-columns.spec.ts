import { missingColumns } from './missing-columns.js';

it('names the columns a header lacks, in any order of the header', () => {
  expect(missingColumns(['symbol', 'bid', 'ask'], ['ask', ' symbol ', 'last'])).toEqual(['bid']);
  expect(missingColumns(['symbol'], ['symbol'])).toEqual([]);
});
