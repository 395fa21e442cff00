import { performance } from 'node:perf_hooks';
import { SingleBar } from 'cli-progress';
import type { RunProgress } from '@app/store';

const STEP: Partial<Record<RunProgress['state'], string>> = {
  REQUESTED: 'Planning',
  PREPARING: 'Risk arrays',
};

/** Shows how far a run is: a bar with rate and time left on a terminal, a line a stage anywhere else. */
export class ProgressDisplay {
  private bar: SingleBar | undefined;
  private begin = performance.now();
  private step = '';

  constructor(private readonly output: NodeJS.WriteStream) {}

  show({ state, accounts, done }: RunProgress): void {
    const step = STEP[state] ?? 'Accounts';
    if (step !== this.step) {
      this.begin = performance.now();
      this.output.write(`  ${step} …\n`);
    }
    this.step = step;
    if (accounts === null || step !== 'Accounts' || !this.output.isTTY) return;
    if (this.bar === undefined) {
      const format = '  [{bar}] {value}/{total}  {rate} a second, {left} left';
      this.bar = new SingleBar({ format, stream: this.output, hideCursor: true, clearOnComplete: true, fps: 10 });
      this.bar.start(accounts, 0, { rate: 0, left: '?' });
    }
    const seconds = (performance.now() - this.begin) / 1_000;
    const rate = done / seconds;
    const left = done === 0 ? '?' : `${Math.ceil((accounts - done) / rate)} s`;
    this.bar.update(done, { rate: Math.round(rate).toLocaleString('en-US'), left });
  }

  /** Also where the run failed: a bar left on would hide the cursor. */
  stop(): void {
    this.bar?.stop();
  }
}
