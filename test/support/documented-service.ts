import { type DemoService, startDemoService } from './demo-service.js';
import { DocumentedApi } from './openapi.js';
import type { Answer, Call } from './service.js';

/** The demo's service to a spec whose every answer has to be as the document says, with what a desk does at the gate. */
export interface DocumentedService {
  readonly service: DemoService;
  readonly api: DocumentedApi;
  /** Without a key: demo-risk. */
  readonly call: (method: string, path: string, given?: Call) => Promise<Answer>;
  /** Goes on in a new process, as far as the data know. */
  readonly restart: () => Promise<void>;
  /** Opens an account of the demo's desk and prices that nobody else has; its id. */
  readonly account: (details: OwnAccount) => Promise<string>;
  readonly reserve: (accountId: string, body: object, headers?: Call['headers']) => Promise<Answer>;
  readonly fill: (reservationId: string, body: object) => Promise<Answer>;
  readonly margin: (accountId: string) => Promise<Answer['json']>;
}

interface OwnAccount {
  readonly methodology?: 'PORTFOLIO_MARGIN' | 'REG_T';
  readonly cash: string;
  readonly positions?: readonly object[];
}

/** Named in a `describe`: started before its tests, or anew before each of them, and ended after. */
export function documentedService(started: 'ONCE' | 'FOR_EACH_TEST' = 'ONCE'): DocumentedService {
  let service: DemoService;
  let api: DocumentedApi;
  let accounts = 0;
  const start = async (): Promise<void> => {
    service = await startDemoService();
    api = new DocumentedApi((await service.call('GET', '/openapi.json')).json);
  };
  const end = (): Promise<void> => service.close();
  if (started === 'ONCE') {
    beforeAll(start);
    afterAll(end);
  } else {
    beforeEach(start);
    afterEach(end);
  }

  const call: DocumentedService['call'] = async (method, path, given = {}) => {
    const answer = await service.call(method, path, given);
    expect([`${method} ${path}`, api.replyFaults(method, path, answer)]).toEqual([`${method} ${path}`, []]);
    return answer;
  };
  const asDesk = (path: string, body: object, headers: Call['headers'] = {}): Promise<Answer> =>
    call('POST', path, { key: 'demo-desk', body, headers });
  return {
    get service() {
      return service;
    },
    get api() {
      return api;
    },
    call,
    async restart() {
      service = await service.restart();
    },
    async account({ methodology = 'PORTFOLIO_MARGIN', cash, positions = [] }) {
      const id = `own-${++accounts}`;
      const details = { name: 'Own', desk: 'demo', type: 'CUSTOMER', methodology, feed: 'demo' };
      const { status } = await call('POST', '/v1/accounts', { body: { id, ...details, cash, positions } });
      expect(status).toBe(201);
      return id;
    },
    reserve: (accountId, body, headers) => asDesk(`/v1/accounts/${accountId}/reservations`, body, headers),
    fill: (reservationId, body) => asDesk(`/v1/reservations/${reservationId}/fills`, body),
    margin: async (accountId) => (await call('GET', `/v1/accounts/${accountId}/margin`)).json,
  };
}
