import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { badRequest, contentTooLarge, unsupportedMediaType } from '../problems.js';

declare module 'node:http' {
  interface IncomingMessage {
    /** The body where somebody has read it, within the limit that its route has. */
    sentBytes?: Buffer;
  }
}

const inflate = promisify(gunzip);

/** What is still read, and dropped, of a body that is too long, so that its sender gets to read the answer. */
const DRAINED_BYTES = 16 * 1024 * 1024;

/** Reads and drops the rest of a refused body; a sender that never stops loses the connection. */
function drain(request: IncomingMessage): void {
  let dropped = 0;
  request.on('data', (chunk: Buffer) => {
    dropped += chunk.length;
    if (dropped > DRAINED_BYTES) request.destroy();
  });
}

/** Reads what was sent, as sent. @throws Problem 413 above `limitBytes`, 400 where the sender hung up. */
function readSentBytes(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  if (request.sentBytes !== undefined) return Promise.resolve(request.sentBytes);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const refuse = (): void => {
      request.removeAllListeners('data');
      drain(request);
      reject(contentTooLarge(limitBytes));
    };
    if (Number(request.headers['content-length'] ?? 0) > limitBytes) return refuse();
    const broken = (): void => reject(badRequest('body.incomplete', 'The body ended before its announced length.'));
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > limitBytes) refuse();
      else chunks.push(chunk);
    });
    request.on('end', () => resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)));
    request.on('error', broken); // also where the connection is lost
  });
}

/**
 * Reads a request's body, decompressed. The limit holds for both forms, so a small gzip cannot become a large value.
 * @throws Problem 413, 415 (another content encoding), 400 (cut short, or not gzip).
 */
export async function readBytes(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  const encoding = request.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (encoding !== 'identity' && encoding !== 'gzip') {
    throw unsupportedMediaType('Content-Encoding may be gzip or absent.');
  }
  const sent = await readSentBytes(request, limitBytes);
  if (encoding === 'identity') return sent;
  try {
    return await inflate(sent, { maxOutputLength: limitBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw contentTooLarge(limitBytes);
    throw badRequest('body.not_gzip', 'The body is not a complete gzip stream.');
  }
}
