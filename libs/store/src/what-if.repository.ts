import { batched } from './batched.js';
import type { Database } from './database.js';

/** An answer as it was given, byte for byte. */
export interface StoredWhatIf {
  readonly id: string;
  readonly accountId: string;
  /** The desk that may read it. */
  readonly desk: string;
  /** JSON as `JSON.stringify` writes it. */
  readonly request: string;
  /** The same of the reply: in UTF-8, exactly the bytes the caller got. */
  readonly reply: string;
  readonly snapshotId: string;
}

/** Answers of one commit at most. */
const SAVED_AT_ONCE = 256;

/** Stands between the texts of a batch: JSON escapes control characters, so none of them holds it. */
const SEPARATOR = '\u0001';

// As bytea[] the driver would send every byte as two digits, and as text[] it would escape every quotation mark.
const SAVE = `
  INSERT INTO what_ifs (id, account_id, desk, snapshot_id, request, reply)
  SELECT id, account_id, desk, snapshot_id, convert_to(request, 'UTF8'), convert_to(reply, 'UTF8')
  FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[],
              string_to_array($5, E'\\x01'), string_to_array($6, E'\\x01'))
       AS saved (id, account_id, desk, snapshot_id, request, reply)`;

export class WhatIfRepository {
  /** Resolves once the answer is on disk; answers waiting together share a commit. */
  readonly save: (answer: StoredWhatIf) => Promise<void>;

  constructor(private readonly database: Database) {
    this.save = batched((answers) => this.saveAll(answers), SAVED_AT_ONCE);
  }

  async find(id: string): Promise<StoredWhatIf | undefined> {
    const row = await this.database.prisma.whatIf.findUnique({ where: { id } });
    return row === null ? undefined : { ...row, request: text(row.request), reply: text(row.reply) };
  }

  private async saveAll(answers: readonly StoredWhatIf[]): Promise<readonly void[]> {
    const column = <K extends keyof StoredWhatIf>(name: K) => answers.map((answer) => answer[name]);
    await this.database.pool.query({
      name: 'save-what-ifs',
      text: SAVE,
      values: [
        column('id'),
        column('accountId'),
        column('desk'),
        column('snapshotId'),
        column('request').join(SEPARATOR),
        column('reply').join(SEPARATOR),
      ],
    });
    return answers.map(() => undefined);
  }
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8');
}
