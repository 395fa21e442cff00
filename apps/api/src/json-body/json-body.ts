import { isUtf8 } from 'node:buffer';
import { badRequest } from '../problems.js';
import { type Problem } from '../problem.js';
import { JSON_LIMITS, type JsonLimits, jsonScan } from './json-scan.js';
import { plainJson } from './plain-json.js';

/** `bytes` as text. @throws Problem 400 where they are not UTF-8. */
export function utf8Text(bytes: Buffer): string {
  // A decoder would put U+FFFD in place of what it cannot read: another symbol than the caller meant.
  if (!isUtf8(bytes)) throw badRequest('body.not_utf8', 'The body is not valid UTF-8.');
  return bytes.toString('utf8');
}

function syntaxProblem(at: number, length: number): Problem {
  const where = at >= length ? 'it ends too early' : `the error is at character ${at + 1}`;
  return badRequest('json.syntax', `The body is not JSON: ${where}.`);
}

/**
 * The value that JSON `text` stands for, where every reader would read the same.
 * @throws Problem 400: not JSON (with the position), or readable in more than one way (with every place).
 */
export function jsonValue(text: string, limits: JsonLimits = JSON_LIMITS): unknown {
  const plain = limits === JSON_LIMITS ? plainJson(text) : undefined;
  if (plain !== undefined) return plain;
  const { syntaxErrorAt, faults } = jsonScan(text, limits);
  if (syntaxErrorAt !== null) throw syntaxProblem(syntaxErrorAt, text.length);
  if (faults.length > 0) {
    const detail = 'The body is JSON, but parts of it could be misread or would change when read: see errors.';
    throw badRequest('json.ambiguous', detail, faults);
  }
  return JSON.parse(text) as unknown;
}
