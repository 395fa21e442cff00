import { type FieldError, type Problem, problemDocument } from '../problem.js';
import * as problems from '../problems.js';

export type ProblemStatus = 400 | 401 | 403 | 404 | 409 | 412 | 413 | 415 | 422 | 428 | 503;

interface ProblemExample {
  readonly description: string;
  readonly example: object;
}

const REQUEST_ID = '0f8fad5b-d9cb-469f-a165-70867728950e';

const INVALID: readonly FieldError[] = [
  { pointer: '/orders/0/orderQty', code: 'field.decimal', detail: 'orderQty must be greater than 0.' },
  { pointer: '/orders/0/legs/0/symbol', code: 'field.required', detail: 'symbol is required.' },
];

const MISSING: readonly FieldError[] = [
  {
    pointer: '/orders/0/legs/0/symbol',
    code: 'symbol.unknown',
    detail: 'The market has no such instrument.',
    symbol: 'NOSUCH',
  },
];

const example = (description: string, problem: Problem): ProblemExample => ({
  description,
  example: problemDocument(problem, REQUEST_ID),
});

/** What each status means here, with the document it comes with. */
export const PROBLEM_EXAMPLES: Readonly<Record<ProblemStatus, ProblemExample>> = {
  400: example('Malformed: `errors` names every offending field.', problems.invalidFields(INVALID)),
  401: example('No key, or an unknown or revoked one.', problems.unauthenticated('Send Authorization: Bearer <key>.')),
  403: example("This key's role may not do this.", problems.forbidden()),
  404: example('Unknown, or not yours: the answer is the same.', problems.notFound()),
  409: example(
    'The state of the resource forbids it.',
    problems.conflict('account.exists', 'An account with this id exists already.'),
  ),
  412: example('Changed since the version in If-Match.', problems.preconditionFailed()),
  413: example('The body is too large.', problems.contentTooLarge(1024 * 1024)),
  415: example(
    'Another media type or charset than is read.',
    problems.unsupportedMediaType('Content-Type must be application/json; the only charset is utf-8.'),
  ),
  422: example(
    'Well formed, but not computable: `errors` names everything that is missing.',
    problems.notComputable(
      'what_if.not_computable',
      'Something the calculation needs is missing or unusable: see errors. Nothing was decided.',
      MISSING,
    ),
  ),
  428: example('If-Match is missing.', problems.preconditionRequired()),
  503: example(
    'Nothing is wrong with the request; try again after Retry-After.',
    problems.unavailable('The database cannot answer just now.'),
  ),
};
