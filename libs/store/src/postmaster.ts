import { readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';

/** What PostgreSQL writes of a running server into its data directory. */
export interface Postmaster {
  readonly pid: number;
  /** Accepts connections. */
  readonly ready: boolean;
}

/** The server that runs, or last ran, in a data directory. */
export function postmaster(directory: string): Postmaster | null {
  const lines = textOf(join(directory, 'postmaster.pid'))?.split('\n');
  const pid = Number.parseInt(lines?.[0] ?? '', 10);
  // The eighth line is the status, as pg_ctl reads it.
  return Number.isSafeInteger(pid) && pid > 0 ? { pid, ready: lines?.[7]?.trim() === 'ready' } : null;
}

/** The process that started the server last, told by the cluster name it gave. */
export function ownerPid(directory: string): number | null {
  const owner = /cluster_name=marginal-(\d+)/.exec(textOf(join(directory, 'postmaster.opts')) ?? '');
  return owner ? Number(owner[1]) : null;
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** False where the process of that number is surely not a server of this directory: numbers are used again. */
export function mayServe(pid: number, directory: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(directory);
  } catch {
    return true;
  }
}

export async function hasEnded(pid: number, withinMilliseconds: number): Promise<boolean> {
  const deadline = Date.now() + withinMilliseconds;
  while (isAlive(pid)) {
    if (Date.now() > deadline) return false;
    await sleep(20);
  }
  return true;
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
