// npm run bench:reg-t: how fast the least strategy-based requirement is found and proven. 500 books of up to 12 series
// and stock, up to 20 contracts of each; then books of 50, 100 and 200 series on one underlying, up to 50 contracts.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { loadProgramSolver, minimumPairing } = require('../../dist/libs/reg-t/src/index.js');
const { largeBook, smallBooks } = require('../support/random-books.cjs');

const SEED = 20_260_821;
const SECONDS = Number(process.env.BENCH_SECONDS ?? 10);
const rounded = (value, digits = 2) => Number(value.toFixed(digits));

const loading = performance.now();
const solver = await loadProgramSolver();
const loadMilliseconds = rounded(performance.now() - loading);

let solves = 0;
const counted = {
  ...solver,
  solve: (...question) => {
    solves += 1;
    return solver.solve(...question);
  },
};

function timed(lines, seconds) {
  solves = 0;
  const start = performance.now();
  const pairing = minimumPairing(lines, 'maintenance', { solver: counted, seconds, longBoxRate: 0.5 });
  return { milliseconds: performance.now() - start, solves, ...pairing };
}

const books = smallBooks(SEED, 500, () => 20);
for (const lines of smallBooks(SEED + 1, 30, () => 20)) timed(lines, SECONDS);
const small = books.map((lines) => timed(lines, SECONDS));
const times = small.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
const quantile = (share) => rounded(times[Math.min(times.length - 1, Math.ceil(share * times.length) - 1)]);
const share = (test) => rounded(small.filter(test).length / small.length, 4);

const result = {
  books: books.length,
  loadMilliseconds,
  provenWithin50ms: share(({ isOptimal, milliseconds }) => isOptimal && milliseconds <= 50),
  proven: share(({ isOptimal }) => isOptimal),
  withoutSolver: share((each) => each.solves === 0),
  p50Milliseconds: quantile(0.5),
  p99Milliseconds: quantile(0.99),
  mostMilliseconds: quantile(1),
  large: [50, 100, 200].map((count) => {
    const { milliseconds, isOptimal, gap, requirement } = timed(largeBook(SEED, count), SECONDS);
    return {
      series: count,
      milliseconds: rounded(milliseconds),
      isOptimal,
      requirement: rounded(requirement),
      gap: Number.isFinite(gap) ? rounded(gap) : null,
      gapShare: Number.isFinite(gap) ? rounded(gap / requirement, 5) : null,
    };
  }),
};

console.log(`500 books of up to 12 series and stock, seed ${SEED}; solver loaded in ${loadMilliseconds} ms`);
console.log(`  proven ${100 * result.proven} %, within 50 ms ${100 * result.provenWithin50ms} %`);
console.log(`  without the solver ${100 * result.withoutSolver} %`);
console.log(`  p50 ${result.p50Milliseconds} ms, p99 ${result.p99Milliseconds} ms, most ${result.mostMilliseconds} ms`);
for (const { series, milliseconds, isOptimal, requirement, gap, gapShare } of result.large) {
  const proof = isOptimal ? 'proven' : `gap ${gap} (${gapShare})`;
  console.log(`  ${series} series: ${milliseconds} ms, requirement ${requirement}, ${proof}`);
}
console.log(JSON.stringify(result));
