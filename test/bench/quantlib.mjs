// The pricing benchmark's comparison with QuantLib, one scenario at a time; where it is not installed, a line that says so.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { optionReference, optionValue } from '../../dist/libs/pricing/src/index.js';
import { median } from './rounds.mjs';

const HEADERS = ['/usr/include/ql/quantlib.hpp', '/usr/local/include/ql/quantlib.hpp'];
const SOURCE = fileURLToPath(new URL('./quantlib.cpp', import.meta.url));
const ROUNDS = 3;

function skipped(why) {
  console.log(`QuantLib: skipped, ${why}.`);
  return null;
}

/** Options with whole days to expiry, by both; null where QuantLib or a compiler is not there. */
export function quantLibComparison(options) {
  if (!HEADERS.some((header) => existsSync(header))) return skipped('libquantlib0-dev is not installed');
  const folder = mkdtempSync(join(tmpdir(), 'marginal-quantlib-'));
  try {
    const program = join(folder, 'quantlib');
    const compiled = spawnSync('g++', ['-O3', '-std=c++17', SOURCE, '-o', program, '-lQuantLib'], { encoding: 'utf8' });
    if (compiled.status !== 0) return skipped(`the comparison does not compile: ${compiled.stderr ?? compiled.error}`);
    return compared(program, wholeDays(options));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** QuantLib counts in dates. A reference the file does not state is worked out. */
function wholeDays(options) {
  return options.flatMap((option) => {
    const { terms, spot, volatility } = option;
    const days = Math.round(365 * terms.yearsToExpiry);
    if (Math.abs(days / 365 - terms.yearsToExpiry) > 1e-12) return [];
    return [{ ...option, days, american: option.american || optionReference(terms, spot, volatility) }];
  });
}

function compared(program, options) {
  const input = options
    .map(({ terms, spot, volatility, days, american }) => {
      const { right, strike, rateContinuous, dividendYield } = terms;
      return [right.charAt(0), spot, strike, rateContinuous, dividendYield, volatility, days, american].join(' ');
    })
    .join('\n');
  const theirs = [];
  const ours = [];
  for (let round = 0; round < ROUNDS; round++) {
    theirs.push(JSON.parse(spawnSync(program, { input, encoding: 'utf8' }).stdout));
    ours.push(own(options));
  }
  const [nsTheirs, nsOurs] = [theirs, ours].map((rounds) => median(rounds.map(({ nsPerPrice }) => nsPerPrice)));
  const { maxErrorOverStrike, failures } = theirs[0];
  const timesFaster = Number((nsTheirs / nsOurs).toPrecision(4));
  console.log(
    `QuantLib QdFp accurate: ${(nsTheirs / 1000).toFixed(1)} µs a price, error ${maxErrorOverStrike}, ` +
      `${failures} failures; here ${(nsOurs / 1000).toFixed(2)} µs, error ${ours[0].maxErrorOverStrike.toPrecision(3)}`,
  );
  return {
    options: options.length,
    nsPerPrice: nsTheirs,
    maxErrorOverStrike,
    failures,
    ownNsPerPrice: Math.round(nsOurs),
    ownMaxErrorOverStrike: ours[0].maxErrorOverStrike,
    timesFaster,
  };
}

function own(options) {
  const start = process.cpuUsage();
  let maxErrorOverStrike = 0;
  for (const { terms, spot, volatility, american } of options) {
    const error = Math.abs(optionValue(terms, spot, volatility) - american) / terms.strike;
    maxErrorOverStrike = Math.max(maxErrorOverStrike, error);
  }
  const { user, system } = process.cpuUsage(start);
  return { nsPerPrice: (1000 * (user + system)) / options.length, maxErrorOverStrike };
}
