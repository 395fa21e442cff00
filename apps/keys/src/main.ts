import { MigrationError } from '@app/store';
import { command, USAGE, UsageError } from './command.js';
import { actOnKeys, NoSuchKeyError } from './keys.js';

/** Done; not done; a command line or environment that cannot be used. */
const EXIT = { done: 0, failed: 1, usage: 2 } as const;

function databaseUrl(): string {
  const url = process.env.DATABASE_URL?.trim();
  // The value holds a password: a message must not repeat it.
  if (!url || !/^postgres(?:ql)?:\/\//.test(url) || !URL.canParse(url)) {
    throw new UsageError('DATABASE_URL must be set to a URL that begins with postgresql://.');
  }
  return url;
}

/** Where the message says enough: what is not there, what the driver or PostgreSQL reports under a code. */
function isExpected(error: unknown): error is Error {
  const isKnown = error instanceof NoSuchKeyError || error instanceof MigrationError;
  return isKnown || (error instanceof Error && 'code' in error && error.message !== '');
}

async function main(): Promise<number> {
  try {
    const asked = command(process.argv.slice(2));
    if (asked.act === 'HELP') {
      console.log(USAGE);
      return EXIT.done;
    }
    const { output, note } = await actOnKeys(asked, databaseUrl(), process.env.DATABASE_OWNER_URL?.trim() || undefined);
    if (output !== '') console.log(output);
    if (note !== '') console.error(note);
    return EXIT.done;
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(`${error.message}\n\n${USAGE}`);
      return EXIT.usage;
    }
    console.error(isExpected(error) ? error.message : error);
    return EXIT.failed;
  }
}

void main().then((code) => {
  process.exitCode = code;
});
