import { SetMetadata } from '@nestjs/common';

export interface BodyOptions {
  /** Bytes, after decompression. */
  readonly limit: number;
  /** text/csv is read too; the handler then gets the text in place of a JSON value. */
  readonly csv: boolean;
}

export const BODY_OPTIONS = 'marginal:body-options';

export const DEFAULT_BODY_OPTIONS: BodyOptions = { limit: 1024 * 1024, csv: false };

/**
 * How a handler's body is read, where the default (JSON up to 1 MiB) does not fit. Only handlers with a `@Body()`
 * parameter have their body read at all: one without gets the untouched stream from `@Req()`.
 */
export const ReadBody = (options: Partial<BodyOptions>): MethodDecorator =>
  SetMetadata(BODY_OPTIONS, { ...DEFAULT_BODY_OPTIONS, ...options });
