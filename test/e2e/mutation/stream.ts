/** Numbers in [0, 1). */
export type Stream = () => number;
export const below = (stream: Stream, limit: number): number => Math.floor(stream() * limit);
export const oneOf = <T>(stream: Stream, all: readonly T[]): T => all[below(stream, all.length)];
