import { PrismaPg } from '@prisma/adapter-pg';
import type { Pool } from 'pg';

/** What the engine has to be told of a migration when it is one: its SQL ends with its own entry. */
const FINISHED = `
;UPDATE "_prisma_migrations" SET "finished_at" = now()
  WHERE "finished_at" IS NULL AND "rolled_back_at" IS NULL`;

/**
 * Prisma's adapter cuts a script at every semicolon, those inside functions and comments too, and runs the pieces one
 * by one on any connection. Here a script is one simple query, which PostgreSQL runs as one transaction, and a
 * migration is entered as finished in that same transaction: whatever is not entered was surely not applied.
 */
export class WholeScriptAdapter extends PrismaPg {
  /** The last script's error, which the engine passes on without its text. */
  failure: Error | undefined;

  constructor(
    private readonly connections: Pool,
    private readonly migrations: ReadonlySet<string>,
  ) {
    super(connections);
  }

  override async connect(): ReturnType<PrismaPg['connect']> {
    const adapter = await super.connect();
    adapter.executeScript = (script) => this.execute(script);
    return adapter;
  }

  private async execute(script: string): Promise<void> {
    try {
      await this.connections.query(this.migrations.has(script) ? script + FINISHED : script);
    } catch (error) {
      this.failure = error as Error;
      throw error;
    }
  }
}
