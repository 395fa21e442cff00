import type { LoggerService } from '@nestjs/common';
import { type Level, type Logger, pino } from 'pino';

export type LogLevel = Level | 'silent';
export const LOG_LEVELS: readonly LogLevel[] = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

/** One JSON line per event on standard output. Whatever a line holds, keys stay out of it. */
export function jsonLogger(level: LogLevel): Logger {
  const secret = ['authorization', 'headers.authorization', 'req.headers.authorization', '*.headers.authorization'];
  return pino({ level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime, redact: secret });
}

/** Injection token of the logger of requests, a pino one: it knows whether a line is wanted before the line is made. */
export const REQUEST_LOG = Symbol('RequestLog');

/** Nest's own and the application's `Logger` calls, as lines of `logger`. The last parameter is Nest's context. */
export class PinoLoggerService implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.write('info', message, rest);
  }
  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }
  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }
  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }
  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }
  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  private write(level: Level, message: unknown, rest: unknown[]): void {
    if (!this.logger.isLevelEnabled(level)) return;
    const context = rest.at(-1);
    // Nest passes a stack of an error in between, undefined where there is none.
    const between = rest.slice(0, -1).filter((each) => each !== undefined);
    const more = between.length > 0 ? { more: between } : {};
    if (message instanceof Error) this.logger[level]({ context, ...more, err: message }, message.message);
    else if (typeof message === 'object' && message !== null) this.logger[level]({ context, ...more, ...message });
    else this.logger[level]({ context, ...more }, `${message as string}`);
  }
}
