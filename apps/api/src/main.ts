import { ConfigurationError, configuration } from './config.js';
import { firstScreen } from './first-screen.js';
import { startService } from './service.js';
import { stopOnSignal } from './shutdown.js';
import { EmbeddedPostgresError } from '@app/store';

async function main(): Promise<void> {
  const configured = configuration(process.env);
  const service = await startService(configured, (step) => console.log(`  ${step} …`));
  stopOnSignal(() => service.close());
  console.log(await firstScreen(service));
}

main().catch((error: unknown) => {
  const known = error instanceof ConfigurationError || error instanceof EmbeddedPostgresError;
  console.error(known ? error.message : error);
  process.exit(1);
});
