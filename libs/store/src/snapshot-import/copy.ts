import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from, to } from 'pg-copy-streams';

/** Characters handed to the connection at once: a system call a row would cost more than the row. */
const PIECE_LENGTH = 1 << 18;

/** Runs `COPY … FROM STDIN` with lines in COPY's text format, each ending in a line break; as they come, never all at once. */
export async function copyIn(
  client: Client,
  sql: string,
  lines: AsyncIterable<string> | Iterable<string>,
): Promise<void> {
  await pipeline(Readable.from(pieces(lines), { objectMode: true, highWaterMark: 2 }), client.query(from(sql)));
}

/** Runs `COPY … TO STDOUT`, bytes as they come. */
export function copyOut(client: Client, sql: string): AsyncIterable<Buffer> {
  return client.query(to(sql));
}

async function* pieces(lines: AsyncIterable<string> | Iterable<string>): AsyncGenerator<Buffer> {
  let piece = '';
  for await (const line of lines) {
    piece += line;
    if (piece.length >= PIECE_LENGTH) {
      yield Buffer.from(piece);
      piece = '';
    }
  }
  if (piece !== '') yield Buffer.from(piece);
}
