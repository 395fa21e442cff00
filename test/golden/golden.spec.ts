import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inlineAnswer } from '../support/inline-answer.js';
import type { ShadowWhatIfRequestDto } from '../../apps/api/src/what-if/what-if.dto.js';
import { type Expected, expectAt } from './expectation.js';

/** One readable portfolio: what it shows, where its figures are from, the question and what its answer must hold. */
interface GoldenPortfolio {
  readonly title: string;
  readonly source: string;
  readonly request: ShadowWhatIfRequestDto;
  readonly expected: Readonly<Record<string, Expected>>;
}

const folder = join(__dirname, 'portfolios');
const portfolios = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((file) => {
    const portfolio = JSON.parse(readFileSync(join(folder, file), 'utf8')) as GoldenPortfolio;
    return { ...portfolio, name: file.replace('.json', '') };
  });

describe('golden portfolios', () => {
  it('are all here, each with a title, a source and something expected', () => {
    expect(portfolios.length).toBeGreaterThanOrEqual(40);
    const bare = portfolios.filter(
      ({ title, source, expected }) => title === '' || source === '' || Object.keys(expected).length === 0,
    );
    expect(bare.map(({ name }) => name)).toEqual([]);
  });

  it.each(portfolios)('$name: $title', ({ request, expected }) => {
    const reply = inlineAnswer(request);
    for (const [path, value] of Object.entries(expected)) expectAt(reply, path, value);
  });
});
