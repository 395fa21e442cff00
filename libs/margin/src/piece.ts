/** constant + Σ slopes[i]·f[i] dollars, where 0 ≤ f[i] ≤ 1 is the filled part of order i. */
export interface Piece {
  readonly constant: number;
  readonly slopes: Float64Array;
  /** True where the requirement can be less than this piece and all others: a line over a bend, not the function. */
  readonly isBound: boolean;
}

export function lineOf(constant: number, fills: readonly unknown[]): Piece {
  return { constant, slopes: new Float64Array(fills.length), isBound: false };
}

export function scaled({ constant, slopes }: Piece, by: number): Piece {
  return { constant: constant * by, slopes: slopes.map((slope) => slope * by), isBound: true };
}

export function added(piece: Piece, others: readonly Piece[]): Piece {
  const slopes = Float64Array.from(piece.slopes);
  let { constant, isBound } = piece;
  for (const other of others) {
    constant += other.constant;
    isBound ||= other.isBound;
    other.slopes.forEach((slope, i) => (slopes[i] += slope));
  }
  return { constant, slopes, isBound };
}

/** Those that are the greatest somewhere: a piece that another one is nowhere below changes no maximum. */
export function withoutDominated(pieces: readonly Piece[]): readonly Piece[] {
  return pieces.reduce<readonly Piece[]>(
    (kept, piece) =>
      kept.some((other) => isNowhereBelow(other, piece))
        ? kept
        : [...kept.filter((other) => !isNowhereBelow(piece, other)), piece],
    [],
  );
}

function isNowhereBelow(a: Piece, b: Piece): boolean {
  let least = a.constant - b.constant;
  for (let i = 0; i < a.slopes.length; i++) least += Math.min(0, a.slopes[i] - b.slopes[i]);
  return least >= 0;
}
