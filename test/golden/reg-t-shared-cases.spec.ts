import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProgramSolver } from '@app/reg-t';
import type { ShadowWhatIfRequestDto } from '../../apps/api/src/what-if/what-if.dto.js';
import { programSolver, regTAnswer } from '../support/reg-t-answer.js';
import { type Expected, expectAt } from './expectation.js';

/** A request of the contract and what its answer must hold. */
interface SharedCase {
  readonly id: string;
  readonly request: ShadowWhatIfRequestDto;
  readonly expected: Readonly<Record<string, Expected>>;
}

const folder = join(__dirname, '../../../shared/cases');
let solver: ProgramSolver;

beforeAll(async () => {
  solver = await programSolver();
});

describe.each(['cboe-2007.json', 'rule-regt.json'])('%s, strategy-based', (name) => {
  const file = join(folder, name);
  if (!existsSync(file)) {
    it.skip(`skipped, ../shared/cases/${name} is not here`, () => undefined);
    return;
  }
  const cases = JSON.parse(readFileSync(file, 'utf8')) as SharedCase[];

  it.each(cases)('$id', ({ request, expected }) => {
    const checked = Object.entries(expected).filter(([path]) => path.startsWith('regT.'));
    expect(checked).not.toEqual([]);
    const answer = regTAnswer(request, solver);
    for (const [path, value] of checked) expectAt(answer, path, value);
    expect(answer.after.isOptimal).toBe(true);
  });
});
