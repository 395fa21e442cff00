import { HEADERS, SMALL } from '../../store/snapshot-import-folder.js';
import { brokenBytes } from './broken-bytes.js';
import { KEYED, type MutatedRequest } from './request.js';
import { below, oneOf, type Stream } from './stream.js';
import { ANY_VERSION, CALL } from './targets.js';

const CSV = Buffer.from(`symbol,quantity\r\nHLVN,100\r\n"${CALL}",-10.5\r\nMDXE,3\r\n`);
/** Positions as CSV. */
export function csvRequest(stream: Stream): MutatedRequest {
  const headers = {
    ...KEYED,
    ...ANY_VERSION,
    'content-type': oneOf(stream, ['text/csv', 'text/csv; charset=utf-8; header=present']),
  };
  let body: Buffer = CSV;
  for (let k = below(stream, 4); k > 0; k--) body = brokenBytes(body, stream);
  return { method: 'PUT', path: '/v1/accounts/mutated/positions', headers, body, raw: null };
}

const BOUNDARY = 'boundary';
const FORM = Buffer.from(
  [
    ...[['feed', 'mutated-form']].map(([name, value]) => [`name="${name}"`, value]),
    ...(['instruments', 'quotes', 'underlyings', 'rates'] as const).map((name) => [
      `name="${name}"; filename="${name}.csv"`,
      [HEADERS[name], ...SMALL[name]].join('\n'),
    ]),
  ]
    .map(([disposition, text]) => `--${BOUNDARY}\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${text}\r\n`)
    .concat(`--${BOUNDARY}--\r\n`)
    .join(''),
);
/** A snapshot's files as a form. */
export function formRequest(stream: Stream): MutatedRequest {
  const headers = { ...KEYED, 'content-type': `multipart/form-data; boundary=${BOUNDARY}` };
  const body = brokenBytes(stream() < 0.3 ? brokenBytes(FORM, stream) : FORM, stream);
  return { method: 'POST', path: '/v1/market-snapshots', headers, body, raw: null };
}
