export { dataFolder } from './data-folder.js';
export { Database, type DatabaseOptions } from './database.js';
export { startEmbeddedPostgres, type EmbeddedPostgres, type EmbeddedPostgresOptions } from './embedded-postgres.js';
export { EmbeddedPostgresError } from './embedded-postgres-error.js';
export { migrate, MigrationError } from './migrate.js';
