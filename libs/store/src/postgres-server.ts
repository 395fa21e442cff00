import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync, renameSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { hasEnded, postmaster } from './postmaster.js';
import type { ServerAccount } from './server-account.js';

export interface PostgresServer {
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

export interface PostgresServerOptions {
  /** The program. */
  readonly postgres: string;
  /** The cluster. */
  readonly directory: string;
  /** Where the log goes. */
  readonly folder: string;
  readonly account: ServerAccount;
  readonly settings: Readonly<Record<string, string>>;
}

/** A long recovery after a crash is no reason to give up. */
const READY_WITHIN_MILLISECONDS = 120_000;
const STOP_WITHIN_MILLISECONDS = 10_000;

export async function startServer(options: PostgresServerOptions): Promise<PostgresServer> {
  const port = await freePort();
  const log = openLog(options.folder);
  const child = spawn(options.postgres, ['-D', options.directory, '-p', String(port), ...flags(options.settings)], {
    ...options.account,
    cwd: '/',
    env: { PATH: process.env.PATH, LC_ALL: 'C' },
    stdio: ['ignore', 'ignore', log.descriptor],
    // Its own session: Ctrl-C reaches this process alone, which ends the server last.
    detached: true,
  });
  closeSync(log.descriptor);
  child.unref();
  const watcher = watch(child.pid);
  try {
    await ready(child, options.directory, log.path);
  } catch (error) {
    watcher?.kill('SIGKILL');
    throw error;
  }
  const pid = child.pid!;
  let stopping: Promise<void> | undefined;
  return { port, pid, stop: () => (stopping ??= stopServer(child, pid, watcher)) };
}

function flags(settings: Readonly<Record<string, string>>): string[] {
  const all = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    cluster_name: `marginal-${process.pid}`,
    ...settings,
  };
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** The log of the run before is kept: it tells why that one ended. */
function openLog(folder: string): { readonly path: string; readonly descriptor: number } {
  const path = join(folder, 'postgres.log');
  if (existsSync(path)) renameSync(path, `${path}.1`);
  return { path, descriptor: openSync(path, 'w') };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

async function ready(child: ChildProcess, directory: string, log: string): Promise<void> {
  let failure: Error | undefined;
  child.once('error', (error) => (failure = error));
  const deadline = Date.now() + READY_WITHIN_MILLISECONDS;
  for (;;) {
    const server = postmaster(directory);
    if (server?.ready && server.pid === child.pid) return;
    if (failure || child.exitCode !== null || child.signalCode !== null || Date.now() > deadline) {
      child.kill('SIGQUIT');
      const said = readFileSync(log, 'utf8').trim().split('\n').slice(-5).join('\n');
      throw new EmbeddedPostgresError(`PostgreSQL did not start: ${failure?.message ?? said}`);
    }
    await sleep(10);
  }
}

/**
 * A shell that waits for this process to be gone, even by kill -9 (its end of the pipe closes), and then ends the
 * server: nothing is left behind.
 */
function watch(pid: number | undefined): ChildProcess | null {
  if (pid === undefined) return null;
  const watcher = spawn('sh', ['-c', 'read -r _; kill -INT "$1"', 'sh', String(pid)], {
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watcher.on('error', () => undefined);
  watcher.unref();
  (watcher.stdin as Socket | null)?.unref();
  return watcher;
}

async function stopServer(child: ChildProcess, pid: number, watcher: ChildProcess | null): Promise<void> {
  child.ref();
  child.kill('SIGINT'); // PostgreSQL's fast shutdown: open transactions roll back
  if (!(await hasEnded(pid, STOP_WITHIN_MILLISECONDS))) child.kill('SIGQUIT');
  watcher?.kill('SIGKILL');
}
