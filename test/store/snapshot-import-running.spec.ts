import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { runningPostgresUrl, startEmbeddedPostgres } from '@app/store';

describe('runningPostgresUrl', () => {
  it('finds the server of a data folder while it runs', async () => {
    const dataFolder = join(tmpdir(), `marginal-test-${process.pid}-running`);
    expect(runningPostgresUrl(dataFolder)).toBeUndefined();
    const embedded = await startEmbeddedPostgres({ dataFolder, settings: { fsync: 'off' } });
    const url = runningPostgresUrl(dataFolder);
    expect(url).toBe(embedded.url);
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.end();
    await embedded.stop();
    expect(runningPostgresUrl(dataFolder)).toBeUndefined();
    rmSync(dataFolder, { recursive: true, force: true });
  });
});
