import { LOG_LEVELS, type LogLevel } from './logging.js';

/** What the environment decides, read once. */
export interface Configuration {
  /** 0: any free port. */
  readonly port: number;
  readonly host: string;
  /** A PostgreSQL of the user's own; null: the embedded one, with the demo and its keys. */
  readonly databaseUrl: string | null;
  /** The same database as its tables' owner, for migrations; null: the user of `databaseUrl` is the owner. */
  readonly databaseOwnerUrl: string | null;
  /** Where the embedded PostgreSQL keeps its data; null: a folder of the user's state directory. */
  readonly dataDirectory: string | null;
  readonly logLevel: LogLevel;
  /** A stored snapshot older than this answers nothing; null: any age will do (teaching, history). */
  readonly maxSnapshotAgeHours: number | null;
}

/** The environment is not usable; the message names every variable and what it may be. */
export class ConfigurationError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`The environment is not usable:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'ConfigurationError';
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/** A week: longer than any weekend with its holidays. The embedded database, with its demo of a fixed day, has no limit. */
const DEFAULT_SNAPSHOT_AGE_HOURS = 168;

function port(text: string | undefined, faults: string[]): number {
  if (text === undefined) return 3000;
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  faults.push('PORT must be a whole number from 0 (any free port) to 65535');
  return 0;
}

function databaseUrl(name: string, text: string | undefined, faults: string[]): string | null {
  if (text === undefined) return null;
  // The value holds a password: a message must not repeat it.
  if (!/^postgres(?:ql)?:\/\//.test(text) || !URL.canParse(text)) {
    faults.push(`${name} must be a URL that begins with postgresql://`);
  }
  return text;
}

function logLevel(text: string | undefined, faults: string[]): LogLevel {
  const level = LOG_LEVELS.find((each) => each === (text ?? 'warn').toLowerCase());
  if (level === undefined) faults.push(`LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}`);
  return level ?? 'warn';
}

function snapshotAge(text: string | undefined, embedded: boolean, faults: string[]): number | null {
  if (text === undefined) return embedded ? null : DEFAULT_SNAPSHOT_AGE_HOURS;
  if (text.toLowerCase() === 'off') return null;
  const hours = Number(text);
  if (Number.isFinite(hours) && hours > 0) return hours;
  faults.push('MARGIN_MAX_SNAPSHOT_AGE_HOURS must be a number of hours greater than 0, or off');
  return null;
}

/**
 * The configuration that `environment` describes; an empty variable counts as absent.
 *
 * HOST defaults to 127.0.0.1 with the embedded database, whose demo keys everybody knows, and to 0.0.0.0 with a
 * DATABASE_URL, where the service is meant to be reached.
 * @throws ConfigurationError naming every variable that is wrong, not the first.
 */
export function configuration(environment: Environment): Configuration {
  const faults: string[] = [];
  const read = (name: string): string | undefined => environment[name]?.trim() || undefined;
  const url = databaseUrl('DATABASE_URL', read('DATABASE_URL'), faults);
  const ownerUrl = databaseUrl('DATABASE_OWNER_URL', read('DATABASE_OWNER_URL'), faults);
  if (ownerUrl !== null && url === null) faults.push('DATABASE_OWNER_URL is for use with DATABASE_URL');
  const configured: Configuration = {
    port: port(read('PORT'), faults),
    host: read('HOST') ?? (url === null ? '127.0.0.1' : '0.0.0.0'),
    databaseUrl: url,
    databaseOwnerUrl: ownerUrl,
    dataDirectory: read('MARGIN_DATA_DIR') ?? null,
    logLevel: logLevel(read('LOG_LEVEL'), faults),
    maxSnapshotAgeHours: snapshotAge(read('MARGIN_MAX_SNAPSHOT_AGE_HOURS'), url === null, faults),
  };
  if (faults.length > 0) throw new ConfigurationError(faults);
  return configured;
}
