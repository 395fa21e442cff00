import type { RiskArrayPart, RunBrief, RunChunk } from '@app/store';
import type { ChunkWork, ComputedChunk } from './chunk-work.js';

/** A piece of a run to be computed. */
export interface ChunkTask {
  readonly brief: RunBrief;
  readonly chunk: RunChunk;
}

export type ChunkOutcome =
  | { readonly stage: 'ACCOUNTS'; readonly computed: ComputedChunk }
  | { readonly stage: 'ARRAYS'; readonly parts: readonly RiskArrayPart[] };

export async function chunkOutcome(work: ChunkWork, { brief, chunk }: ChunkTask): Promise<ChunkOutcome> {
  return chunk.stage === 'ACCOUNTS'
    ? { stage: 'ACCOUNTS', computed: await work.accounts(brief, chunk) }
    : { stage: 'ARRAYS', parts: await work.arrays(brief, chunk) };
}

/** A task as a thread gets it. */
export interface NumberedTask {
  readonly number: number;
  readonly task: ChunkTask;
}

/** What a thread answers to one: an outcome, or the failure as text, since errors lose themselves on the way. */
export type ThreadAnswer = { readonly number: number } & (
  { readonly outcome: ChunkOutcome } | { readonly failure: string }
);
