// Timing on a machine that others use too: processor time, not the clock; tasks take turns, and the median round counts.

/** Nanoseconds of processor time per unit of each task, by name, the median of `rounds` after one unmeasured. */
export function nanoseconds(tasks, rounds) {
  const times = Object.fromEntries(Object.keys(tasks).map((name) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const [name, task] of Object.entries(tasks)) {
      const start = process.cpuUsage();
      const units = task();
      const { user, system } = process.cpuUsage(start);
      if (round > 0) times[name].push((1000 * (user + system)) / units);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, list]) => [name, median(list)]));
}

export function median(list) {
  const sorted = list.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
