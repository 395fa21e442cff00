import { configuration, ConfigurationError } from './config.js';

describe('configuration', () => {
  it('listens on the loopback with the embedded database, and everywhere with one of the user’s own', () => {
    expect(configuration({})).toMatchObject({ port: 3000, host: '127.0.0.1', databaseUrl: null, logLevel: 'warn' });
    const own = configuration({ DATABASE_URL: 'postgresql://u:p@db/margin', PORT: '0', HOST: '' });
    expect(own).toMatchObject({ port: 0, host: '0.0.0.0', databaseUrl: 'postgresql://u:p@db/margin' });
    expect(configuration({ DATABASE_URL: 'postgres://db/margin', HOST: '10.0.0.1' }).host).toBe('10.0.0.1');
  });

  it('takes the owner of the tables for migrations, where the database is the user’s own', () => {
    const DATABASE_OWNER_URL = 'postgresql://owner:p@db/margin';
    expect(configuration({ DATABASE_URL: 'postgresql://u:p@db/margin', DATABASE_OWNER_URL }).databaseOwnerUrl).toBe(
      DATABASE_OWNER_URL,
    );
    expect(() => configuration({ DATABASE_OWNER_URL })).toThrow('DATABASE_OWNER_URL is for use with DATABASE_URL');
  });

  it('reads the age of snapshots in hours, or off', () => {
    expect(configuration({ MARGIN_MAX_SNAPSHOT_AGE_HOURS: '1.5' }).maxSnapshotAgeHours).toBe(1.5);
    expect(configuration({ MARGIN_MAX_SNAPSHOT_AGE_HOURS: 'off' }).maxSnapshotAgeHours).toBeNull();
  });

  it('names everything that is wrong at once, and no password', () => {
    const environment = {
      PORT: '70000',
      DATABASE_URL: 'mysql://u:hunter2@db',
      LOG_LEVEL: 'loud',
      MARGIN_MAX_SNAPSHOT_AGE_HOURS: '-1',
    };
    const attempt = (): unknown => configuration(environment);
    expect(attempt).toThrow(ConfigurationError);
    expect(attempt).toThrow(/DATABASE_URL[^]*PORT[^]*LOG_LEVEL[^]*MARGIN_MAX_SNAPSHOT_AGE_HOURS/);
    expect(attempt).not.toThrow(/hunter2/);
  });
});
