import { performance } from 'node:perf_hooks';
import { SingleBar } from 'cli-progress';

/** Shows how many accounts are done and how fast: a bar on a terminal, one line at the end anywhere else. */
export class ProgressDisplay {
  private readonly begin = performance.now();
  private readonly bar: SingleBar | undefined;
  private done = 0;

  constructor(output: NodeJS.WriteStream, total: number) {
    if (!output.isTTY) return;
    const format = '  Accounts [{bar}] {value}/{total}  {rate} a second, {eta_formatted} left';
    this.bar = new SingleBar({ format, stream: output, hideCursor: true, clearOnComplete: true, fps: 10 });
    this.bar.start(total, 0, { rate: 0 });
  }

  readonly show = (done: number): void => {
    this.done = done;
    this.bar?.update(done, { rate: this.rate() });
  };

  /** Also where the work failed: a bar left on would hide the cursor. */
  stop(): void {
    this.bar?.stop();
  }

  /** For a sentence that ends the work. */
  summary(): string {
    const seconds = (performance.now() - this.begin) / 1_000;
    return `${seconds.toFixed(1)} s, ${this.rate().toLocaleString('en-US')} a second`;
  }

  private rate(): number {
    return Math.round((this.done * 1_000) / (performance.now() - this.begin));
  }
}
