import { BadGatewayException, ForbiddenException, PayloadTooLargeException } from '@nestjs/common';
import { Problem, problemDocument } from './problem.js';
import { problemOf } from './problem-of.js';
import { invalidFields, notFound, tooManyRequests } from './problems.js';

const coded = (code: string): Error => Object.assign(new Error('text of another'), { code });

describe('problemOf', () => {
  it.each<[string, unknown]>([
    ['the system: refused', coded('ECONNREFUSED')],
    ['PostgreSQL: shutting down', coded('57P01')],
    ['PostgreSQL: starting', coded('57P03')],
    ['PostgreSQL: connection lost', coded('08006')],
    ['PostgreSQL: too many clients', coded('53300')],
    ['PostgreSQL: statement timeout', coded('57014')],
    ['PostgreSQL: deadlock', coded('40P01')],
    ['Prisma: unreachable', coded('P1001')],
    ['the driver: terminated', new Error('Connection terminated unexpectedly')],
    ['the pool: none free', new Error('timeout exceeded when trying to connect')],
    ['a cause inside', new Error('outer', { cause: new Error('inner', { cause: coded('ECONNRESET') }) })],
    ['both addresses of a name', new AggregateError([coded('ECONNREFUSED'), coded('ECONNREFUSED')])],
    ['Prisma: no such database', coded('P1003')],
    [
      "Prisma, keeping the server's own code",
      Object.assign(coded('P2010'), { meta: { driverAdapterError: { cause: { kind: 'postgres', code: '57P01' } } } }),
    ],
    ["Prisma's adapter", Object.assign(new Error('x'), { cause: { kind: 'DatabaseNotReachable' } })],
  ])('asks to try again where the database is away: %s', (_name, error) => {
    const problem = problemOf(error);
    expect([problem.status, problem.headers['Retry-After']]).toEqual([503, '2']);
    expect(JSON.stringify(problemDocument(problem, 'id'))).not.toContain('text of another');
  });

  it.each<[unknown, number]>([
    [new ForbiddenException('secret'), 403],
    [new PayloadTooLargeException('secret'), 413],
    [Object.assign(new Error('secret'), { status: 400 }), 400],
    [Object.assign(new Error('secret'), { statusCode: 414 }), 414],
    [new BadGatewayException('secret'), 500],
    [Object.assign(new Error('secret'), { status: 200 }), 500],
    [coded('23505'), 500],
    [coded('P2002'), 500],
    [new TypeError('secret'), 500],
    ['secret', 500],
    [null, 500],
    [undefined, 500],
  ])('gives other failures their status, never their text: %#', (error, status) => {
    const problem = problemOf(error);
    expect(problem.status).toBe(status);
    expect(JSON.stringify(problemDocument(problem, 'id'))).not.toMatch(/secret|text of another/);
  });

  it('ends a chain of causes that never ends', () => {
    const error = new Error('x') as Error & { cause: unknown };
    error.cause = error;
    expect(problemOf(error).status).toBe(500);
  });

  it('passes problems on as they are', () => {
    const problem = notFound();
    expect(problemOf(problem)).toBe(problem);
    expect(tooManyRequests(0.2).headers).toEqual({ 'Retry-After': '1' });
  });
});

describe('problemDocument', () => {
  it('lists the first hundred errors and says that there are more', () => {
    const errors = Array.from({ length: 150 }, (_, i) => ({ pointer: `/${i}`, code: 'field.x', detail: 'x' }));
    const document = problemDocument(invalidFields(errors), 'id');
    expect(document.errors).toHaveLength(100);
    expect(document.detail).toContain('first 100');
  });

  it('leaves out what there is nothing to say about', () => {
    const bare = new Problem({ status: 409, code: 'a.b', title: 'T' });
    expect(problemDocument(bare, 'id')).toEqual({
      type: 'urn:marginal:problem:a.b',
      title: 'T',
      status: 409,
      code: 'a.b',
      requestId: 'id',
    });
  });
});
