import { SingleBar } from 'cli-progress';

/** Between two lines where there is no terminal to draw on. */
const LINE_MILLISECONDS = 5_000;

/** Shows how far a run of many calls is: a bar on a terminal, a line every few seconds anywhere else. */
export class CallsProgress {
  #bar;
  #recent;

  constructor(output, name, total) {
    this.#bar = new SingleBar({
      format: `  ${name} [{bar}] {value}/{total} calls, {rate} a second, {left} left{facts}`,
      ...{ stream: output, hideCursor: true, clearOnComplete: true, fps: 4 },
      ...{ noTTYOutput: true, notTTYSchedule: LINE_MILLISECONDS, barsize: 20, gracefulExit: false },
    });
    this.#recent = [{ at: performance.now(), done: 0 }];
    this.#bar.start(total, 0, { rate: '?', left: '?', facts: '' });
  }

  /** `state`: what else is worth a word, by name. */
  show(done, state) {
    const now = performance.now();
    const last = this.#recent.at(-1);
    // The rate is that of the last lines' time: kills make it uneven.
    if (now - last.at > LINE_MILLISECONDS / 4) this.#recent.push({ at: now, done });
    while (this.#recent.length > 1 && now - this.#recent[1].at > LINE_MILLISECONDS) this.#recent.shift();
    const [{ at, done: before }] = this.#recent;
    const rate = ((done - before) * 1_000) / (now - at || 1);
    const left = rate === 0 ? '?' : `${Math.ceil((this.#bar.getTotal() - done) / rate)} s`;
    const facts = Object.entries(state).map(([name, value]) => `, ${name} ${value}`);
    this.#bar.update(done, { rate: Math.round(rate), left, facts: facts.join('') });
  }

  /** Also where the run failed: a bar left on would hide the cursor. */
  stop() {
    this.#bar.stop();
  }
}
