import { below, oneOf, type Stream } from './stream.js';

const BYTES = [
  [0],
  [0xff],
  [0xc0, 0x80],
  [0xed, 0xa0, 0x80],
  [0xf5],
  [0x22],
  [0x5c],
  [0x7b],
  [0x5d],
  [0x2c],
  [0x0a],
  [0xef, 0xbb, 0xbf],
];

/** Cut, with bytes put in, turned or taken out, or said twice. */
export function brokenBytes(bytes: Buffer, stream: Stream): Buffer {
  const at = below(stream, bytes.length + 1);
  const to = Math.min(bytes.length, at + 1 + below(stream, 8));
  return oneOf<() => Buffer>(stream, [
    () => bytes.subarray(0, at),
    () => bytes.subarray(at),
    () => Buffer.concat([bytes.subarray(0, at), Buffer.from(oneOf(stream, BYTES)), bytes.subarray(at)]),
    () => Buffer.concat([bytes.subarray(0, at), Buffer.from(oneOf(stream, BYTES)), bytes.subarray(to)]),
    () => Buffer.concat([bytes.subarray(0, at), bytes.subarray(to)]),
    () => Buffer.concat([bytes, bytes]),
    () => Buffer.from(bytes.map((byte, index) => (index === at ? byte ^ (1 << below(stream, 8)) : byte))),
  ])();
}
