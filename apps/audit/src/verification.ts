import { type AuditEntry, type AuditHead, AuditRepository, Database } from '@app/store';

/** What a verification says, and whether the log is whole. */
export interface Verification {
  readonly isWhole: boolean;
  readonly lines: readonly string[];
}

/** Verifies the log of the database at `url`; `told` gets a line an entry, up to the first fault. */
export async function verification(
  url: string,
  kept: AuditHead | null,
  told: (line: string) => void,
): Promise<Verification> {
  const database = await Database.open(url, { connectionsMax: 1, statementTimeoutMilliseconds: 0 });
  try {
    const { head, fault } = await new AuditRepository(database).check(kept, (entry) => told(entryLine(entry)));
    const reached = head.sequence === 0 ? 'no entry' : `${head.sequence} ${head.sequence === 1 ? 'entry' : 'entries'}`;
    if (fault !== undefined) {
      return {
        isWhole: false,
        lines: [`NOT WHOLE at entry ${fault.sequence}: ${fault.detail}`, `whole before: ${reached}`],
      };
    }
    return { isWhole: true, lines: [`whole: ${reached}`, `head: ${head.sequence}:${head.hash}`] };
  } finally {
    await database.close();
  }
}

function entryLine({ sequence, at, act, subject, state, author, reason, hash }: AuditEntry): string {
  return [sequence, at, act, subject, state, author, reason, hash].join('\t');
}
