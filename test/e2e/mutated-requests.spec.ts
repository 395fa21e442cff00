import { Agent } from 'node:http';
import { type DemoService, startDemoService } from '../support/demo-service.js';
import { DocumentedApi } from '../support/openapi.js';
import { answerFaults } from './answer-faults.js';
import { mutatedRequest } from './mutation/mutated-request.js';
import { CANARY } from './mutation/odd-values.js';
import type { MutatedRequest } from './mutation/request.js';
import { clientAnswer, rawAnswer, type WireAnswer } from './mutation/wire.js';

/** Another one looks elsewhere; a failure names its seed and the number of the request. */
const SEED = Number(process.env.MUTATION_SEED ?? 20070223);
const REQUESTS = 20_000;
const IN_FLIGHT = 24;
const FAILURES_SHOWN = 20;

/** Null in place of an amount is for the schemas to find. */
const AMOUNT_WITHOUT_NUMBER =
  /"(?:before|after|change|cash|mark|quantity|requirement|equity|excess|scanLoss|minimumCharge|shortfall)":"(?!-?\d+(?:\.\d+)?")/;

/** Whose requirement binds, before and after: words, no amounts. */
const BINDING = /"binding":\{"before":(?:"house"|"regulatory"|null),"after":(?:"house"|"regulatory"|null)\}/g;

/** Asked before and after: its answer tells whether anything has been broken. */
const KNOWN = { method: 'POST', path: '/v1/accounts/demo-market-maker/what-if', body: { orders: [] } };

describe('whatever is sent', () => {
  let service: DemoService;
  let api: DocumentedApi;
  let ids: Readonly<Record<string, readonly string[]>>;
  const agent = new Agent({ keepAlive: true, maxSockets: IN_FLIGHT });

  beforeAll(async () => {
    service = await startDemoService();
    api = new DocumentedApi((await service.call('GET', '/openapi.json')).json);
    const account = {
      id: 'mutated',
      name: 'Mutated',
      desk: 'demo',
      type: 'CUSTOMER',
      methodology: 'PORTFOLIO_MARGIN',
      feed: 'demo',
    };
    await service.call('POST', '/v1/accounts', { body: { ...account, cash: 0 } });
    const regT = { ...account, id: 'mutated-reg-t', methodology: 'REG_T', cash: 500_000 };
    await service.call('POST', '/v1/accounts', { body: regT });
    await service.call('POST', '/v1/accounts', { body: { ...account, id: 'mutated-held', cash: 500_000 } });
    ids = await knownIds();
  });
  afterAll(async () => {
    agent.destroy();
    await service.close();
  });

  /** What targets name that only the service can give. */
  async function knownIds(): Promise<typeof ids> {
    const made = async (path: string, body: object): Promise<string> => {
      const { status, json } = await service.call('POST', path, { body });
      expect([path, status < 300]).toEqual([path, true]);
      return json.id;
    };
    const include = ['classGroups', 'regT', 'worstFill'];
    const whatIfs = ['demo-covered-call', 'demo-in-deficit', 'demo-reg-t'].map((account) =>
      made(`/v1/accounts/${account}/what-if`, { orders: [], include }),
    );
    const reservations = Array.from({ length: 8 }, (_, i) =>
      made(`/v1/accounts/${i % 2 === 0 ? 'mutated-held' : 'mutated-reg-t'}/reservations`, {
        orders: ['FIRST', 'SECOND'].map((name) => ({
          ...{ clOrdId: i < 2 ? name : `${name}-${i}`, orderQty: '50' },
          legs: [{ symbol: 'HLVN', side: 'BUY', ratioQty: '1' }],
        })),
        validSeconds: 3_600,
      }),
    );
    const limit = { scope: 'ACCOUNT', subject: 'mutated-held', amount: '1000000', reason: 'a test' };
    return {
      whatIf: await Promise.all(whatIfs),
      reservation: await Promise.all(reservations),
      limit: [await made('/v1/limits', limit)],
    };
  }

  function placed(asked: MutatedRequest, index: number): MutatedRequest {
    const path = asked.path.replace(/\{(whatIf|reservation|limit)\}/, (_, kind: string) => {
      const known = ids[kind];
      return known[index % known.length];
    });
    return { ...asked, path };
  }

  /** Of forms one at a time is read: another would rightly be told to come again. */
  let form: Promise<unknown> = Promise.resolve();
  function answer(asked: MutatedRequest): Promise<WireAnswer> {
    if (asked.raw !== null) return rawAnswer(service.port, asked.raw);
    const ask = () => clientAnswer(service.port, agent, asked);
    if (!asked.headers['content-type']?.startsWith('multipart/form-data')) return ask();
    const turn = form.then(ask);
    form = turn.catch(() => undefined);
    return turn;
  }

  function problemFault({ status, contentType, text }: WireAnswer): string | undefined {
    if (contentType !== 'application/problem+json; charset=utf-8') return `content type '${contentType}'`;
    const problem = JSON.parse(text);
    const faults = api.faults('/components/schemas/ProblemDto', problem);
    if (faults.length > 0) return faults.join();
    if (problem.status !== status) return 'another status in the body';
    const saysWhere = /^(?:request\.invalid|json\.ambiguous|.*\.not_computable)$/.test(problem.code);
    if (saysWhere && !(problem.errors?.length > 0)) return 'no errors';
    const words = [
      problem.title,
      problem.detail,
      ...(problem.errors ?? []).map(({ detail }: { detail: string }) => detail),
    ];
    return words.join().includes(CANARY) ? 'the words of the caller are said again' : undefined;
  }

  function successFault({ method, path }: MutatedRequest, given: WireAnswer): string | undefined {
    if (AMOUNT_WITHOUT_NUMBER.test(given.text.replaceAll(BINDING, ''))) return 'an amount that is no number';
    if (method === 'HEAD' || api.operation(method, path) === undefined) return undefined;
    const { status, contentType, text } = given;
    const json: unknown = contentType.includes('json') ? JSON.parse(text) : undefined;
    const headers = new Headers({ 'content-type': contentType });
    const [undocumented] = api.replyFaults(method, path, { status, headers, text, json });
    return undocumented ?? (/\/what-if$/.test(path) ? answerFaults(json)[0] : undefined);
  }

  function fault(asked: MutatedRequest, given: WireAnswer): string | undefined {
    const { status } = given;
    if (status === 0) return asked.raw === null ? 'no answer' : undefined;
    if (!(status >= 200 && status < 500)) return 'status';
    if (status < 400) return asked.raw === null ? successFault(asked, given) : undefined;
    return asked.method === 'HEAD' ? undefined : problemFault(given);
  }

  it(`is answered, and never with a failure: ${REQUESTS} requests of seed ${SEED}`, async () => {
    const known = async () => ({ ...(await service.call(KNOWN.method, KNOWN.path, KNOWN)).json, id: '' });
    const before = await known();
    const counts = new Map<number, number>();
    const failures: string[] = [];
    let next = 0;
    const work = async (): Promise<void> => {
      while (next < REQUESTS && failures.length < FAILURES_SHOWN) {
        const index = next++;
        const asked = placed(mutatedRequest(SEED, index), index);
        const given = await answer(asked).catch((error: Error) => ({
          status: -1,
          contentType: '',
          text: error.message,
        }));
        counts.set(given.status, (counts.get(given.status) ?? 0) + 1);
        const wrong = fault(asked, given);
        if (wrong !== undefined) failures.push(described(index, asked, given, wrong));
      }
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, work));
    const summary = [...counts].sort(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`);
    process.stderr.write(`mutated requests, seed ${SEED}: ${summary.join(', ')}\n`);
    expect(failures).toEqual([]);
    expect(await known()).toEqual(before);
    // Neither all refused nor all taken: the mutations are near misses.
    expect(counts.get(200)).toBeGreaterThan(REQUESTS / 20);
    expect(counts.get(400)).toBeGreaterThan(REQUESTS / 5);
    expect(counts.get(422)).toBeGreaterThan(100);
  }, 480_000);
});

/** Enough to send it again. */
function described(
  index: number,
  { method, path, headers, body, raw }: MutatedRequest,
  given: WireAnswer,
  wrong: string,
): string {
  const sent = (raw ?? body)?.toString('latin1').slice(0, 1_500) ?? '';
  const named = { ...headers, 'if-match': headers['if-match']?.slice(0, 20) };
  return `seed ${SEED} #${index} ${wrong}: ${method} ${path} ${JSON.stringify(named)}\n${sent}\n→ ${given.status} ${given.contentType} ${given.text.slice(0, 400)}`;
}
