import type { ProductClass, Underlying } from '@app/market';
import type { EffectiveRules } from '@app/rules';
import { Decimal } from 'decimal.js';
import { bookPlan, type ClassPlan } from './class-plan.js';
import { isGaps } from './gap.js';
import { type Holding, holding } from './holding.js';
import type { Valuation } from './valuation.js';
import { NO_VALUE, wholeValue } from './whole-value.js';

/** Valuation points of the rule book, for every class (FINRA 4210(g)(2): ten equidistant points). */
export const POINTS = 10;

/** Numbers of a row: a unit's profit at each point, then the six that follow. Two cache lines. */
export const UNIT_LENGTH = POINTS + 6;
/** Their places in a row. */
export const MULTIPLIER = UNIT_LENGTH - 6;
/** Minimum charge in dollars per share of a contract held long, and short. */
export const LONG_CHARGE = UNIT_LENGTH - 5;
export const SHORT_CHARGE = UNIT_LENGTH - 4;
/** Market value of one long: `whole-value`'s two parts. */
export const VALUE = UNIT_LENGTH - 3;
export const BELOW = UNIT_LENGTH - 2;
/** Dollars per share that no sum takes more than. */
export const LARGEST = UNIT_LENGTH - 1;

/** A class group of the market, the same for every account. */
export interface BulkClass {
  readonly classGroup: string;
  readonly productClass: ProductClass;
  readonly productGroup: string | null;
  readonly portfolioGroup: string | null;
  /** The rule book's. */
  readonly plan: ClassPlan;
}

const ONE = new Decimal(1);

/** Where an instrument's row stands: not looked at yet, or of what these columns cannot describe. */
const UNSEEN = -1;
const NONE = -2;

/**
 * What one contract or share of each instrument adds to its account by the rule book, in columns by the instrument's
 * number: looked up once for all accounts, whatever rules they are under.
 */
export class BulkUnits {
  /** Rows of `UNIT_LENGTH`. */
  terms = new Float64Array(0);
  /** Each instrument's number among `classes`. */
  places = new Int32Array(0);
  readonly classes: BulkClass[] = [];
  private readonly numbers = new Map<string, number>();
  /** Of underlyings, which many contracts share. */
  private readonly prices = new Map<Underlying, number>();

  /** `book`: rules without any of a house. */
  constructor(
    readonly valuation: Valuation,
    private readonly book: EffectiveRules,
    readonly symbolOf: (instrument: number) => string,
  ) {}

  /** Whether the instrument has a row; where it has none only `accountMargin` can tell. */
  has(instrument: number): boolean {
    if (instrument >= this.places.length) this.grow(instrument + 1);
    if (this.places[instrument] === UNSEEN) this.look(instrument);
    return this.places[instrument] >= 0;
  }

  private look(instrument: number): void {
    const symbol = this.symbolOf(instrument);
    const line = holding(
      { symbol, quantity: ONE },
      { valuation: this.valuation, rules: this.book, strictVolatility: false },
    );
    const place = isGaps(line) ? NONE : this.placed(line, instrument);
    // An unknown symbol may be known once its prices are read.
    if (place !== NONE || this.valuation.market.instrument(symbol) !== undefined) this.places[instrument] = place;
  }

  private placed(line: Holding, instrument: number): number {
    const isUnit =
      line.strategy === null && setTerms(this.terms, instrument * UNIT_LENGTH, line, this.price(line.underlying));
    return isUnit ? this.classNumber(line) : NONE;
  }

  private price(underlying: Underlying): number {
    const known = this.prices.get(underlying);
    if (known !== undefined) return known;
    const price = underlying.price?.toNumber() ?? 0;
    this.prices.set(underlying, price);
    return price;
  }

  /** None where another member of the class group is of another class or in other groups: that is a gap. */
  private classNumber({ underlying }: Holding): number {
    const { classGroup, productClass, productGroup, portfolioGroup } = underlying;
    const known = this.numbers.get(classGroup);
    if (known === undefined) {
      const plan = bookPlan(this.book.regulatory(productClass));
      this.numbers.set(classGroup, this.classes.length);
      return this.classes.push({ classGroup, productClass, productGroup, portfolioGroup, plan }) - 1;
    }
    const other = this.classes[known];
    const isSame =
      other.productClass === productClass &&
      other.productGroup === productGroup &&
      other.portfolioGroup === portfolioGroup;
    return isSame ? known : NONE;
  }

  private grow(length: number): void {
    const capacity = Math.max(length, 2 * this.places.length, 1_024);
    const places = new Int32Array(capacity).fill(UNSEEN);
    places.set(this.places);
    const terms = new Float64Array(capacity * UNIT_LENGTH);
    terms.set(this.terms);
    this.places = places;
    this.terms = terms;
  }
}

/** Writes a line's row; false for what whole multiples do not describe. */
function setTerms(terms: Float64Array, row: number, line: Holding, underlyingPrice: number): boolean {
  const { mark, regulatory, underlying, plan } = line;
  const { pnl } = regulatory;
  const { kind } = mark.instrument;
  const multiplier = mark.multiplier.toNumber();
  const price = mark.price.toNumber();
  const worth = kind === 'FUTURE' ? NO_VALUE : wholeValue(mark.price, price, multiplier);
  if (worth === undefined || pnl.length !== POINTS || !Number.isSafeInteger(multiplier)) return false;
  const { minimumCharge, minimumChargeCappedForLongs: isCapped } = plan.book;
  const charge = kind === 'UNDERLYING' ? 0 : minimumCharge;
  terms.set(pnl, row);
  terms[row + MULTIPLIER] = multiplier;
  terms[row + LONG_CHARGE] = isCapped && kind === 'OPTION' ? Math.min(charge, price) : charge;
  terms[row + SHORT_CHARGE] = charge;
  terms[row + VALUE] = worth.value;
  terms[row + BELOW] = worth.below;
  let largest = Math.max(1, charge, Math.max(price, underlyingPrice) * Math.max(1, Math.abs(underlying.leverage)));
  for (let k = 0; k < POINTS; k++) largest = Math.max(largest, Math.abs(pnl[k]));
  terms[row + LARGEST] = largest;
  return true;
}
