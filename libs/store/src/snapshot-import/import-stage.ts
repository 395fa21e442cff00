import { statSync } from 'node:fs';

export const IMPORT_STAGES = ['underlyings', 'instruments', 'quotes', 'comparison', 'volatilities', 'storage'] as const;
export type ImportStage = (typeof IMPORT_STAGES)[number];

export interface ImportProgress {
  readonly stage: ImportStage;
  /** Bytes of files as they lie on the disk, or contracts; `total` 0 where a stage has no measure. */
  readonly done: number;
  readonly total: number;
  readonly isFinished: boolean;
}

export type OnProgress = (progress: ImportProgress) => void;

/** Tells an observer which stage is under way and how far it is. */
export class StageClock {
  private current: { readonly stage: ImportStage; done: number; readonly total: number } | undefined;

  constructor(private readonly onProgress: OnProgress | undefined) {}

  /** Ends the stage before. `measure`: the files it reads, or a number. */
  begin(stage: ImportStage, measure: readonly (string | undefined)[] | number = 0): void {
    this.end();
    const total = typeof measure === 'number' ? measure : measure.reduce((sum, path) => sum + bytesOf(path), 0);
    this.current = { stage, done: 0, total };
    this.tell(false);
  }

  readonly onDone = (amount: number): void => {
    if (this.current === undefined) return;
    this.current.done += amount;
    this.tell(false);
  };

  end(): void {
    this.tell(true);
    this.current = undefined;
  }

  private tell(isFinished: boolean): void {
    if (this.current !== undefined) this.onProgress?.({ ...this.current, isFinished });
  }
}

/** 0 for a file that is not there: whoever reads it says so. */
function bytesOf(path: string | undefined): number {
  return path === undefined ? 0 : (statSync(path, { throwIfNoEntry: false })?.size ?? 0);
}
