import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inlineAnswer } from '../support/inline-answer.js';
import type { ShadowWhatIfRequestDto } from '../../apps/api/src/what-if/what-if.dto.js';
import { type Expected, expectAt } from './expectation.js';

/** A request of the contract and what its answer must hold. */
interface SharedCase {
  readonly id: string;
  readonly request: ShadowWhatIfRequestDto;
  readonly expected: Readonly<Record<string, Expected>>;
}

/** The strategy-based figures of the same rows (`regT.…`) are not computed by this version. */
const CHECKED = 'regulatory.';

const folder = join(__dirname, '../../../shared/cases');

describe.each(['cboe-2007.json', 'rule-pm.json'])('%s', (name) => {
  const file = join(folder, name);
  if (!existsSync(file)) {
    it.skip(`skipped, ../shared/cases/${name} is not here`, () => undefined);
    return;
  }
  const cases = JSON.parse(readFileSync(file, 'utf8')) as SharedCase[];

  it.each(cases)('$id', ({ request, expected }) => {
    const checked = Object.entries(expected).filter(([path]) => path.startsWith(CHECKED));
    expect(checked).not.toEqual([]);
    const reply = inlineAnswer(request);
    for (const [path, value] of checked) expectAt(reply, path, value);
  });
});
