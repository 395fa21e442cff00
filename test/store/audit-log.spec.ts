import { Client } from 'pg';
import {
  AuditCheck,
  type AuditEntry,
  type AuditFault,
  type AuditHead,
  AuditRepository,
  Database,
  DatabaseRoleError,
  entryHash,
} from '@app/store';
import { randomStream } from '../../libs/store/src/books/random-stream.js';
import { freshDatabase, type FreshDatabase } from '../support/database.js';

const ENTRIES = 60;
const TAMPERINGS = 1_000;
const FIELDS = ['act', 'subject', 'state', 'authorKey', 'author', 'reason', 'content', 'previousHash', 'hash'] as const;

let fresh: FreshDatabase;
let database: Database;
let audit: AuditRepository;
/** As superuser and owner: what an administrator with bad intentions can do. */
let owner: Client;
let entries: readonly AuditEntry[];
let heads: readonly AuditHead[];

const newEntry = (index: number) => ({
  act: 'rule.create',
  subject: `subject-${index % 7}`,
  state: 'IN_FORCE' as const,
  authorKey: `key-${index % 3}`,
  author: index % 3 === 0 ? 'Zoë, 14:7' : 'Ann',
  reason: `reason ${index} – “because”`,
  content: JSON.stringify({ value: index / 100 }),
});

beforeAll(async () => {
  fresh = await freshDatabase();
  database = await Database.open(fresh.url);
  audit = new AuditRepository(database);
  owner = new Client({ connectionString: fresh.url });
  await owner.connect();
  // Side by side: whichever order they come in, the chain has no gap.
  await Promise.all(
    Array.from({ length: ENTRIES }, (_, index) => audit.append(() => Promise.resolve(newEntry(index)))),
  );
  entries = (await all()).map((entry) => ({ ...entry }));
  heads = entries.map(({ sequence, hash }) => ({ sequence, hash }));
});

afterAll(async () => {
  await owner.end();
  await database.close();
  await fresh.drop();
});

async function all(): Promise<AuditEntry[]> {
  const found: AuditEntry[] = [];
  for await (const page of audit.entriesAfter(0)) found.push(...page);
  return found;
}

function fault(log: readonly AuditEntry[], kept: AuditHead | null = null): AuditFault | undefined {
  const check = new AuditCheck(heads, kept);
  log.every((entry) => check.take(entry));
  return check.fault();
}

/** Every hash made anew from an entry on, as one would who wants the chain to look whole. */
function rechained(log: readonly AuditEntry[]): AuditEntry[] {
  let previousHash = '0'.repeat(64);
  return log.map((entry, index) => {
    const made = { ...entry, sequence: index + 1, previousHash };
    previousHash = entryHash(made);
    return { ...made, hash: previousHash };
  });
}

/** One tampering of each kind in turn, of a random entry. */
function tampered(kind: number, random: () => number): AuditEntry[] {
  const log = [...entries];
  const place = Math.floor(random() * log.length);
  const other = (place + 1 + Math.floor(random() * (log.length - 1))) % log.length;
  const letters = (text: string): string => {
    const at = Math.floor(random() * (text.length + 1));
    return `${text.slice(0, at)}${String.fromCharCode(97 + Math.floor(random() * 26))}${text.slice(at)}`;
  };
  switch (kind) {
    case 0: {
      const field = FIELDS[Math.floor(random() * FIELDS.length)];
      log[place] = { ...log[place], [field]: letters(log[place][field]) };
      return log;
    }
    case 1:
      log[place] = { ...log[place], at: new Date(Date.parse(log[place].at) + 1 + random() * 1e9).toISOString() };
      return log;
    case 2:
      return log.toSpliced(place, 1);
    case 3:
      return log.with(place, log[other]).with(other, log[place]);
    case 4: // the same with the numbers exchanged, so that they stand in order
      return log
        .with(place, { ...log[other], sequence: place + 1 })
        .with(other, { ...log[place], sequence: other + 1 });
    case 5:
      return log.slice(0, place);
    case 6:
      return log.toSpliced(place, 0, { ...log[other], sequence: place + 1 });
    case 7:
      return rechained(log.with(place, { ...log[place], reason: letters(log[place].reason) }));
    default:
      return rechained(log.toSpliced(place, 1));
  }
}

describe('the audit log', () => {
  it('is whole as the database wrote it, by a hash computed elsewhere', async () => {
    expect(entries.map(({ sequence }) => sequence)).toEqual(Array.from({ length: ENTRIES }, (_, index) => index + 1));
    expect(entries.map(entryHash)).toEqual(entries.map(({ hash }) => hash));
    expect(await audit.check()).toEqual({ head: heads.at(-1), fault: undefined });
  });

  it(`shows every one of ${TAMPERINGS} tamperings: edits, deletions, swaps, insertions, truncations, new chains`, () => {
    const random = randomStream(20261120);
    const unseen = Array.from({ length: TAMPERINGS }, (_, index) => index % 9).filter(
      (kind) => fault(tampered(kind, random)) === undefined,
    );
    expect(unseen).toEqual([]);
    expect(fault(entries)).toBeUndefined();
  });

  it('written anew with its heads is told by a head that was kept elsewhere, and by that alone', () => {
    const log = rechained(entries.with(9, { ...entries[9], reason: 'another' }));
    const forged = log.map(({ sequence, hash }) => ({ sequence, hash }));
    const check = (kept: AuditHead | null): AuditFault | undefined => {
      const checked = new AuditCheck(forged, kept);
      log.every((entry) => checked.take(entry));
      return checked.fault();
    };
    expect(check(null)).toBeUndefined();
    expect(check(heads[29])).toEqual({ sequence: 30, detail: 'its hash is not the kept one' });
    // Kept before the entry that was changed: nothing to be told by.
    expect(check(heads[8])).toBeUndefined();
    const cut = new AuditCheck(forged.slice(0, 20), heads[29]);
    log.slice(0, 20).every((entry) => cut.take(entry));
    expect(cut.fault()).toMatchObject({ sequence: 21 });
  });

  it.each([
    [`UPDATE audit_log SET reason = 'x' WHERE sequence = 17`, 17],
    [`DELETE FROM audit_log WHERE sequence = 17`, 17],
    [`DELETE FROM audit_log WHERE sequence > 50`, 51],
    [`TRUNCATE audit_log`, 1],
    [
      `UPDATE audit_log SET sequence = -sequence WHERE sequence IN (17, 40);
       UPDATE audit_log SET sequence = 57 + sequence WHERE sequence < 0`,
      17,
    ],
  ])('by an administrator who takes the triggers off, is found to be changed: %s', async (sql, sequence) => {
    await owner.query(
      'BEGIN; SET LOCAL session_replication_role = replica; ALTER TABLE audit_log DROP CONSTRAINT audit_log_sequence_positive',
    );
    try {
      await owner.query(sql);
      const { rows } = await owner.query(`SELECT sequence FROM audit_log`);
      expect(rows.length).toBeLessThanOrEqual(ENTRIES);
      const log = (
        await owner.query(
          `SELECT *, author_key AS "authorKey", previous_hash AS "previousHash" FROM audit_log ORDER BY sequence`,
        )
      ).rows;
      expect(fault(log.map((row: { at: Date }) => ({ ...row, at: row.at.toISOString() }) as never))?.sequence).toBe(
        sequence,
      );
    } finally {
      await owner.query('ROLLBACK');
    }
  });

  describe('for the role the applications run as', () => {
    const asApplication = (sql: string) => database.pool.query(sql);

    it('is that role, and no superuser', async () => {
      const { rows } = await asApplication(`SELECT current_user AS role, current_setting('is_superuser') AS superuser`);
      expect(rows).toEqual([{ role: 'marginal_app', superuser: 'off' }]);
      const prisma = await database.prisma.$queryRaw`SELECT current_user::text AS role`;
      expect(prisma).toEqual([{ role: 'marginal_app' }]);
    });

    it.each([
      `UPDATE audit_log SET reason = reason`,
      `DELETE FROM audit_log`,
      `TRUNCATE audit_log`,
      `DROP TABLE audit_log`,
      `ALTER TABLE audit_log DISABLE TRIGGER ALL`,
      `SET session_replication_role = replica`,
      `UPDATE audit_heads SET hash = hash`,
      `DELETE FROM audit_heads`,
      `TRUNCATE audit_heads`,
      `INSERT INTO audit_heads VALUES (1000, repeat('0', 64))`,
      `CREATE TABLE audit_log_2 (id int)`,
      `CREATE OR REPLACE FUNCTION chain_audit_entry() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'`,
    ])('denies %s', async (sql) => {
      await expect(asApplication(sql)).rejects.toMatchObject({ code: '42501' });
    });

    it('takes an entry, and makes number, instant and hashes whatever is stated', async () => {
      const zeros = '0'.repeat(64);
      await asApplication(
        `INSERT INTO audit_log VALUES (7, '1999-01-01', 'a.b', 's', 'IN_FORCE', 'k', 'n', 'r', '{}', '${zeros}', '${zeros}')`,
      );
      const last = (await all()).at(-1)!;
      expect(last.sequence).toBe(ENTRIES + 1);
      expect(last.previousHash).toBe(heads.at(-1)!.hash);
      expect(Date.now() - Date.parse(last.at)).toBeLessThan(60_000);
      expect((await audit.check()).fault).toBeUndefined();
    });
  });

  it('is not changed by its owner either while the triggers stand', async () => {
    for (const sql of [
      `UPDATE audit_log SET reason = 'x'`,
      'DELETE FROM audit_log',
      'TRUNCATE audit_log',
      'DELETE FROM audit_heads',
    ]) {
      await expect(owner.query(sql)).rejects.toThrow(/audit_\w+ is immutable/);
    }
  });

  it('keeps an application from starting whose role may change it', async () => {
    await owner.query('GRANT UPDATE ON audit_log TO marginal_app');
    await expect(Database.open(fresh.url)).rejects.toThrow(DatabaseRoleError);
    await owner.query('REVOKE UPDATE ON audit_log FROM marginal_app');
    await (await Database.open(fresh.url)).close();
  });
});
