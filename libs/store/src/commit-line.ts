import type { Client, QueryConfig, QueryResult, QueryResultRow } from 'pg';

/**
 * A connection that commits are sent on one behind the other, each before it is known how those before it went: the server
 * has the next one at hand when it is done with one. They are carried out in the order they were sent in.
 */
export class CommitLine {
  /** Commits that are not answered. */
  underWay = 0;
  private client: Promise<Client> | undefined;

  /** `open`: a new connection that sends without waiting for answers. */
  constructor(private readonly open: () => Promise<Client>) {}

  async query<Row extends QueryResultRow>(config: QueryConfig): Promise<QueryResult<Row>> {
    this.underWay++;
    this.client ??= this.connected();
    try {
      return await (await this.client).query<Row>(config);
    } finally {
      this.underWay--;
    }
  }

  async close(): Promise<void> {
    const client = await this.client?.catch(() => undefined);
    await client?.end();
  }

  /** A connection that breaks, or never is one, is replaced by whoever comes next. */
  private connected(): Promise<Client> {
    const opened = this.open();
    const drop = (): void => {
      if (this.client === opened) this.client = undefined;
    };
    opened.then((client) => client.on('error', drop).on('end', drop), drop);
    return opened;
  }
}
