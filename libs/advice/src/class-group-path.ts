import type { ClassGroup } from '@app/margin';
import type { TradedLeg } from './traded-leg.js';

/*
 * How a class group's requirement comes to change while all legs fill evenly, from nothing (t = 0) to whole (t = 1): the
 * Aumann-Shapley shares of a requirement that is at every t the greatest of some lines. (R. J. Aumann and L. S. Shapley,
 * Values of Non-Atomic Games, 1974; for capital: M. Denault, Coherent allocation of risk capital, 2001.) Each stretch on
 * which one line is the greatest gives every leg its slope on that line times the length of the stretch.
 */

/** What a class group owes on a stretch of the path. */
export type BindingRule = 'SCAN_LOSS' | 'MINIMUM_CHARGE';

export interface PathShares {
  /** Cents, not whole, + where the leg adds to the requirement; in the order of the legs. */
  readonly legs: readonly number[];
  readonly rules: Readonly<Record<BindingRule, number>>;
}

interface Line {
  readonly constant: number;
  readonly slope: number;
  readonly rule: BindingRule | null;
  /** What one leg adds to the slope. */
  readonly slopeOf: (leg: TradedLeg) => number;
}

/** `quantityBefore` is what is held of a symbol before anything fills. */
export function pathShares(
  before: ClassGroup | undefined,
  legs: readonly TradedLeg[],
  quantityBefore: (symbol: string) => number,
): PathShares {
  const shares = legs.map(() => 0);
  const rules = { SCAN_LOSS: 0, MINIMUM_CHARGE: 0 };
  const symbols = tradedSymbols(legs, quantityBefore);
  const losses = lossLines(before, legs);
  const turns = symbols.map(({ held, traded }) => -held / traded).filter((t) => t > 0 && t < 1);
  const pieces = [0, ...[...new Set(turns)].sort((a, b) => a - b), 1];
  for (let i = 1; i < pieces.length; i++) {
    const lines = [...losses, minimumLine(before, symbols, (pieces[i - 1] + pieces[i]) / 2)];
    for (const { line, from, to } of envelope(lines, pieces[i - 1], pieces[i])) {
      legs.forEach((leg, l) => (shares[l] += 100 * (to - from) * line.slopeOf(leg)));
      if (line.rule !== null) rules[line.rule] += 100 * (to - from) * line.slope;
    }
  }
  return { legs: shares, rules };
}

interface TradedSymbol {
  readonly symbol: string;
  readonly held: number;
  readonly traded: number;
  readonly charges: Pick<TradedLeg, 'longCharge' | 'shortCharge'>;
}

function tradedSymbols(legs: readonly TradedLeg[], quantityBefore: (symbol: string) => number): TradedSymbol[] {
  const symbols = new Map<string, TradedSymbol>();
  for (const leg of legs) {
    const { symbol, quantity } = leg;
    const { held, traded } = symbols.get(symbol) ?? { held: quantityBefore(symbol), traded: 0 };
    symbols.set(symbol, { symbol, held, traded: traded + quantity, charges: leg });
  }
  return [...symbols.values()];
}

function lossLines(before: ClassGroup | undefined, legs: readonly TradedLeg[]): Line[] {
  const points = legs[0]?.pnl.length ?? 0;
  const scenarios = before?.inForce.scenarios;
  const known = scenarios?.length === points ? scenarios : undefined;
  const none: Line = { constant: 0, slope: 0, rule: null, slopeOf: () => 0 };
  const losses = Array.from({ length: points }, (_, k): Line => ({
    constant: -(known?.[k] ?? 0),
    slope: -legs.reduce((sum, leg) => sum + leg.pnl[k], 0),
    rule: 'SCAN_LOSS',
    slopeOf: (leg) => -leg.pnl[k],
  }));
  return [none, ...losses];
}

/** The minimum charge as it runs about `t`, where no position changes its sign. */
function minimumLine(before: ClassGroup | undefined, symbols: readonly TradedSymbol[], t: number): Line {
  let constant = before?.inForce.minimumCharge ?? 0;
  let slope = 0;
  const perUnit = new Map<string, number>();
  for (const { symbol, held, traded, charges } of symbols) {
    const now = chargePerUnit(charges, held + t * traded);
    constant += (now - chargePerUnit(charges, held)) * held;
    slope += now * traded;
    perUnit.set(symbol, now);
  }
  const slopeOf = (leg: TradedLeg): number => perUnit.get(leg.symbol)! * leg.quantity;
  return { constant, slope, rule: 'MINIMUM_CHARGE', slopeOf };
}

/** Dollars a unit more adds. */
function chargePerUnit({ longCharge, shortCharge }: TradedSymbol['charges'], position: number): number {
  return position > 0 ? longCharge : -shortCharge;
}

interface Stretch {
  readonly line: Line;
  readonly from: number;
  readonly to: number;
}

/** The greatest line, stretch by stretch. */
function envelope(lines: readonly Line[], from: number, to: number): Stretch[] {
  const stretches: Stretch[] = [];
  let at = from;
  let line = greatest(lines, at);
  for (;;) {
    let next = to;
    let following = line;
    for (const other of lines) {
      if (other.slope <= line.slope) continue;
      const meets = Math.max(at, (line.constant - other.constant) / (other.slope - line.slope));
      if (meets < next || (meets === next && meets < to && other.slope > following.slope)) {
        next = meets;
        following = other;
      }
    }
    if (next > at) stretches.push({ line, from: at, to: next });
    if (following === line) return stretches;
    at = next;
    line = following;
  }
}

/** Of those alike, the one that rises most: it is the greatest from here on. */
function greatest(lines: readonly Line[], t: number): Line {
  const value = ({ constant, slope }: Line): number => constant + slope * t;
  return lines.reduce((best, line) => {
    const ahead = value(line) - value(best);
    return ahead > 0 || (ahead === 0 && line.slope > best.slope) ? line : best;
  });
}
