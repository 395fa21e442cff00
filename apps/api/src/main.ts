import { createApplication } from './application.js';
import { KEY_STORE, type KeyStore } from './auth/key-store.js';
import { configuration, ConfigurationError } from './config.js';
import { READINESS, type Readiness } from './health/readiness.js';
import { stopOnSignal } from './shutdown.js';

const noKeys: KeyStore = { findByHash: () => Promise.resolve(undefined) };
const noDatabase: Readiness = { gaps: () => Promise.resolve(['The database cannot be reached.']) };

async function serve(): Promise<void> {
  const configured = configuration(process.env);
  const app = await createApplication({
    configuration: configured,
    providers: [
      { provide: KEY_STORE, useValue: noKeys },
      { provide: READINESS, useValue: noDatabase },
    ],
  });
  stopOnSignal(() => app.close());
  await app.listen(configured.port, configured.host);
}

serve().catch((error: unknown) => {
  console.error(error instanceof ConfigurationError ? error.message : error);
  process.exit(1);
});
