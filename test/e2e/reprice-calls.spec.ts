import { RunResultRepository, type StoredResult } from '@app/store';
import { type RepriceWorker, startWorker } from '../../apps/worker/src/worker.js';
import { type DemoService, startDemoService } from '../support/demo-service.js';
import { finishedRun, newRun } from '../support/reprice.js';

let service: DemoService;
let worker: RepriceWorker;
const failures: Error[] = [];

beforeAll(async () => {
  service = await startDemoService();
  worker = await startWorker({ url: service.databaseUrl, threads: 1, onError: (error) => failures.push(error) });
});
afterAll(async () => {
  await worker.close();
  await service.close();
  expect(failures).toEqual([]);
});

interface Call {
  readonly id: string;
  readonly accountId: string;
  readonly kind: string;
  readonly amount: string;
  readonly version: number;
}

/** Every unmet call, by account and kind. */
async function unmet(): Promise<readonly Call[]> {
  const { json } = await service.call('GET', '/v1/margin-calls?limit=500');
  const calls = (json.items as (Call & { status: string })[]).filter(({ status }) => status !== 'MET');
  return calls.sort((a, b) => (`${a.accountId} ${a.kind}` < `${b.accountId} ${b.kind}` ? -1 : 1));
}

const keyOf = ({ accountId, kind }: Pick<Call, 'accountId' | 'kind'>): string => `${accountId} ${kind}`;

/** What a result asks for, in cents, by kind. */
function asked(result: StoredResult): readonly (readonly [key: string, amount: number])[] {
  const { accountId, methodology, requirement, regulatoryRequirement, maintenanceExcess, equity } = result;
  const [book, inForce, own, excess] = [regulatoryRequirement, requirement, equity, maintenanceExcess].map(Number);
  const amounts =
    methodology === 'REG_T'
      ? { MAINTENANCE: -excess }
      : {
          MARGIN_DEFICIENCY: book - own,
          HOUSE: inForce - Math.max(book, own),
          MINIMUM_EQUITY: inForce > 0 ? 10_000_000 - own : 0,
        };
  return Object.entries(amounts)
    .filter(([, amount]) => amount > 0)
    .map(([kind, amount]) => [keyOf({ accountId, kind }), amount]);
}

async function run(trial: boolean): Promise<readonly StoredResult[]> {
  const { id } = await finishedRun(service.database, await newRun(service.database, { trial, chunkSize: 5 }));
  const page = { runId: id, desk: undefined, deficitsOnly: false, after: undefined, limit: 1_000 };
  return new RunResultRepository(service.database).page(page);
}

describe('a reprice run', () => {
  it('opens no call where it is a trial', async () => {
    const before = await unmet();
    await run(true);
    expect(await unmet()).toEqual(before);
  });

  it('leaves one call of each kind for what each account lacks, and a second run on the same prices changes nothing', async () => {
    const expected = (await run(false)).flatMap(asked).sort();
    const calls = await unmet();
    expect(calls.map((call) => [keyOf(call), Math.round(Number(call.amount) * 100)])).toEqual(expected);
    expect(new Set(expected.map(([key]) => key.split(' ')[1]))).toEqual(
      new Set(['MARGIN_DEFICIENCY', 'MINIMUM_EQUITY']),
    );
    await run(false);
    expect(await unmet()).toEqual(calls);
  });
});
