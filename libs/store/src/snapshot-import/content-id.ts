import { createHash } from 'node:crypto';
import type { Client } from 'pg';
import { copyIn, copyOut } from './copy.js';

const SORTED = `
  COPY (
    SELECT content FROM (
      SELECT content FROM staged_contracts
      UNION ALL SELECT content FROM staged_quotes
      UNION ALL SELECT content FROM staged_basis
    ) lines ORDER BY content
  ) TO STDOUT`;

/** Raised when the same content is to be read differently: then it is another snapshot. */
const FORMAT = 'SNAPSHOT 2';

/** First line of what a snapshot's id is the hash of. */
export function contentHead(asOf: string, feed: string): string {
  return `${FORMAT}|${asOf}|${feed}\n`;
}

/** SHA-256, in hex, of the head and of every staged line in sorted order, each ending in a line break. */
export async function stagedContentId(client: Client, head: string, basis: readonly string[]): Promise<string> {
  await client.query('CREATE TEMP TABLE staged_basis (content text COLLATE "C" NOT NULL) ON COMMIT DROP');
  const lines = basis.map((content) => `${content}\n`);
  await copyIn(client, 'COPY staged_basis FROM STDIN', lines);
  const hash = createHash('sha256').update(head);
  for await (const bytes of copyOut(client, SORTED)) hash.update(bytes);
  return hash.digest('hex');
}

/** The same for lines in memory. */
export function contentId(head: string, content: readonly string[]): string {
  const hash = createHash('sha256').update(head);
  // Every line is ASCII, where the order of code units is the order of bytes.
  for (const line of content.toSorted()) hash.update(`${line}\n`);
  return hash.digest('hex');
}
