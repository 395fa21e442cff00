// What npm run check:reprice compares: a run's stored results with the answers for single accounts.
import { HouseRuleRepository } from '../../dist/libs/store/src/index.js';

const PAGE = 500;
const CALLS_AT_ONCE = 4;
const SIGNED = { authorKey: 'check', author: 'Check', reason: 'so that there is one', state: 'IN_FORCE' };
const EVERYWHERE = { productClass: null, symbol: null, effectiveFrom: '2000-01-01', effectiveTo: null };
const FIRM = { scope: 'FIRM', groupId: null, accountId: null };
const GROUP = { scope: 'GROUP', groupId: 'check', accountId: null };

/** Among the generated accounts some of every kind, always the same ones; a book that has them stays as it is. */
export async function bookVariety(database, snapshotId) {
  const { pool } = database;
  const { rowCount } = await pool.query(
    "UPDATE accounts SET methodology = 'REG_T' WHERE starts_with(id, 'gen-') AND right(id, 2) = '17' AND methodology <> 'REG_T'",
  );
  if (rowCount === 0) return;
  const [first, second, third] = (
    await pool.query(
      `SELECT u.class_group, min(u.symbol) AS symbol FROM positions p JOIN snapshot_underlyings u ON u.symbol = p.symbol AND u.snapshot_id = $1
       WHERE u.type = 'EQUITY' GROUP BY u.class_group ORDER BY count(*) DESC, u.class_group LIMIT 3`,
      [snapshotId],
    )
  ).rows;
  const { rows } = await pool.query("SELECT id FROM accounts WHERE starts_with(id, 'gen-') AND right(id, 1) = '3'");
  const rules = new HouseRuleRepository(database);
  let number = 0;
  const write = (act, subject, content) => rules.change(() => ({ ...SIGNED, change: { act, subject, content } }));
  const rule = (terms) =>
    write('rule.create', `c0000000-0000-4000-8000-${String(++number).padStart(12, '0')}`, { ...EVERYWHERE, ...terms });
  await write('group.create', 'check', { name: 'Check', members: rows.map(({ id }) => id) });
  await rule({ ...FIRM, classGroup: first.class_group, parameter: 'priceMove.down', value: -0.3 });
  await rule({ ...GROUP, classGroup: second.class_group, parameter: 'priceMove.up', value: 0.4 });
  await rule({ ...GROUP, classGroup: null, productClass: 'EQUITY', parameter: 'minimumCharge', value: 0.5 });
  // Kept out of the model, on strategy-based terms.
  await rule({ ...GROUP, classGroup: null, symbol: third.symbol, parameter: 'leastEligiblePrice', value: 100_000 });
}

/** An account's margin as a caller gets it. */
export function answersOf(url, key) {
  return async (id) => {
    const response = await fetch(`${url}/v1/accounts/${id}/margin`, { headers: { authorization: `Bearer ${key}` } });
    return { status: response.status, json: await response.json() };
  };
}

/** Every result and dead letter of a run beside the answer for its account. */
export async function allDifferences(database, runId, answer) {
  const found = { results: 0, deadLetters: 0, regT: 0, unproven: 0, deficits: 0, classGroups: 0, productGroups: 0 };
  const different = [];
  Object.assign(found, { strategyPositions: 0, underHouseRules: 0, different });
  const compared = async (stored) => {
    const { status, json } = await answer(stored.account_id);
    const differences = stored.gaps === undefined ? ofResult(stored, status, json) : ofDeadLetter(stored, status, json);
    if (differences.length > 0) different.push({ id: stored.account_id, differences });
    count(found, stored, json);
  };
  for (const table of ['reprice_results', 'reprice_dead_letters']) {
    for (let after = ''; ;) {
      const { rows } = await database.pool.query(
        `SELECT * FROM ${table} WHERE run_id = $1 AND account_id > $2 ORDER BY account_id LIMIT ${PAGE}`,
        [runId, after],
      );
      if (rows.length === 0) break;
      after = rows.at(-1).account_id;
      const waiting = rows.values();
      await Promise.all(
        Array.from({ length: CALLS_AT_ONCE }, async () => {
          for (const row of waiting) await compared(row);
        }),
      );
    }
  }
  return found;
}

function count(found, stored, json) {
  if (stored.gaps !== undefined) return void (found.deadLetters += 1);
  found.results += 1;
  found.classGroups += stored.class_groups.length;
  found.regT += Number(stored.methodology === 'REG_T');
  found.unproven += Number(json.regT?.optimal === false);
  found.deficits += Number(BigInt(stored.equity) < BigInt(stored.requirement));
  found.productGroups += json.productGroups?.length ?? 0;
  found.strategyPositions += json.strategyPositions?.length ?? 0;
  found.underHouseRules += Number(json.regulatory !== undefined && json.regulatory.requirement !== json.requirement);
}

/** '1234.50' as '123450'. */
const cents = (text) => String(BigInt(text.replace('.', '')));
const list = (groups, name) => (groups ?? []).map((group) => cents(group[name])).join();

function ofResult(stored, status, json) {
  if (status !== 200) return [`result, but ${status} ${JSON.stringify(json.errors)}`];
  const { classGroups, provenance } = json;
  const pairs = {
    methodology: [stored.methodology, json.methodology],
    version: [String(stored.account_version), provenance.positionsVersion],
    rules: [stored.rules_version, provenance.ruleSetVersion],
    equity: [stored.equity, cents(json.equity)],
    held: ['0', cents(json.held)],
  };
  if (json.methodology === 'PORTFOLIO_MARGIN') {
    Object.assign(pairs, {
      requirement: [stored.requirement, cents(json.requirement)],
      regulatory: [stored.regulatory_requirement, cents(json.regulatory.requirement)],
      names: [stored.class_groups.join(), classGroups.map(({ classGroup }) => classGroup).join()],
      requirements: [stored.requirements.join(), list(classGroups, 'requirement')],
      scanLosses: [stored.scan_losses.join(), list(classGroups, 'scanLoss')],
      minimumCharges: [stored.minimum_charges.join(), list(classGroups, 'minimumCharge')],
      priceMoves: [stored.worst_price_moves.join(), classGroups.map(({ worst }) => worst.priceMove).join()],
      volMoves: [stored.worst_vol_moves.join(), classGroups.map(({ worst }) => worst.volMove).join()],
    });
  }
  const differences = Object.entries(pairs).filter(([, [run, answer]]) => run !== answer);
  const texts = differences.map(([name, [run, answer]]) => `${name}: run ${run}, answer ${answer}`);
  return json.methodology === 'REG_T' ? [...texts, ...ofPairing(stored, json)] : texts;
}

/** A caller is not kept waiting for the proof of a pairing, a run is: then the run's lies within the stated gap. */
function ofPairing({ requirement, maintenance_excess: excess }, { requirement: answered, regT }) {
  const [run, most] = [BigInt(requirement), BigInt(cents(answered))];
  if (regT.optimal) {
    const isSame = run === most && excess === cents(regT.maintenanceExcess);
    return isSame
      ? []
      : [`initial: run ${run}, answer ${most}; excess: run ${excess}, answer ${regT.maintenanceExcess}`];
  }
  const least = most - BigInt(cents(regT.gap));
  return least <= run && run <= most ? [] : [`pairing: run ${run}, answer ${least} to ${most}`];
}

function ofDeadLetter({ code, gaps }, status, json) {
  const named = (errors) => JSON.stringify((errors ?? []).map(({ code: each, symbol = null }) => [each, symbol]));
  return status === 422 && named(JSON.parse(gaps)) === named(json.errors)
    ? []
    : [`dead letter ${code} ${gaps}, answer ${status} ${named(json.errors)}`];
}
