import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import type * as Bindings from '@prisma/schema-engine-wasm/schema_engine_bg';

/** What is used of a global that TypeScript declares for browsers only. */
declare const WebAssembly: {
  instantiate(binary: Uint8Array, imports: object): Promise<{ readonly instance: { readonly exports: EngineExports } }>;
};

/** Where the engine reports a panic, on which its promises never settle. */
declare global {
  var PRISMA_WASM_PANIC_REGISTRY: { set_message(message: string): void } | undefined;
}

interface EngineExports {
  __wbindgen_start(): void;
}

/** The bindings know one memory: a second instance would pull it from under the first. */
let bindings: Promise<typeof Bindings> | undefined;

/**
 * Prisma's migration engine, compiled to WebAssembly: its native form is downloaded from the internet on first use,
 * which closed networks do not allow. The engine borrows the adapter's connections; free() it before they end.
 */
export async function schemaEngine(adapter: SqlMigrationAwareDriverAdapterFactory): Promise<Bindings.SchemaEngine> {
  const { SchemaEngine } = await (bindings ??= loadedBindings());
  // Migrations are SQL already: the engine needs no schema, only the provider's name.
  const datamodels: [string, string][] = [['schema.prisma', 'datasource db { provider = "postgresql" }']];
  return SchemaEngine.new({ datamodels }, () => undefined, bindMigrationAwareSqlAdapterFactory(adapter));
}

async function loadedBindings(): Promise<typeof Bindings> {
  globalThis.PRISMA_WASM_PANIC_REGISTRY ??= {
    set_message(message) {
      throw new Error(`The migration engine failed: ${message}`);
    },
  };
  // The package's own loader is for bundlers: the module is instantiated here, as its loader would.
  const loaded = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const folder = dirname(require.resolve('@prisma/schema-engine-wasm/schema_engine_bg'));
  const binary = await readFile(join(folder, 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(binary, { './schema_engine_bg.js': withoutWaiting(loaded) });
  (loaded as unknown as { __wbg_set_wasm(wasm: EngineExports): void }).__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return loaded;
}

/** The engine leaves a timer of ten seconds behind (its lock's), which would hold up the end of the process. */
function withoutWaiting(loaded: object): object {
  return Object.fromEntries(
    Object.entries(loaded).map(([name, value]) => {
      if (!name.startsWith('__wbg_setTimeout_')) return [name, value];
      const setTimer = value as (...parameters: readonly unknown[]) => NodeJS.Timeout;
      return [name, (...parameters: readonly unknown[]) => setTimer(...parameters).unref()];
    }),
  );
}
