import { setImmediate as nextTurn } from 'node:timers/promises';
import { AccountRepository, Database } from '@app/store';
import { Decimal } from 'decimal.js';
import { type DemoService, startDemoService } from '../support/demo-service.js';

const SYMBOL = 'HLVN';
const CHANGES = 60;
const ASKERS = 8;
/** A share's requirement where the house's rule has the range end at −20 %, −21 % …: ever more. */
const RANGES = Array.from({ length: 25 }, (_, index) => -(20 + index) / 100);

/** What was begun and what was committed of a kind of change, by the writer's own count. */
class Progress {
  begun = 0;
  committed = 0;
  async step(change: () => Promise<unknown>): Promise<void> {
    this.begun++;
    await change();
    this.committed++;
  }
}

describe('while an account and the house rules change under it, a what-if', () => {
  let service: DemoService;
  let other: Database;

  beforeAll(async () => {
    service = await startDemoService();
    other = await Database.open(service.databaseUrl);
    const details = { name: 'Race', desk: 'demo', type: 'CUSTOMER', methodology: 'PORTFOLIO_MARGIN', feed: 'demo' };
    const body = { id: 'race', ...details, cash: '1000001.00', positions: [{ symbol: SYMBOL, quantity: 1 }] };
    expect((await service.call('POST', '/v1/accounts', { body })).status).toBe(201);
  });
  afterAll(async () => {
    await other.close();
    await service.close();
  });

  const ask = () =>
    service.call('POST', '/v1/accounts/race/what-if', { body: { orders: [], include: ['positions', 'regulatory'] } });

  /** As another process does it: nothing of it passes through the service. */
  const rule = (down: number, index: number) =>
    other.pool.query(
      `INSERT INTO audit_log (act, subject, state, author_key, author, reason, content)
       VALUES ($1, 'race', 'IN_FORCE', 'k', 'n', 'r', $2)`,
      index === 0
        ? [
            'rule.create',
            JSON.stringify({
              ...{
                scope: 'ACCOUNT',
                accountId: 'race',
                groupId: null,
                productClass: null,
                classGroup: null,
                symbol: null,
              },
              ...{ parameter: 'priceMove.down', value: down, effectiveFrom: '2020-01-01', effectiveTo: null },
            }),
          ]
        : ['rule.amend', JSON.stringify({ value: down, effectiveFrom: '2020-01-01', effectiveTo: null })],
    );

  it('never answers what was no longer so when it was asked', async () => {
    const positions = new Progress();
    const rules = new Progress();
    let isOver = false;
    const accounts = new AccountRepository(other);
    const ids: string[] = [];
    const answered = async (more: number): Promise<void> => {
      const enough = ids.length + more;
      while (ids.length < enough) await nextTurn();
    };
    // Version v has v shares and 1,000,000 + v dollars: an answer that mixed two would show it.
    const change = async (): Promise<void> => {
      for (let v = 1; v <= CHANGES; v++) {
        const held = [{ symbol: SYMBOL, quantity: new Decimal(v + 1) }];
        await positions.step(() => accounts.replacePositions('race', v, held, new Decimal(1_000_001 + v)));
        const index = Math.floor(v / 2) - 1;
        if (v % 2 === 0 && index < RANGES.length) await rules.step(() => rule(RANGES[index], index));
        await answered(3);
      }
    };
    const ranges = new Set<number>();
    const askers = Array.from({ length: ASKERS }, async () => {
      while (!isOver) {
        const from = { version: positions.committed + 1, rules: rules.committed };
        const { status, json } = await ask();
        expect(status).toBe(200);
        const version = Number(json.provenance.positionsVersion);
        expect(version).toBeGreaterThanOrEqual(from.version);
        expect(version).toBeLessThanOrEqual(positions.begun + 1);
        const [line] = json.positions;
        expect(line.quantity.before).toBe(String(version));
        const equity = new Decimal(1_000_000 + version).plus(line.marketValue.before);
        expect(json.equity.before).toBe(equity.toFixed(2));
        const inForce = json.rules.find(({ ruleId }: { ruleId: string }) => ruleId === 'race');
        const known = inForce === undefined ? 0 : RANGES.indexOf(inForce.value) + 1;
        expect(known).toBeGreaterThanOrEqual(from.rules);
        expect(known).toBeLessThanOrEqual(rules.begun);
        ranges.add(known);
        ids.push(json.id);
      }
    });
    await Promise.all([change().finally(() => (isOver = true)), ...askers]);
    expect(ranges.size).toBeGreaterThan(2);
    // Every answer that was given is there, by its id.
    for (const id of ids.slice(-20)) expect((await service.call('GET', `/v1/what-ifs/${id}`)).json.id).toBe(id);
  });
});
