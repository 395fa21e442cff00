// Processor time of PostgreSQL's processes, for the reprice harnesses: Linux tells it, elsewhere there is none.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Of /proc/…/stat, in hundredths of a second. */
const TICKS = 100;

/** [parent, its own seconds, those of its children that have ended]; undefined where there is no such process. */
function stat(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const seconds = (first) => (Number(fields[first]) + Number(fields[first + 1])) / TICKS;
    return [Number(fields[1]), seconds(11), seconds(13)];
  } catch {
    return undefined;
  }
}

/** Seconds so far of the server on a data folder and of every session it had; NaN where nobody tells. */
export function serverSeconds(folder) {
  const [pid] = readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8')
    .split('\n')
    .map(Number);
  const postmaster = stat(pid);
  if (postmaster === undefined) return NaN;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(stat)
    .filter((each) => each?.[0] === pid)
    .reduce((sum, [, own]) => sum + own, postmaster[1] + postmaster[2]);
}
