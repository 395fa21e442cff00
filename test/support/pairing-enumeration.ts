import type { Line, OptionLine, ShareLine } from '@app/reg-t';

/**
 * The least maintenance requirement over every way to carry a small book in strategies of one to four legs, found by
 * trying them all. Written on its own, from the rule's words: nothing of the pairing under test is used. Options up to
 * nine months only count as they are held; a long-dated one standing alone is credited a quarter of its value.
 */
export function enumeratedCost(lines: readonly Line[]): number {
  const options = lines.filter((line) => line.kind === 'OPTION');
  const stock = lines.find((line) => line.kind === 'SHARES');
  const lots = stock === undefined ? 0 : Math.floor(Math.abs(stock.quantity) / 100);
  const oddLot = stock === undefined ? 0 : (Math.abs(stock.quantity) - 100 * lots) * stock.alone.maintenance;
  const known = new Map<string, number>();

  const least = (left: readonly number[], lotsLeft: number): number => {
    const key = `${left.join(' ')}/${lotsLeft}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const cost = leastOf(left, lotsLeft);
    known.set(key, cost);
    return cost;
  };
  const leastOf = (left: readonly number[], lotsLeft: number): number => {
    const short = options.findIndex((option, i) => option.quantity < 0 && left[i] > 0);
    if (short >= 0) return Math.min(...shortUses(options, left, short, stock, lotsLeft).map(next));
    if (lotsLeft > 0) return Math.min(...lotUses(options, left, stock!, lotsLeft).map(next));
    return options.reduce((sum, option, i) => sum - left[i] * longCredit(option), 0);
  };
  const next = ({ cost, left, lotsLeft }: Use): number => cost + least(left, lotsLeft);

  return (
    oddLot +
    least(
      options.map(({ quantity }) => Math.abs(quantity)),
      lots,
    )
  );
}

/** One unit put to a use: what it costs and what is left. */
interface Use {
  readonly cost: number;
  readonly left: readonly number[];
  readonly lotsLeft: number;
}

/** What 100 shares require alone. */
function lotAlone(stock: ShareLine): number {
  return stock.alone.maintenance * 100;
}

function longCredit({ isLongTerm, premium, quantity }: OptionLine): number {
  return isLongTerm && quantity > 0 ? 0.25 * premium * 100 : 0;
}

function naked({ right, strike, premium, spot }: OptionLine): number {
  const out = right === 'CALL' ? Math.max(0, strike - spot) : Math.max(0, spot - strike);
  return 100 * (premium + Math.max(0.2 * spot - out, 0.1 * (right === 'CALL' ? spot : strike)));
}

function without(left: readonly number[], ...used: readonly number[]): readonly number[] {
  const rest = [...left];
  for (const i of used) rest[i] -= 1;
  return rest;
}

/** Loss at expiry of one contract of each of these, at every strike and at zero. */
function lossOf(options: readonly OptionLine[]): number {
  const prices = [0, ...options.map(({ strike }) => strike)];
  const values = prices.map((price) =>
    options.reduce((sum, { right, strike, quantity }) => {
      const intrinsic = right === 'CALL' ? Math.max(0, price - strike) : Math.max(0, strike - price);
      return sum + Math.sign(quantity) * 100 * intrinsic;
    }, 0),
  );
  return Math.max(0, -Math.min(...values));
}

function expiresInTime(shorts: readonly OptionLine[], longs: readonly OptionLine[]): boolean {
  return shorts.every((short) => longs.every((long) => short.expiry <= long.expiry));
}

function shortUses(
  options: readonly OptionLine[],
  left: readonly number[],
  s: number,
  stock: ShareLine | undefined,
  lotsLeft: number,
): Use[] {
  const short = options[s];
  const uses: Use[] = [{ cost: naked(short), left: without(left, s), lotsLeft }];
  const free = (i: number, ...taken: readonly number[]): boolean =>
    left[i] - taken.filter((each) => each === i).length > 0;
  options.forEach((long, l) => {
    if (long.quantity <= 0 || !free(l) || long.right !== short.right || !expiresInTime([short], [long])) return;
    uses.push({ cost: lossOf([short, long]), left: without(left, s, l), lotsLeft });
    options.forEach((short2, s2) => {
      if (short2.quantity >= 0 || !free(s2, s)) return;
      options.forEach((long2, l2) => {
        if (long2.quantity <= 0 || !free(l2, l) || long2.right !== short2.right) return;
        if (!expiresInTime([short, short2], [long, long2])) return;
        uses.push({ cost: lossOf([short, long, short2, long2]), left: without(left, s, l, s2, l2), lotsLeft });
      });
    });
  });
  options.forEach((other, o) => {
    if (other.quantity >= 0 || !free(o) || other.right === short.right) return;
    const [greater, lesser] = naked(short) >= naked(other) ? [short, other] : [other, short];
    uses.push({ cost: naked(greater) + 100 * lesser.premium, left: without(left, s, o), lotsLeft });
  });
  return stock === undefined || lotsLeft === 0 ? uses : [...uses, ...coveredUses(options, left, s, stock, lotsLeft)];
}

function coveredUses(
  options: readonly OptionLine[],
  left: readonly number[],
  s: number,
  stock: ShareLine,
  lotsLeft: number,
): Use[] {
  const { right, strike, expiry } = options[s];
  const { price } = stock;
  const isLong = stock.quantity > 0;
  if (isLong !== (right === 'CALL')) return [];
  const itm = isLong ? Math.max(0, price - strike) : Math.max(0, strike - price);
  const uses: Use[] = [{ cost: lotAlone(stock) + 100 * itm, left: without(left, s), lotsLeft: lotsLeft - 1 }];
  options.forEach((hedge, h) => {
    if (hedge.quantity <= 0 || left[h] === 0 || hedge.right === right || hedge.expiry !== expiry) return;
    if (hedge.strike === strike) {
      uses.push({ cost: 100 * (0.1 * strike + itm), left: without(left, s, h), lotsLeft: lotsLeft - 1 });
    } else if (isLong && hedge.strike < strike) {
      const hedged = 0.1 * hedge.strike + Math.max(0, price - hedge.strike);
      const cost = 100 * (Math.min(hedged, 0.25 * strike) + itm);
      uses.push({ cost, left: without(left, s, h), lotsLeft: lotsLeft - 1 });
    }
  });
  return uses;
}

/** A lot of stock once every short option has its place: alone, or with an option bought. */
function lotUses(options: readonly OptionLine[], left: readonly number[], stock: ShareLine, lotsLeft: number): Use[] {
  const alone = lotAlone(stock);
  const uses: Use[] = [{ cost: alone, left, lotsLeft: lotsLeft - 1 }];
  options.forEach((hedge, h) => {
    const isHedge = hedge.right === (stock.quantity > 0 ? 'PUT' : 'CALL');
    if (hedge.quantity <= 0 || left[h] === 0 || !isHedge) return;
    const out = stock.quantity > 0 ? stock.price - hedge.strike : hedge.strike - stock.price;
    const cost = Math.min(100 * (0.1 * hedge.strike + Math.max(0, out)), alone);
    uses.push({ cost, left: without(left, h), lotsLeft: lotsLeft - 1 });
  });
  return uses;
}
