/**
 * PostgreSQL's classes and codes for "not now": connection lost, shutting down, too many clients, timeouts, deadlocks,
 * no such database (one that is being restored).
 */
const PG_CODES = /^(?:08...|57P0[1-5]|53[1-4]00|57014|55P03|40001|40P01|3D000)$/;
/** The operating system's words for a server that does not answer. */
const SYSTEM_CODES = /^(?:ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/;
/** Prisma: unreachable, timed out, no such database, connection closed, pool exhausted, write conflict. */
const PRISMA_CODES = /^(?:P1001|P1002|P1003|P1008|P1017|P2024|P2028|P2034|P2037)$/;
/** The driver's own errors, which carry no code. */
const MESSAGES =
  /^(?:Connection terminated|timeout exceeded when trying to connect|timeout expired|Client has encountered a connection)/;
const ADAPTER_KINDS = new Set([
  'DatabaseNotReachable',
  'DatabaseDoesNotExist',
  'ConnectionClosed',
  'SocketTimeout',
  'TooManyConnections',
]);

function saysUnavailable(error: object): boolean {
  const { code, kind, message } = error as { code?: unknown; kind?: unknown; message?: unknown };
  if (typeof kind === 'string' && ADAPTER_KINDS.has(kind)) return true;
  if (typeof code === 'string') return PG_CODES.test(code) || SYSTEM_CODES.test(code) || PRISMA_CODES.test(code);
  return typeof message === 'string' && MESSAGES.test(message);
}

/** True where `error`, or one it was caused by, says that the database cannot answer just now: retrying may help. */
export function isDatabaseUnavailable(error: unknown, depth = 5): boolean {
  if (typeof error !== 'object' || error === null || depth === 0) return false;
  if (saysUnavailable(error)) return true;
  const { cause, errors, meta } = error as { cause?: unknown; errors?: unknown; meta?: unknown };
  // Where the adapter has no word of its own for the server's code, Prisma keeps the error there and not as the cause.
  const { driverAdapterError } = (meta ?? {}) as { driverAdapterError?: unknown };
  if (isDatabaseUnavailable(cause, depth - 1) || isDatabaseUnavailable(driverAdapterError, depth - 1)) return true;
  return Array.isArray(errors) && errors.slice(0, 10).some((each) => isDatabaseUnavailable(each, depth - 1));
}
