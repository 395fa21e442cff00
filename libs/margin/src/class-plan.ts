import type { Market, ProductClass } from '@app/market';
import type { AccountRules, ClassRules, EffectiveRules } from '@app/rules';
import { type ClassFacts, classFacts } from './class-facts.js';
import { type Gaps, isGaps } from './gap.js';
import {
  classGrid,
  pointKey,
  rangeMoves,
  type ScenarioGrid,
  scenarioGrid,
  sortedGrid,
  type ValuationPoint,
} from './scenario.js';

/** Points to show and to find the worst of, and where among a class group's sums each of them is. */
export interface PlacedGrid {
  readonly grid: ScenarioGrid;
  readonly places: readonly number[];
}

/** Places of points on one side of the current price. */
type Side = readonly number[];

/** What a class group's positions are summed up at: the same for all of them, so that they can be added. */
export interface ClassPlan {
  /** The rule book's numbers and points; these come first among the sums. */
  readonly book: ClassRules;
  readonly bookGrid: ScenarioGrid;
  /** The numbers in force, house rules included; the very object of `book` where none changes a number. */
  readonly numbers: ClassRules;
  /** The house keeps some stocks out of the model: the rule book's points are summed twice, with them and without. */
  readonly isSeparate: boolean;
  /** Where the rule book's points are among the sums in force. */
  readonly bookPlaces: readonly number[];
  /** Every further point that house rules ask about, summed after the rule book's; null where there is none. */
  readonly houseGrid: ScenarioGrid | null;
  /** Points summed at: the rule book's and the further ones. */
  readonly points: number;
  /** The points in force, lowest price move first: plain, and with the expected move down, up, and both. */
  readonly inForce: readonly PlacedGrid[];
  /** Points of the expected move that lie beyond the range, where the point of no return is looked for. */
  readonly expected: { readonly down: readonly number[]; readonly up: readonly number[] } | null;
  /** Of each of the class group's stress limits. */
  readonly classStress: readonly number[];
  /** Of each of the account's: down and up. */
  readonly portfolioStress: readonly (readonly [down: number, up: number])[];
  readonly betaStress: readonly number[];
  /** Down and up, everything on the way to the move. */
  readonly largestNames: { readonly large: readonly Side[]; readonly other: readonly Side[] } | null;
  /** Points at which the members of its portfolio group are paired; null where they pair at the rule book's alone. */
  readonly together: PlacedGrid | null;
}

export interface PlanContext {
  readonly rules: EffectiveRules;
  readonly market: Market;
}

/**
 * A class group's plan; `together` are points all members of its portfolio group are summed at beside their own. One
 * object for the same arguments.
 */
export function classPlan(
  classGroup: string,
  productClass: ProductClass,
  { rules, market }: PlanContext,
  together: ScenarioGrid | null = null,
): ClassPlan | Gaps {
  const numbers = rules.inForce(classGroup, productClass);
  const book = rules.regulatory(productClass);
  const { account } = rules;
  const isBook = numbers === book && !watchesPoints(account) && together === null && !rules.limitsPrices;
  if (isBook) return bookPlan(book);
  const plans = plansOf(rules, market);
  const key = `${productClass} ${classGroup} ${together?.key ?? ''}`;
  const known = plans.get(key);
  if (known !== undefined) return known;
  const facts = classFacts(classGroup, productClass, numbers, account, market);
  const plan = isGaps(facts) ? facts : planned(numbers, book, account, facts, together, rules.limitsPrices);
  if (!isGaps(plan)) plans.set(key, plan);
  return plan;
}

/** Plans go with the rules and the market they were made for: a caller may send any rules once. */
const plans = new WeakMap<EffectiveRules, WeakMap<Market, Map<string, ClassPlan>>>();
const bookPlans = new WeakMap<ClassRules, ClassPlan>();
const NO_FACTS: Omit<ClassFacts, 'range'> = { isWidened: false, beta: null };
const NO_WATCH: WatchedRules = { largestNames: null, portfolioStress: [], betaStress: [] };

/** Spacing of the house's points where it names none. */
const DEFAULT_STEP = 0.01;

type WatchedRules = Pick<AccountRules, 'largestNames' | 'portfolioStress' | 'betaStress'>;

function watchesPoints({ largestNames, portfolioStress, betaStress }: AccountRules): boolean {
  return largestNames !== null || portfolioStress.length > 0 || betaStress.length > 0;
}

/** The rule book's alone. */
export function bookPlan(book: ClassRules): ClassPlan {
  const known = bookPlans.get(book);
  if (known !== undefined) return known;
  const plan = planned(book, book, NO_WATCH, { range: book, ...NO_FACTS }, null, false);
  bookPlans.set(book, plan);
  return plan;
}

function plansOf(rules: EffectiveRules, market: Market): Map<string, ClassPlan> {
  const byMarket = plans.get(rules) ?? new WeakMap<Market, Map<string, ClassPlan>>();
  plans.set(rules, byMarket);
  const known = byMarket.get(market) ?? new Map<string, ClassPlan>();
  byMarket.set(market, known);
  return known;
}

function planned(
  numbers: ClassRules,
  book: ClassRules,
  account: WatchedRules,
  facts: ClassFacts,
  together: ScenarioGrid | null,
  isSeparate: boolean,
): ClassPlan {
  const bookGrid = classGrid(book);
  const summed = summedPoints(bookGrid, isSeparate);
  const base = pointsInForce(numbers, bookGrid, facts);
  const expected = expectedPoints(numbers, facts);
  const { down = [], up = [] } = expected ?? {};
  const grids = expected === null ? [base] : [base, [...base, ...down], [...base, ...up], [...base, ...down, ...up]];
  const sides = (move: number, volMove = 0): [number, number] => [
    summed.place({ priceMove: -move, volMove }),
    summed.place({ priceMove: move, volMove }),
  ];
  const ways = (move: number): readonly Side[] =>
    [
      { down: -move, up: 0 },
      { down: 0, up: move },
    ].map((range) => rangeMoves(range, DEFAULT_STEP).map((priceMove) => summed.place({ priceMove, volMove: 0 })));
  const { largestNames } = account;
  const places = {
    inForce: grids.map((points) => summed.placed(sortedGrid(points))),
    expected: expected && { down: summed.unmoved(down), up: summed.unmoved(up) },
    classStress: numbers.stressLimits.map((point) => summed.place(point)),
    portfolioStress: account.portfolioStress.map(({ priceMove, volMove }) => sides(Math.abs(priceMove), volMove)),
    betaStress: account.betaStress.map(({ priceMove, volMove }) =>
      summed.place({ priceMove: Math.max(-1, Number((facts.beta! * priceMove).toFixed(12))), volMove }),
    ),
    largestNames: largestNames && {
      large: ways(largestNames.priceMove),
      other: ways(largestNames.otherPriceMove),
    },
    together: together && summed.placed(together),
    bookPlaces: bookGrid.points.map((point) => summed.place(point)),
  };
  return { book, bookGrid, numbers, isSeparate, ...places, houseGrid: summed.beyond(), points: summed.count() };
}

/** Gives every point asked for a place among the sums. */
function summedPoints(bookGrid: ScenarioGrid, isSeparate: boolean) {
  const first = bookGrid.points.length;
  const places = new Map(isSeparate ? [] : bookGrid.points.map((point, place) => [pointKey(point), place] as const));
  const beyond: ValuationPoint[] = [];
  const place = ({ priceMove, volMove }: ValuationPoint): number => {
    // −0 and 0 are one move.
    const point = { priceMove: priceMove + 0, volMove: volMove + 0 };
    const key = pointKey(point);
    const known = places.get(key);
    if (known !== undefined) return known;
    places.set(key, first + beyond.length);
    beyond.push(point);
    return first + beyond.length - 1;
  };
  return {
    place,
    placed: (grid: ScenarioGrid): PlacedGrid => ({ grid, places: grid.points.map(place) }),
    unmoved: (points: readonly ValuationPoint[]) => points.filter(({ volMove }) => volMove === 0).map(place),
    beyond: () => (beyond.length === 0 ? null : scenarioGrid(beyond)),
    count: () => first + beyond.length,
  };
}

/**
 * The rule book's points and, where a house has a range or a spacing of its own, those of its range; each also at every
 * move of volatility; and the points named one by one.
 */
function pointsInForce(numbers: ClassRules, bookGrid: ScenarioGrid, facts: ClassFacts): readonly ValuationPoint[] {
  const { step, volMoves, extraPoints } = numbers;
  const isOwn = step !== null || facts.isWidened;
  const moves = [
    ...bookGrid.points.map(({ priceMove }) => priceMove),
    ...(isOwn ? rangeMoves(facts.range, step ?? DEFAULT_STEP) : []),
  ];
  const named = extraPoints.map(({ priceMove, volMove }) => ({ priceMove, volMove }));
  return [...crossed(moves, volMoves), ...named];
}

/** Points of the expected move that reach beyond the range, by side. */
function expectedPoints({ expectedMove, step, volMoves }: ClassRules, { range }: ClassFacts) {
  if (expectedMove === null) return null;
  const moves = rangeMoves(expectedMove, step ?? DEFAULT_STEP);
  const reaches = { down: expectedMove.down < range.down, up: expectedMove.up > range.up };
  return {
    down: reaches.down
      ? crossed(
          moves.filter((move) => move < 0),
          volMoves,
        )
      : [],
    up: reaches.up
      ? crossed(
          moves.filter((move) => move > 0),
          volMoves,
        )
      : [],
  };
}

function crossed(priceMoves: readonly number[], volMoves: readonly number[]): readonly ValuationPoint[] {
  const moves = [0, ...volMoves.flatMap(volatilityMoves)];
  return moves.flatMap((volMove) => priceMoves.map((priceMove) => ({ priceMove, volMove })));
}

/** Moves of volatility up to an end: as of prices, what is stricter holds every point of what is less so. */
const VOLATILITY_STEPS = [0.15, 0.3, 0.45, 0.6, 0.75, 0.9, 1.5, 2.25, 3, 3.75, 4.5] as const;

function volatilityMoves(end: number): readonly number[] {
  const inside = VOLATILITY_STEPS.filter((step) => step < Math.abs(end));
  return [...inside.map((step) => step * Math.sign(end)), end];
}
