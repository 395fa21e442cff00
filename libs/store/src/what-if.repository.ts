import { batched } from './batched.js';
import type { Database } from './database.js';

/** An answer as it was given, byte for byte. */
export interface StoredWhatIf {
  readonly id: string;
  readonly accountId: string;
  /** The desk that may read it. */
  readonly desk: string;
  /** UTF-8 JSON. */
  readonly request: Buffer;
  /** UTF-8 JSON, exactly the bytes the caller got. */
  readonly reply: Buffer;
  readonly snapshotId: string;
}

/** Answers of one commit at most. */
const SAVED_AT_ONCE = 256;

const SAVE = `
  INSERT INTO what_ifs (id, account_id, desk, request, reply, snapshot_id)
  SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::bytea[], $5::bytea[], $6::text[])`;

export class WhatIfRepository {
  /** Resolves once the answer is on disk; answers waiting together share a commit. */
  readonly save: (answer: StoredWhatIf) => Promise<void>;

  constructor(private readonly database: Database) {
    this.save = batched((answers) => this.saveAll(answers), SAVED_AT_ONCE);
  }

  async find(id: string): Promise<StoredWhatIf | undefined> {
    const row = await this.database.prisma.whatIf.findUnique({ where: { id } });
    return row === null ? undefined : { ...row, request: Buffer.from(row.request), reply: Buffer.from(row.reply) };
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
        column('request'),
        column('reply'),
        column('snapshotId'),
      ],
    });
    return answers.map(() => undefined);
  }
}
