import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiExtraModels, ApiHeader, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { Response } from 'express';
import { Roles } from '../auth/caller.js';
import { ApiProblems } from '../console/api-problems.js';
import { ApiIdempotencyKey } from '../idempotency/api-idempotency-key.js';
import { DryRunDto } from './dry-run.dto.js';
import { WrittenChangeDto } from './house-rule-reply.dto.js';

interface Documented {
  readonly summary: string;
  readonly description: string;
  readonly body: new () => object;
  readonly examples?: Readonly<Record<string, object>>;
  /** Asks for If-Match. */
  readonly ifMatch?: boolean;
}

const STATES =
  ' In force at once, or where it loosens anything PROPOSED until another person approves. With `dryRun=true` nothing ' +
  'is written: the answer is whom it would hit.';

/** A call that changes the house-rule book: role risk, 201 with the change as it was written, 200 for a dry run. */
export function ApiBookChange({ summary, description, body, examples, ifMatch = false }: Documented): MethodDecorator {
  const header = { name: 'If-Match', required: true, description: 'ETag of what is changed.', example: '"1"' };
  return applyDecorators(
    Roles('risk'),
    ApiIdempotencyKey(),
    ApiOperation({ summary, description: `Role risk. ${description}${STATES}` }),
    ApiExtraModels(WrittenChangeDto, DryRunDto),
    ApiBody({ type: body, ...(examples !== undefined && { examples: examples as never }) }),
    ...(ifMatch ? [ApiHeader(header)] : []),
    ApiCreatedResponse({
      type: WrittenChangeDto,
      description: 'The change as written into the log.',
      headers: { Location: { description: 'Of the change.', schema: { type: 'string' } } },
    }),
    ApiOkResponse({ type: DryRunDto, description: 'With `dryRun=true`: whom it would hit.' }),
    ApiProblems(...([400, 401, 403, 404, 409, ...(ifMatch ? ([412] as const) : []), 413, 415, 422] as const)),
    ApiProblems(...(ifMatch ? ([428, 503] as const) : ([503] as const))),
  );
}

/** Status and place of an answer: only what was written has a place. */
export function answered<T extends WrittenChangeDto | DryRunDto>(response: Response, reply: T): T {
  if ('sequence' in reply) response.status(201).set('Location', `/v1/house-rule-changes/${reply.sequence}`);
  else response.status(200);
  return reply;
}
