import { randomStream } from '../../../libs/store/src/books/random-stream.js';
import { brokenBytes } from './broken-bytes.js';
import { csvRequest, formRequest } from './broken-files.js';
import { treeOf, treeText } from './json-tree.js';
import { mutated } from './mutated-tree.js';
import { oddHeaders } from './odd-headers.js';
import { oddPath } from './odd-path.js';
import { jsonRequest, type MutatedRequest } from './request.js';
import { oneOf, type Stream } from './stream.js';
import { targets } from './targets.js';
import { wireRequest } from './wire-request.js';

function nearMiss(stream: Stream, index: number): MutatedRequest {
  const target = oneOf(stream, targets(index));
  let tree = treeOf(target.body);
  // Some go as they are: that they are right is part of the test.
  const times = oneOf(stream, [0, 1, 1, 1, 1, 1, 1, 2, 2, 3]);
  for (let k = 0; k < times; k++) tree = mutated(tree, stream);
  return jsonRequest(target, treeText(tree));
}

/** Request number `index` of the stream of `seed`: it depends on nothing else. Even ones are near misses. */
export function mutatedRequest(seed: number, index: number): MutatedRequest {
  const stream = randomStream(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b));
  if (index % 2 === 0) return nearMiss(stream, index);
  const share = stream();
  if (share < 0.4) {
    const target = oneOf(stream, targets(index));
    return jsonRequest(target, brokenBytes(Buffer.from(JSON.stringify(target.body)), stream));
  }
  if (share < 0.6) return oddHeaders(stream, index);
  if (share < 0.7) return csvRequest(stream);
  if (share < 0.73) return formRequest(stream);
  return share < 0.88 ? oddPath(stream) : wireRequest(stream, index);
}
