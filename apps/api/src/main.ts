import './compile-cache.js';
import { flushCompileCache } from 'node:module';
import { ConfigurationError, configuration } from './config.js';
import { firstScreen } from './first-screen.js';
import { startService } from './service.js';
import { stopOnSignal } from './shutdown.js';
import { DatabaseRoleError, EmbeddedPostgresError, MigrationError } from '@app/store';

async function main(): Promise<void> {
  const configured = configuration(process.env);
  const service = await startService(configured, (step) => console.log(`  ${step} …`));
  stopOnSignal(() => service.close());
  console.log(await firstScreen(service));
  flushCompileCache?.(); // now, and not only at an orderly end
}

main().catch((error: unknown) => {
  const types = [ConfigurationError, DatabaseRoleError, EmbeddedPostgresError, MigrationError];
  const known = types.some((type) => error instanceof type);
  console.error(known ? (error as Error).message : error);
  process.exit(1);
});
