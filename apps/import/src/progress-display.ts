import { performance } from 'node:perf_hooks';
import { SingleBar } from 'cli-progress';
import type { ImportProgress, ImportStage } from '@app/store';

const TITLES: Readonly<Record<ImportStage, string>> = {
  underlyings: 'Rates and underlyings',
  instruments: 'Contracts',
  quotes: 'Quotes',
  comparison: 'Comparison',
  volatilities: 'Volatilities',
  storage: 'Storage',
};
const TITLE_LENGTH = 22;

/** Shows how far an import is: a bar a stage on a terminal, a line a finished stage anywhere else. */
export class ProgressDisplay {
  private bar: SingleBar | undefined;
  private begin = 0;
  readonly seconds = new Map<ImportStage, number>();

  constructor(private readonly output: NodeJS.WriteStream) {}

  readonly show = (progress: ImportProgress): void => {
    if (progress.done === 0 && !progress.isFinished) this.begin = performance.now();
    if (progress.isFinished) this.finish(progress);
    else if (this.output.isTTY && progress.total > 0) this.draw(progress);
  };

  private draw({ stage, done, total }: ImportProgress): void {
    if (this.bar === undefined) {
      const format = `  ${TITLES[stage].padEnd(TITLE_LENGTH)} [{bar}] {percentage} %`;
      this.bar = new SingleBar({ format, stream: this.output, hideCursor: true, clearOnComplete: true, fps: 10 });
      this.bar.start(total, done);
    }
    this.bar.update(done);
  }

  private finish({ stage }: ImportProgress): void {
    this.bar?.stop();
    this.bar = undefined;
    const seconds = (performance.now() - this.begin) / 1_000;
    this.seconds.set(stage, seconds);
    this.output.write(`  ${TITLES[stage].padEnd(TITLE_LENGTH)} ${seconds.toFixed(1).padStart(7)} s\n`);
  }
}
