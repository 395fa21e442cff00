import { performance } from 'node:perf_hooks';
import type { Client } from 'pg';
import { copyOut } from './copy.js';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from } from 'pg-copy-streams';
import { OPTION_COLUMNS } from './option-line.js';

/** Seconds that PostgreSQL takes to COPY the staged options into a bare table: the floor of what loading them can cost. */
export async function plainCopy(client: Client): Promise<number> {
  const pieces: Buffer[] = [];
  for await (const piece of copyOut(client, `COPY staged_options (${OPTION_COLUMNS}) TO STDOUT`)) pieces.push(piece);
  await client.query('CREATE TEMP TABLE plain_options (LIKE staged_options) ON COMMIT DROP');
  const begin = performance.now();
  await pipeline(Readable.from(pieces), client.query(from(`COPY plain_options (${OPTION_COLUMNS}) FROM STDIN`)));
  return (performance.now() - begin) / 1_000;
}
