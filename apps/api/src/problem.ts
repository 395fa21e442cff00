/** One offending field or item. */
export interface FieldError {
  /** RFC 6901 pointer into the request body (`/orders/0/legs`); a query or path parameter is `/name`; '' is the whole. */
  readonly pointer: string;
  /** Stable, for programs: `field.required`, `json.duplicate_key` … */
  readonly code: string;
  /** For people. Never repeats what the caller sent. */
  readonly detail: string;
  /** The instrument it is about, where one is: the only way to name a position that is not in the request. */
  readonly symbol?: string;
}

export interface ProblemOptions {
  readonly status: number;
  /** Stable, for programs; also the last part of `type`. */
  readonly code: string;
  readonly title: string;
  readonly detail?: string;
  readonly errors?: readonly FieldError[];
  /** Headers that belong to the answer: Retry-After, Allow, WWW-Authenticate. */
  readonly headers?: Readonly<Record<string, string>>;
}

export const PROBLEM_CONTENT_TYPE = 'application/problem+json; charset=utf-8';

/** The largest number of entries in `errors`: a body of a million faults must not buy an answer a hundred times its size. */
export const MAX_FIELD_ERRORS = 100;

/** An answer other than success, in the form of RFC 9457. Thrown anywhere below a controller; the filter writes it. */
export class Problem extends Error implements ProblemOptions {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string | undefined;
  readonly errors: readonly FieldError[];
  readonly headers: Readonly<Record<string, string>>;

  constructor({ status, code, title, detail, errors = [], headers = {} }: ProblemOptions, cause?: unknown) {
    super(detail ?? title, cause === undefined ? undefined : { cause });
    this.name = 'Problem';
    this.status = status;
    this.code = code;
    this.title = title;
    this.detail = detail;
    this.errors = errors;
    this.headers = headers;
  }
}

/** The document of RFC 9457: its members in the order people read them. */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly code: string;
  readonly requestId: string;
  readonly errors?: readonly FieldError[];
}

/** `problem` as the document that is sent. At most {@link MAX_FIELD_ERRORS} errors; `detail` says when there were more. */
export function problemDocument(problem: ProblemOptions, requestId: string): ProblemDocument {
  const { status, code, title, errors = [] } = problem;
  const cut = errors.length > MAX_FIELD_ERRORS;
  const more = cut ? `Only the first ${MAX_FIELD_ERRORS} errors are listed.` : undefined;
  const detail = [problem.detail, more].filter((part) => part !== undefined).join(' ');
  return {
    type: `urn:marginal:problem:${code}`,
    title,
    status,
    ...(detail === '' ? {} : { detail }),
    code,
    requestId,
    ...(errors.length === 0 ? {} : { errors: cut ? errors.slice(0, MAX_FIELD_ERRORS) : errors }),
  };
}
