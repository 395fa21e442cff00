import type { Request } from 'express';
import { readBytes } from '../json-body/body-bytes.js';
import { jsonValue, utf8Text } from '../json-body/json-body.js';
import { DEFAULT_BODY_OPTIONS } from '../json-body/read-body.decorator.js';
import { badRequest, unsupportedMediaType } from '../problems.js';
import { validated } from '../validation/dto.pipe.js';
import { NewSnapshotDto } from './new-snapshot.dto.js';

const JSON_TYPE = /^application\/json[ \t]*(?:;[ \t]*(?:charset=(?:utf-8|"utf-8")[ \t]*)?)?$/i;

/**
 * The market in a JSON body. Read here and not by the guard that reads bodies, which would refuse a form.
 * @throws Problem 400, 413 or 415, as for every JSON body.
 */
export async function statedMarket(request: Request): Promise<NewSnapshotDto> {
  if (!JSON_TYPE.test(request.headers['content-type'] ?? '')) {
    throw unsupportedMediaType(
      'Content-Type must be multipart/form-data or application/json; the only charset is utf-8.',
    );
  }
  const bytes = await readBytes(request, DEFAULT_BODY_OPTIONS.limit);
  if (bytes.length === 0) throw badRequest('body.missing', 'This call needs a body.');
  return validated(NewSnapshotDto, jsonValue(utf8Text(bytes)));
}
