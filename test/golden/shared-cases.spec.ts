import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inlineAnswer } from '../support/inline-answer.js';
import { programSolver } from '../support/reg-t-answer.js';
import type { ShadowWhatIfRequestDto } from '../../apps/api/src/what-if/what-if.dto.js';
import { type Expected, expectAt } from './expectation.js';

/** A request of the contract and what its answer must hold. */
interface SharedCase {
  readonly id: string;
  readonly request: ShadowWhatIfRequestDto;
  readonly expected: Readonly<Record<string, Expected>>;
}

const folder = join(__dirname, '../../../shared/cases');

describe.each(['cboe-2007.json', 'rule-pm.json', 'rule-regt.json'])('%s', (name) => {
  const file = join(folder, name);
  if (!existsSync(file)) {
    it.skip(`skipped, ../shared/cases/${name} is not here`, () => undefined);
    return;
  }
  const cases = JSON.parse(readFileSync(file, 'utf8')) as SharedCase[];

  it.each(cases)('$id', async ({ request, expected }) => {
    expect(Object.keys(expected)).not.toEqual([]);
    const reply = inlineAnswer(request, await programSolver());
    for (const [path, value] of Object.entries(expected)) expectAt(reply, path, value);
    // Every pairing of these cases is proven.
    if (Object.keys(expected).some((path) => path.startsWith('regT.'))) expect(reply.regT?.optimal).toBe(true);
  });
});
