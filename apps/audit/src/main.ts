import { commandDatabase, DatabaseRoleError, EmbeddedPostgresError, MigrationError } from '@app/store';
import { command, USAGE, UsageError } from './command.js';
import { verification } from './verification.js';

/** The log is whole; it is not, or could not be read; a command line that cannot be used. */
const EXIT = { whole: 0, fault: 1, usage: 2 } as const;

async function main(): Promise<number> {
  try {
    const asked = command(process.argv.slice(2));
    if (asked.act === 'HELP') {
      console.log(USAGE);
      return EXIT.whole;
    }
    const place = await commandDatabase(process.env);
    try {
      const tell = asked.entries ? (line: string) => console.log(line) : () => undefined;
      const { isWhole, lines } = await verification(place.url, asked.kept, tell);
      for (const line of lines) console.log(line);
      return isWhole ? EXIT.whole : EXIT.fault;
    } finally {
      await place.close();
    }
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(`${error.message}\n\n${USAGE}`);
      return EXIT.usage;
    }
    const isKnown = [DatabaseRoleError, EmbeddedPostgresError, MigrationError].some((type) => error instanceof type);
    console.error(isKnown ? (error as Error).message : error);
    return EXIT.fault;
  }
}

void main().then((code) => {
  process.exitCode = code;
});
