import {
  ANALYSIS_EXAMPLES,
  POSITION_FILE_EXAMPLE,
} from '../../apps/api/src/shadow-analyses/shadow-analysis-examples.js';
import { documentedService } from '../support/documented-service.js';
import type { Answer, Call } from '../support/service.js';

type Json = Answer['json'];

const PATH = '/v1/shadow-analyses';
const BOOK = ANALYSIS_EXAMPLES.demo.value;
const cents = (text: string): number => Math.round(Number(text) * 100);
const sum = (lines: readonly Json[], figure: string): number =>
  lines.reduce((total, line) => total + cents(line[figure]), 0);

describe('shadow analyses', () => {
  const { call } = documentedService();
  let date: string;
  let snapshotId: string;
  beforeAll(async () => {
    const { json } = await call('GET', '/v1/market-snapshots?feed=demo');
    snapshotId = json.items[0].id;
    date = json.items[0].asOf.slice(0, 10);
  });

  const ask = (body: unknown, { query = '', ...given }: Call & { query?: string } = {}) =>
    call('POST', `${PATH}${query}`, { key: 'demo-desk', body, ...given });
  const csv = (body: string, query: string, accept = 'application/json') =>
    ask(body, { query, headers: { 'content-type': 'text/csv', accept } });
  const errors = ({ status, json }: Answer): unknown[] => [
    status,
    ...json.errors.map(({ code, pointer }: Json) => `${code} ${pointer}`),
  ];

  it('puts both regimes side by side, adding up', async () => {
    const { status, json } = await ask(BOOK);
    expect([status, json.complete, json.days.length, json.positions]).toEqual([200, true, 1, 7]);
    const [{ total, underlyings, provenance }] = json.days;
    expect(underlyings.map(({ classGroup }: Json) => classGroup).sort()).toEqual(['HLVN', 'MDX', 'PYLM']);
    for (const figure of ['longMarketValue', 'shortMarketValue', 'portfolioMargin', 'regTInitial', 'regTMaintenance']) {
      expect([figure, sum(underlyings, figure)]).toEqual([figure, cents(total[figure])]);
    }
    expect(Math.abs(sum(underlyings, 'capitalFreed') - cents(total.capitalFreed))).toBeLessThanOrEqual(3);
    expect(cents(total.capitalFreed)).toBe(cents(total.portfolioMarginExcess) - cents(total.regTExcess));
    expect(cents(total.regTExcess)).toBe(cents(total.regTEquity) - cents(total.regTInitial));
    expect(total.regTInitialRatio).toBeCloseTo(Number(total.regTInitial) / Number(total.longMarketValue), 5);
    const held = underlyings.flatMap(({ strategies }: Json) => strategies).flatMap(({ legs }: Json) => legs);
    expect(new Set(held.map(({ symbol }: Json) => symbol)).size).toBe(7);
    expect(provenance).toMatchObject({ snapshotId, regTRuleSetVersion: 'reg-t-2026' });
  });

  it('says the same as the what-if on the same book', async () => {
    const { json } = await ask(BOOK);
    const { positions, feed: _, account } = BOOK;
    const body = {
      account: { methodology: 'PORTFOLIO_MARGIN', cash: account.cash },
      ...{ positions, snapshotId, orders: [], include: ['regT'] },
    };
    const { json: single } = await call('POST', '/v1/what-if', { key: 'demo-desk', body });
    const [{ total }] = json.days;
    expect(total).toMatchObject({
      portfolioMargin: single.requirement.after,
      portfolioMarginExcess: single.excess.after,
      regTInitial: single.regT.initial.after,
      regTMaintenance: single.regT.maintenance.after,
      regTExcess: single.regT.excess.after,
      capitalFreed: single.regT.capitalFreed.after,
    });
  });

  it('takes snapshots by id and by date, and says which there are not', async () => {
    const { feed: _, ...book } = BOOK;
    const latest = (await ask(BOOK)).json;
    expect((await ask({ ...book, snapshotIds: [snapshotId] })).json).toEqual(latest);
    expect((await ask({ ...book, dates: [date] })).json).toEqual(latest);
    expect((await ask({ ...book, dates: [date], feed: 'demo' })).json).toEqual(latest);
    const two = { ...book, dates: ['2001-01-02', date] };
    expect(errors(await ask(two))).toEqual([422, 'snapshot.missing /dates/0']);
    const partly = await ask({ ...two, allowPartial: true });
    expect([partly.status, partly.json.complete, partly.json.days.length]).toEqual([200, false, 1]);
    expect(partly.json.missing).toMatchObject([{ pointer: '/dates/0', code: 'snapshot.missing' }]);
    expect(errors(await ask({ ...book, dates: ['2001-01-02'], allowPartial: true }))).toEqual([
      422,
      'snapshot.missing /dates/0',
    ]);
    expect(errors(await ask({ ...book, snapshotIds: ['f'.repeat(64), 'x'] }))).toEqual([
      422,
      'snapshot.missing /snapshotIds/0',
      'snapshot.missing /snapshotIds/1',
    ]);
    expect(errors(await ask({ ...book, dates: [date], snapshotIds: [snapshotId] }))).toEqual([
      400,
      'market.two_sources /dates',
    ]);
    expect(errors(await ask({ ...book, dates: [date, date] }))).toEqual([400, 'field.duplicate /dates/1']);
    expect(errors(await ask({ ...book, feed: 'none' }))).toEqual([422, 'snapshot.missing ']);
  });

  it('lists every position that cannot be priced; leaves them out only when told to', async () => {
    const { positions } = BOOK;
    const lacking = [...positions, { symbol: 'OLDN', quantity: 100 }, { symbol: 'NOSUCH', quantity: -5 }];
    expect(errors(await ask({ ...BOOK, positions: lacking }))).toEqual([
      422,
      'symbol.unknown /positions/8/symbol',
      'price.stale /positions/7/symbol',
    ]);
    const whole = (await ask(BOOK)).json.days[0];
    const { status, json } = await ask({ ...BOOK, positions: lacking, allowPartial: true });
    expect([status, json.complete, json.days[0].complete]).toEqual([200, false, false]);
    expect(json.days[0].total).toEqual(whole.total);
    expect(json.days[0].gaps.map(({ symbol, code }: Json) => `${symbol} ${code}`)).toEqual([
      'NOSUCH symbol.unknown',
      'OLDN price.stale',
    ]);
  });

  it('says which conditions fail, which are to confirm, and which positions stay behind', async () => {
    const conditions = async (changes: object) => {
      const { json } = await ask({ ...BOOK, ...changes });
      const [{ eligible, conditions: all }] = json.days;
      return [eligible, ...all.map(({ code, status }: Json) => `${code} ${status}`)];
    };
    const account = { ...BOOK.account, disclosureAcknowledged: true };
    expect(await conditions({})).toEqual([
      'TO_CONFIRM',
      'account.type MEETS',
      'equity.real_time_monitoring MEETS',
      'equity.intraday_monitoring MEETS',
      'equity.executed_away NOT_ASKED',
      'approval.uncovered_options MEETS',
      'disclosure.acknowledged TO_CONFIRM',
    ]);
    expect((await conditions({ account }))[0]).toBe('YES');
    const away = await conditions({ account, equityTier: 'EXECUTED_AWAY' });
    expect([away[0], away[4]]).toEqual(['NO', 'equity.executed_away FAILS']);
    const own = await conditions({ account, minimumEquity: '10000000' });
    expect([own[0], own[2]]).toEqual(['NO', 'equity.own_minimum FAILS']);
    const ira = await conditions({ account: { ...account, type: 'IRA' } });
    expect([ira[0], ira[1]]).toEqual(['NO', 'account.type FAILS']);
    const { json } = await ask({ ...BOOK, lowPrice: '250', nonMargin: ['PYLM'] });
    const [{ ineligiblePositions }] = json.days;
    expect(ineligiblePositions.map(({ symbol, code }: Json) => `${symbol} ${code}`)).toEqual([
      'HLVN position.low_priced',
      'HLVN  260717C00225000 position.low_priced',
      'HLVN  260821P00200000 position.low_priced',
      'PYLM position.non_margin',
      'PYLM position.low_priced',
    ]);
    const pylm = (days: Json) => days[0].underlyings.find(({ classGroup }: Json) => classGroup === 'PYLM');
    // Without loan value all of it is required.
    expect(pylm(json.days).regTInitial).toBe(pylm(json.days).longMarketValue);
  });

  it('reads a position file of clearing and the columns of a book, and answers alike', async () => {
    const positions = [
      { symbol: 'HLVN', quantity: '1000' },
      { symbol: 'HLVN  260717C00225000', quantity: '-10' },
    ];
    const expected = (await ask({ account: { cash: '5000' }, positions, feed: 'demo' })).json;
    expect((await csv(POSITION_FILE_EXAMPLE, '?cash=5000&feed=demo')).json).toEqual(expected);
    const turned =
      'short,long,note,symbol,account\n0,1200,x,HLVN,A\n200,,y,HLVN,A\n10,0,z,HLVN260717C00225000,A\n1,,,PYLM,B\n';
    expect((await csv(turned, '?cash=5000&feed=demo&account=A')).json).toEqual(expected);
    const book = 'symbol,quantity\r\nHLVN,1000\r\nHLVN  260717C00225000,-10\r\n';
    expect((await csv(book, `?cash=5000&dates=${date}`)).json).toEqual(expected);
    expect(errors(await csv(turned, '?cash=5000'))).toEqual([400, 'positions.several_accounts /account']);
    expect(errors(await csv(turned, '?cash=5000&account=C'))).toEqual([400, 'positions.none /account']);
    expect(errors(await csv('a,b\n1,2\n', '?cash=5000'))).toEqual([400, 'csv.header ']);
    expect(errors(await csv(book, ''))).toEqual([400, 'field.required /account/cash']);
    expect(errors(await csv('account,symbol,long,short\nA,hlvn,-1,1e3\nA,HLVN,1\n', '?cash=5'))).toEqual([
      400,
      'csv.fields /positions/1',
      'field.symbol /positions/0/symbol',
      'field.decimal /positions/0/long',
      'field.decimal /positions/0/short',
    ]);
    expect(errors(await ask(BOOK, { query: '?cash=5' }))).toEqual([400, 'query.with_json /cash']);
  });

  it('answers as CSV: a row an underlying, and the total', async () => {
    const { json } = await ask(BOOK);
    const { text, headers } = await ask(BOOK, { headers: { accept: 'text/csv' } });
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    const [head, ...rows] = text.trimEnd().split('\r\n');
    const table = rows.map((row) => Object.fromEntries(row.split(',').map((cell, i) => [head.split(',')[i], cell])));
    expect(table.map(({ class_group: name }) => name)).toEqual([
      ...json.days[0].underlyings.map(({ classGroup }: Json) => classGroup),
      'TOTAL',
    ]);
    const { total } = json.days[0];
    expect(table.at(-1)).toMatchObject({
      ...{ date, snapshot_id: snapshotId, portfolio_margin: total.portfolioMargin, reg_t_initial: total.regTInitial },
      ...{ capital_freed: total.capitalFreed, complete: 'true' },
    });
  });

  it('answers as a page with two charts that loads nothing and runs nothing', async () => {
    const hostile = `</title><script>alert("1")</script>&'`;
    const { text, headers } = await ask(
      { ...BOOK, account: { ...BOOK.account, name: hostile } },
      { headers: { accept: 'text/html' } },
    );
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/]+=*';/);
    expect(text.match(/<svg /g)).toHaveLength(2);
    expect(text).not.toMatch(/<script|https?:|url\(|undefined|NaN|\[object/);
    expect(text).toContain('&lt;/title&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;');
  });

  it('compares days: capital freed over them in the page, a row for each in the table', async () => {
    const of = (asOf: string, price: string) => ({
      ...{ asOf, feed: 'days', rates: [{ days: 30, rate: 0.04 }] },
      underlyings: [{ symbol: 'ZZA', type: 'EQUITY', price, productClass: 'EQUITY', classGroup: 'ZZA' }],
    });
    for (const market of [of('2026-05-04T20:00:00.000Z', '80'), of('2026-05-05T20:00:00.000Z', '100')]) {
      expect((await call('POST', '/v1/market-snapshots', { body: market })).status).toBe(201);
    }
    const body = {
      account: { cash: '-1000' },
      ...{ positions: [{ symbol: 'ZZA', quantity: 100 }], dates: ['2026-05-04', '2026-05-05'], feed: 'days' },
    };
    const { json } = await ask(body);
    // 35 % of the value: 50 % under Reg T less 15 % under portfolio margin.
    expect(json.days.map(({ date: on, total }: Json) => [on, total.capitalFreed])).toEqual([
      ['2026-05-04', '2800.00'],
      ['2026-05-05', '3500.00'],
    ]);
    const { text } = await ask(body, { headers: { accept: 'text/html' } });
    expect(text).toContain('Capital freed over the days');
    expect(text).toMatch(/>2026-05-04<.*>2,800<.*>2026-05-05<.*>3,500</s);
    expect((await ask(body, { headers: { accept: 'text/csv' } })).text.match(/TOTAL/g)).toHaveLength(2);
    // Dates are named in what is missing on one of several.
    const more = { ...body, positions: [...body.positions, { symbol: 'NOSUCH', quantity: 1 }] };
    const refused = await ask(more);
    expect(refused.json.errors.map(({ detail }: Json) => detail.slice(0, 14))).toEqual([
      'On 2026-05-04:',
      'On 2026-05-05:',
    ]);
  });

  it('answers the examples of the document as printed', async () => {
    for (const { value } of Object.values(ANALYSIS_EXAMPLES)) expect((await ask(value)).status).toBe(200);
  });
});
