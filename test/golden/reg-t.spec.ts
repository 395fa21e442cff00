import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProgramSolver } from '@app/reg-t';
import type { ShadowWhatIfRequestDto } from '../../apps/api/src/what-if/what-if.dto.js';
import { programSolver, regTAnswer } from '../support/reg-t-answer.js';
import { type Expected, expectAt } from './expectation.js';

/** One readable portfolio: what it shows, where its figures are from, the question and what its answer must hold. */
interface GoldenPortfolio {
  readonly title: string;
  readonly source: string;
  readonly request: ShadowWhatIfRequestDto;
  readonly expected: Readonly<Record<string, Expected>>;
  /** The maintenance pairing, where it is part of what is shown. */
  readonly strategies?: readonly string[];
}

const folder = join(__dirname, 'reg-t');
const portfolios = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((file) => {
    const portfolio = JSON.parse(readFileSync(join(folder, file), 'utf8')) as GoldenPortfolio;
    return { ...portfolio, name: file.replace('.json', '') };
  });
let solver: ProgramSolver;

beforeAll(async () => {
  solver = await programSolver();
});

describe('golden portfolios under Regulation T', () => {
  it('are all here, each with a title, a source and something expected', () => {
    expect(portfolios.length).toBeGreaterThanOrEqual(40);
    const bare = portfolios.filter(
      ({ title, source, expected }) => title === '' || source === '' || Object.keys(expected).length === 0,
    );
    expect(bare.map(({ name }) => name)).toEqual([]);
  });

  it.each(portfolios)('$name: $title', ({ request, expected, strategies }) => {
    const answer = regTAnswer(request, solver);
    for (const [path, value] of Object.entries(expected)) expectAt(answer, path, value);
    if (strategies !== undefined) expect(answer.strategies).toEqual(strategies);
    expect(answer.after.isOptimal).toBe(true);
  });
});
