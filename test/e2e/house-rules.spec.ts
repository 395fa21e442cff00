import { ApiKeyRepository, AuditRepository } from '@app/store';
import { documentedService } from '../support/documented-service.js';
import { operationsOf } from '../support/openapi.js';
import type { Call } from '../support/service.js';

const FROM = '2026-06-01';
const firm = (terms: object) => ({ scope: 'FIRM', effectiveFrom: FROM, reason: 'a test', ...terms });

describe('the house-rule book', () => {
  const documented = documentedService('FOR_EACH_TEST');
  const { call, margin } = documented;
  beforeEach(() => {
    const keys = new ApiKeyRepository(documented.service.database);
    return keys.save('second-key', { name: 'Demo risk', role: 'RISK', desk: null });
  });

  const post = (path: string, body: object, given: Call = {}) => call('POST', path, { ...given, body });
  const listed = async (query = '') => (await call('GET', `/v1/house-rules${query}`)).json;
  const matching = (version: number): Call => ({ headers: { 'if-match': `"${version}"` } });
  async function created(terms: object): Promise<{ ruleId: string; sequence: number; at: string; state: string }> {
    const { status, json, headers } = await post('/v1/house-rules', firm(terms));
    expect([status, headers.get('location')]).toEqual([201, `/v1/house-rule-changes/${json.sequence}`]);
    return { ruleId: json.subject, sequence: json.sequence, at: json.at, state: json.state };
  }

  it('has the demo’s rules, and every example of the document runs on it as printed', async () => {
    const { items } = await listed();
    expect(items.map(({ ruleId, state, version }: never) => [String(ruleId).slice(-1), state, version])).toEqual([
      ['1', 'IN_FORCE', 1],
      ['2', 'IN_FORCE', 1],
      ['3', 'IN_FORCE', 1],
      ['4', 'PROPOSED', 1],
    ]);
    const ran: string[] = [];
    for (const { method, path, node } of operationsOf(documented.api.document)) {
      const isDryRun = node.parameters?.some(({ name }: { name: string }) => name === 'dryRun');
      const examples = Object.values<{ value: object }>(node.requestBody?.content['application/json'].examples ?? {});
      if (!isDryRun) continue;
      expect([path, examples.length]).not.toEqual([path, 0]);
      const example = (name: string) => {
        const found = node.parameters.find((each: { name: string }) => each.name === name);
        return found?.example ?? found?.schema.example;
      };
      const place = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(example(name)));
      const tag = example('If-Match');
      const headers: Call['headers'] = tag === undefined ? {} : { 'if-match': String(tag) };
      for (const { value } of examples) {
        const { status } = await call(method.toUpperCase(), `${place}?dryRun=true`, { body: value, headers });
        ran.push(`${method} ${path} ${status}`);
      }
    }
    expect(ran.filter((line) => !line.endsWith(' 200'))).toEqual([]);
    expect(ran.length).toBeGreaterThan(8);
    const states: string[] = [];
    for (const path of ['/v1/house-rules', '/v1/account-groups']) {
      const { examples } = documented.api.document.paths[path].post.requestBody.content['application/json'];
      for (const { value } of Object.values<{ value: object }>(examples)) {
        states.push((await post(path, value)).json.state);
      }
    }
    expect(states).toEqual(['IN_FORCE', 'IN_FORCE', 'PROPOSED', 'IN_FORCE']);
    const pending = (await call('GET', '/v1/house-rule-changes?state=PENDING')).json.items;
    expect(pending.map(({ sequence }: { sequence: number }) => sequence)).toEqual([8, 5]);
  }, 120_000);

  it('puts a tightening in force at once, for the very next question', async () => {
    const before = await margin('demo-long-stock');
    expect(before.requirement).toBe('31860.00'); // 15 % of 212,400
    const { state, ruleId } = await created({ productClass: 'EQUITY', parameter: 'priceMove.down', value: -0.2 });
    const after = await margin('demo-long-stock');
    expect([state, after.requirement, after.regulatory.requirement]).toEqual(['IN_FORCE', '42480.00', '31860.00']);
    const { json } = await call('GET', '/v1/accounts/demo-long-stock/effective-rules?symbols=GRZN,NOSUCH', {
      key: 'demo-desk',
    });
    const down = (classGroup: string) =>
      json.classGroups
        .find((group: { classGroup: string }) => group.classGroup === classGroup)
        .rules.find(({ parameter }: { parameter: string }) => parameter === 'priceMove.down');
    expect(down('HLVN')).toMatchObject({ value: -0.2, source: 'house', ruleId, lost: [] });
    expect(down('GRZN')).toMatchObject({ value: -0.3, lost: [{ ruleId, value: -0.2, why: 'NARROWER_RULE' }] });
    expect(json.unknown).toEqual(['NOSUCH']);
    expect(await call('GET', '/v1/accounts/demo-other-desk/effective-rules', { key: 'demo-desk' })).toMatchObject({
      status: 404,
    });
  });

  it('lets a loosening wait for another person', async () => {
    await created({ classGroup: 'HLVN', parameter: 'priceMove.down', value: -0.3 });
    const exception = {
      scope: 'ACCOUNT',
      accountId: 'demo-long-stock',
      classGroup: 'HLVN',
      parameter: 'priceMove.down',
    };
    const { ruleId, sequence, state } = await created({ ...exception, value: -0.2 });
    expect([state, (await margin('demo-long-stock')).requirement]).toEqual(['PROPOSED', '63720.00']);

    const approve = `/v1/house-rule-changes/${sequence}/approve`;
    const reason = { reason: 'agreed' };
    for (const key of ['demo-risk', 'second-key']) {
      expect(await post(approve, reason, { key })).toMatchObject({ status: 403, json: { code: 'change.own' } });
    }
    expect((await post(approve, reason, { key: 'demo-desk' })).status).toBe(403);
    const tried = await post(`${approve}?dryRun=true`, reason);
    expect(tried.json.changed).toMatchObject([
      { accountId: 'demo-long-stock', requirement: { before: '63720.00', after: '42480.00', change: '-21240.00' } },
    ]);
    const approved = await post(approve, reason, { key: 'demo-admin' });
    expect(approved.json).toMatchObject({ act: 'change.approve', author: 'Demo admin', state: 'IN_FORCE' });
    expect((await margin('demo-long-stock')).requirement).toBe('42480.00');
    expect((await call('GET', `/v1/house-rule-changes/${sequence}`)).json).toMatchObject({
      state: 'APPROVED',
      decision: { outcome: 'APPROVED', author: 'Demo admin', reason: 'agreed' },
    });
    expect((await post(approve, reason, { key: 'demo-admin' })).json.code).toBe('change.not_pending');

    // Taking the exception back asks for approval as well: in doubt two look at it.
    const withdrawn = await post(`/v1/house-rules/${ruleId}/withdraw`, reason, matching(1));
    expect(withdrawn.json.state).toBe('PROPOSED');
    const rejected = await post(`/v1/house-rule-changes/${withdrawn.json.sequence}/reject`, { reason: 'no' });
    expect(rejected.status).toBe(201);
    expect((await margin('demo-long-stock')).requirement).toBe('42480.00');
  });

  it('is recreated as of any date and as known at any instant', async () => {
    const first = await created({ classGroup: 'HLVN', parameter: 'priceMove.up', value: 0.2 });
    const path = `/v1/house-rules/${first.ruleId}`;
    const amended = await post(
      `${path}/amend`,
      { value: 0.25, effectiveFrom: '2026-07-01', reason: 'results' },
      matching(1),
    );
    expect(amended.json.state).toBe('IN_FORCE');
    const ended = await post(`${path}/end`, { effectiveTo: '2026-08-31', reason: 'over' }, matching(2));
    expect(ended.json.state).toBe('PROPOSED');
    const approved = await post(
      `/v1/house-rule-changes/${ended.json.sequence}/approve`,
      { reason: 'yes' },
      { key: 'demo-admin' },
    );
    const value = async (asOf: string, knownAt: string) =>
      (await listed(`?asOf=${asOf}&knownAt=${knownAt}`)).items.find(
        ({ ruleId }: { ruleId: string }) => ruleId === first.ruleId,
      )?.value;
    const instants = [first.at, amended.json.at, ended.json.at, approved.json.at];
    const dates = ['2026-05-31', '2026-06-01', '2026-07-01', '2026-08-31', '2026-09-01'];
    const known: unknown[] = [];
    for (const instant of instants) known.push(await Promise.all(dates.map((date) => value(date, instant))));
    expect(known).toEqual([
      [undefined, 0.2, 0.2, 0.2, 0.2],
      [undefined, 0.2, 0.25, 0.25, 0.25],
      [undefined, 0.2, 0.25, 0.25, 0.25],
      [undefined, 0.2, 0.25, 0.25, undefined],
    ]);
    const { json, headers } = await call('GET', path);
    expect(headers.get('etag')).toBe('"3"');
    expect(json.periods).toEqual([
      { value: 0.2, effectiveFrom: FROM, effectiveTo: '2026-06-30' },
      { value: 0.25, effectiveFrom: '2026-07-01', effectiveTo: '2026-08-31' },
    ]);
    expect(json.changes.map(({ act, state }: Record<string, string>) => [act, state])).toEqual([
      ['rule.create', 'IN_FORCE'],
      ['rule.amend', 'IN_FORCE'],
      ['rule.end', 'APPROVED'],
    ]);
    expect((await new AuditRepository(documented.service.database).check()).fault).toBeUndefined();
  });

  it('tells beforehand whom a change hits, and writes nothing', async () => {
    const change = firm({ parameter: 'minimumCharge', value: 25 });
    const { json } = await post('/v1/house-rules?dryRun=true&limit=3', change);
    const ids = (await call('GET', '/v1/accounts?limit=500')).json.items.map(({ id }: { id: string }) => id);
    const amounts = async () => {
      const found = new Map<string, { requirement: string; excess: string }>();
      for (const id of ids) {
        const answer = await call('GET', `/v1/accounts/${id}/margin`);
        if (answer.status === 200 && answer.json.methodology === 'PORTFOLIO_MARGIN') found.set(id, answer.json);
      }
      return found;
    };
    const before = await amounts();
    await post('/v1/house-rules', change);
    const after = await amounts();
    const hit = [...before]
      .map(([id, { requirement }]) => ({ id, change: Number(after.get(id)!.requirement) - Number(requirement) }))
      .filter((each) => each.change !== 0)
      .sort((a, b) => b.change - a.change);
    expect(hit.length).toBeGreaterThan(3);
    expect(json.counts).toMatchObject({ accounts: ids.length, regT: 1, changed: hit.length, notComputable: 2 });
    expect(
      json.changed.map(({ accountId, requirement }: never) => [accountId, (requirement as { change: string }).change]),
    ).toEqual(hit.slice(0, 3).map((each) => [each.id, each.change.toFixed(2)]));
    const fallen = [...after].filter(([id, { excess }]) => Number(excess) < 0 && Number(before.get(id)!.excess) >= 0);
    expect(json.counts.intoDeficit).toBe(fallen.length);
    expect(fallen.length).toBeGreaterThan(0);
    expect(json.needsApproval).toBe(false);
    const sum = hit.reduce((total, each) => total + each.change, 0);
    expect(Number(json.requirement.change)).toBeCloseTo(sum, 2);
  });

  it('tells who would be past a limit that moves no requirement', async () => {
    const { json } = await post('/v1/house-rules?dryRun=true', firm({ parameter: 'leverageCap', value: 2 }));
    expect(json.counts).toMatchObject({ changed: 0, intoViolation: json.intoViolation.length });
    expect(json.intoViolation).toContainEqual({ accountId: 'demo-long-stock', codes: ['limit.leverage'] });
    expect(json.intoViolation.map(({ accountId }: { accountId: string }) => accountId)).not.toContain('demo-empty');
  });

  it('compares the days from which a later change is in force', async () => {
    const later = firm({
      productClass: 'EQUITY',
      parameter: 'priceMove.down',
      value: -0.2,
      effectiveFrom: '2027-01-01',
    });
    const { json } = await post('/v1/house-rules?dryRun=true', later);
    expect([json.rulesOn, json.counts.changed > 0]).toEqual(['2027-01-01', true]);
  });

  it('binds a group’s members, from when they join to when it is agreed that they leave', async () => {
    const path = '/v1/account-groups/short-volatility/members';
    const join = { add: ['demo-long-stock'], reason: 'sells now' };
    expect((await margin('demo-long-stock')).requirement).toBe('31860.00');
    const tried = await post(`${path}?dryRun=true`, join, matching(1));
    expect(tried.json.counts).toMatchObject({ accounts: 1, changed: 1 });
    expect((await post(path, join, matching(1))).json.state).toBe('IN_FORCE');
    expect((await margin('demo-long-stock')).requirement).toBe('53100.00');
    expect((await post(path, join, matching(1))).status).toBe(412);
    expect((await post(path, join, matching(2))).json.code).toBe('change.without_effect');
    const left = await post(path, { remove: ['demo-long-stock'], reason: 'no more' }, matching(2));
    expect([left.json.state, (await margin('demo-long-stock')).requirement]).toEqual(['PROPOSED', '53100.00']);
    await post(`/v1/house-rule-changes/${left.json.sequence}/approve`, { reason: 'yes' }, { key: 'demo-admin' });
    expect((await margin('demo-long-stock')).requirement).toBe('31860.00');
    expect((await call('GET', '/v1/account-groups/short-volatility')).json).toMatchObject({
      version: 3,
      members: ['demo-short-strangle'],
    });
    expect((await call('GET', '/v1/account-groups')).json.items).toHaveLength(1);
  });

  it('refuses what contradicts itself or the book, naming every fault', async () => {
    const errors = async (body: object, status: number) => {
      const answer = await post('/v1/house-rules', body);
      expect(answer.status).toBe(status);
      return answer.json.errors?.map(({ pointer, code }: Record<string, string>) => [pointer, code]);
    };
    const rule = { parameter: 'priceMove.down', value: -0.2 };
    expect(await errors(firm({ ...rule, value: 0.2, effectiveTo: '2026-05-01' }), 400)).toEqual([
      ['/value', 'house_rule.out_of_bounds'],
      ['/effectiveTo', 'house_rule.ends_before_start'],
    ]);
    expect(await errors(firm({ ...rule, groupId: 'x', accountId: 'y' }), 400)).toEqual([
      ['/groupId', 'house_rule.wrong_scope'],
      ['/accountId', 'house_rule.wrong_scope'],
    ]);
    expect(await errors(firm({ ...rule, scope: 'GROUP', groupId: 'x' }), 400)).toEqual([['/groupId', 'group.unknown']]);
    expect(await errors(firm({ ...rule, scope: 'ACCOUNT', accountId: 'x' }), 400)).toEqual([
      ['/accountId', 'account.unknown'],
    ]);
    expect(await errors({ ...firm(rule), reason: '' }, 400)).toEqual([['/reason', 'field.text']]);
    expect(await errors(firm({ ...rule, classGroup: 'GRZN', effectiveFrom: '2026-12-01' }), 409)).toEqual([
      ['', 'house_rule.conflict'],
    ]);
    expect(await errors(firm({ ...rule, classGroup: 'GRZN', effectiveTo: '2026-06-01' }), 409)).toHaveLength(1);
    // Before the other rule begins there is room.
    await created({ ...rule, classGroup: 'GRZN', effectiveFrom: '2026-05-01', effectiveTo: '2026-05-31' });
    expect((await post('/v1/house-rules/none/withdraw', { reason: 'x' }, matching(1))).status).toBe(404);
    const proposed = '/v1/house-rules/d0000000-0000-4000-8000-000000000004';
    expect((await post(`${proposed}/withdraw`, { reason: 'x' }, matching(1))).json.code).toBe(
      'house_rule.not_in_force',
    );
    expect((await post(`${proposed}/withdraw`, { reason: 'x' })).status).toBe(428);
    expect((await post('/v1/house-rule-changes/1/approve', { reason: 'x' })).json.code).toBe('change.not_pending');
    expect((await post('/v1/house-rule-changes/99/approve', { reason: 'x' })).status).toBe(404);
  });

  it('lets one of two rules that tie through when they come at once', async () => {
    const rule = firm({ classGroup: 'WEXM', parameter: 'priceMove.down', value: -0.2 });
    const answers = await Promise.all(Array.from({ length: 8 }, () => call('POST', '/v1/house-rules', { body: rule })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(7).fill(409)]);
  });

  it('switches packs', async () => {
    const { items } = (await call('GET', '/v1/house-rule-packs')).json;
    expect(items.map(({ enabled }: { enabled: boolean }) => enabled)).toEqual(items.map(() => false));
    const on = { enabled: true, effectiveFrom: FROM, reason: 'a test' };
    for (const { name } of items) {
      const answer = await call('PUT', `/v1/house-rule-packs/${name}?dryRun=true`, { body: on });
      expect([200, 409, 422]).toContain(answer.status);
    }
    expect((await call('PUT', '/v1/house-rule-packs/none', { body: on })).status).toBe(404);
    const off = { ...on, enabled: false };
    expect((await call('PUT', `/v1/house-rule-packs/${items[0].name}`, { body: off })).json.code).toBe(
      'change.without_effect',
    );
  });

  it('writes a change once under an Idempotency-Key, however often it is sent', async () => {
    const rule = firm({ classGroup: 'WEXM', parameter: 'priceMove.down', value: -0.2 });
    const send = () => post('/v1/house-rules', rule, { headers: { 'idempotency-key': 'k-1' } });
    const [first, second] = [await send(), await send()];
    expect([first.status, second.status, second.text]).toEqual([201, 201, first.text]);
    // A refusal is remembered too, and leaves the log as it was.
    const refused = () => post('/v1/house-rules', rule, { headers: { 'idempotency-key': 'k-2' } });
    expect([(await refused()).status, (await refused()).status]).toEqual([409, 409]);
    const { fault, head } = await new AuditRepository(documented.service.database).check();
    expect([fault, head.sequence]).toEqual([undefined, first.json.sequence]);
  });
});
