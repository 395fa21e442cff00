// npm run check:pricing -- FILE.csv: prices a file in the columns of the reference grid and compares. The last line is
// one JSON object; a failure is a row that cannot be read or priced. Errors are over the strike.
import { optionValue } from '../../dist/libs/pricing/src/index.js';
import { optionOf, rowsOf } from './pricing-rows.mjs';

const [path] = process.argv.slice(2);
if (path === undefined) {
  console.error('Name the file: npm run check:pricing -- FILE.csv');
  process.exit(2);
}

/** Error over the strike; 0 where the file states no value. */
function error(terms, spot, volatility, stated) {
  const value = optionValue(terms, spot, volatility);
  if (!Number.isFinite(value)) throw new RangeError(`the value is ${value}`);
  return Number.isNaN(stated) ? 0 : Math.abs(value - stated) / terms.strike;
}

const rows = rowsOf(path);
let max = 0;
let squares = 0;
let europeanMax = 0;
let failures = 0;
let worst;
for (const row of rows) {
  try {
    const { terms, spot, volatility, european, american } = optionOf(row);
    const americanError = error(terms, spot, volatility, american);
    const europeanError = error({ ...terms, exercise: 'EUROPEAN' }, spot, volatility, european);
    squares += americanError * americanError;
    europeanMax = Math.max(europeanMax, europeanError);
    if (americanError >= max) {
      max = americanError;
      worst = row.id;
    }
  } catch (failure) {
    failures += 1;
    console.log(`Row ${row.id}: ${failure.message}`);
  }
}
const priced = rows.length - failures;
console.log(`${priced} of ${rows.length} options priced; the largest error is row ${worst}'s.`);
console.log(
  JSON.stringify({
    count: rows.length,
    maxErrorOverStrike: max,
    rmsErrorOverStrike: Math.sqrt(squares / Math.max(1, priced)),
    europeanMaxErrorOverStrike: europeanMax,
    failures,
  }),
);
