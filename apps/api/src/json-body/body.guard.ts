import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/internal';
import type { Request } from 'express';
import { HandlerMemo } from '../handler-memo.js';
import { badRequest, unsupportedMediaType } from '../problems.js';
import { readBytes } from './body-bytes.js';
import type { RequestWithBytes } from './body-bytes-parameter.js';
import { jsonValue, utf8Text } from './json-body.js';
import { JSON_TYPE } from './media-type.js';
import { BODY_OPTIONS, type BodyOptions, DEFAULT_BODY_OPTIONS } from './read-body.decorator.js';

const CSV_TYPE = /^text\/csv[ \t]*(?:;[ \t]*(?:header=(?:present|absent)|charset=(?:utf-8|"utf-8")|)[ \t]*)*$/i;

function mediaType(request: Request, options: BodyOptions): 'json' | 'csv' {
  const type = request.headers['content-type'] ?? '';
  if (JSON_TYPE.test(type)) return 'json';
  if (options.csv && CSV_TYPE.test(type)) return 'csv';
  const csv = options.csv ? ' or text/csv' : '';
  throw unsupportedMediaType(`Content-Type must be application/json${csv}; the only charset is utf-8.`);
}

/** CSV as text. @throws Problem 400 for NUL, which no field may hold and the database refuses. */
function csvText(text: string): string {
  if (text.includes('\0')) throw badRequest('csv.nul_character', 'The character NUL (U+0000) is not allowed.');
  return text;
}

async function readBody(request: Request & RequestWithBytes, options: BodyOptions): Promise<unknown> {
  const type = mediaType(request, options);
  const bytes = await readBytes(request, options.limit);
  if (bytes.length === 0) throw badRequest('body.missing', 'This call needs a body.');
  const text = utf8Text(bytes);
  request.bodyBytes = bytes;
  return type === 'json' ? jsonValue(text) : csvText(text);
}

/** What a handler wants of the body; null where it has no `@Body()` parameter. */
function bodyOptions(context: ExecutionContext): BodyOptions | null {
  const handler = context.getHandler();
  const parameters = Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), handler.name) as object | undefined;
  const wanted = Object.keys(parameters ?? {}).some((key) => key.startsWith(`${RouteParamtypes.BODY}:`));
  if (!wanted) return null;
  return (Reflect.getMetadata(BODY_OPTIONS, handler) as BodyOptions | undefined) ?? DEFAULT_BODY_OPTIONS;
}

/**
 * Reads the body in place of Express' parsers. A guard, and after the one that authenticates, because only there the
 * handler is known (its limit, whether it wants a body at all) and a caller without a key costs no reading.
 */
@Injectable()
export class BodyGuard implements CanActivate {
  private readonly options = new HandlerMemo(bodyOptions);

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const options = this.options.of(context);
    if (options !== null) {
      const request = context.switchToHttp().getRequest<Request>();
      request.body = await readBody(request, options);
    }
    return true;
  }
}
