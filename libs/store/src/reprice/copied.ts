import type { PoolClient } from 'pg';
import { from, to } from 'pg-copy-streams';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';

/** So much may come before the reader is asked again: all of a chunk, which is wanted whole. */
const BYTES_AHEAD = 1 << 20;

/** Everything that `COPY … TO STDOUT` gives, in memory: for what is known to be small. */
export async function copied(client: PoolClient, sql: string): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of client.query(to(sql, { highWaterMark: BYTES_AHEAD }))) pieces.push(piece as Buffer);
  return pieces.length === 1 ? pieces[0] : Buffer.concat(pieces);
}

/** Runs `COPY … FROM STDIN` with these bytes. */
export async function copyBytes(client: PoolClient, sql: string, bytes: Uint8Array): Promise<void> {
  const source = Readable.from([Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)], { objectMode: true });
  await pipeline(source, client.query(from(sql)));
}
