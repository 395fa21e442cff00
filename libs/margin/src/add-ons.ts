import { type Cents, requirementCents } from '@app/portfolio';
import type { HouseParameter } from '@app/rules';
import type { ClassPlan } from './class-plan.js';
import { classSum, type ClassSum, type ClassSums } from './class-sums.js';

/** What a house rule asks beyond the greater of scan loss and minimum charge, in the order the rules are applied. */
export interface AddOn {
  readonly parameter: HouseParameter;
  readonly amount: Cents;
  /** Where several rules set one parameter: the rate of the one that asked most; else null. */
  readonly rate: number | null;
}

/** A requirement, and how it came about from where it started. */
export interface Raised {
  readonly requirement: Cents;
  readonly addOns: readonly AddOn[];
}

/** A least amount in dollars that a rule asks for. */
interface Floor {
  readonly parameter: HouseParameter;
  readonly dollars: number;
  readonly rate: number | null;
}

/** Dollars no class group may require less than: its floors carry up into its groups as minimum charges do. */
export function houseFloors(plan: ClassPlan, sums: ClassSums, equity: Cents): readonly Floor[] {
  const { shortMinimumFraction, shortMinimumMoney, marketValueFloor, equityShares } = plan.numbers;
  const short = uncoveredShorts(plan, sums);
  const gross = grossValue(plan, sums);
  // All of the account and more is a share of one without equity.
  const rates = equityShares.filter(({ share }) => gross > 0 && gross * 100 >= share * equity).map(({ rate }) => rate);
  const rate = Math.max(0, ...rates);
  const floors: readonly Floor[] = [
    { parameter: 'shortMinimum.fraction', dollars: shortMinimumFraction * short.delivered, rate: null },
    { parameter: 'shortMinimum.money', dollars: shortMinimumMoney * short.contracts, rate: null },
    { parameter: 'marketValueFloor', dollars: marketValueFloor * gross, rate: null },
    { parameter: 'concentration.equityShare', dollars: rate * gross, rate },
  ];
  return floors.filter(({ dollars }) => dollars > 0);
}

/** Multiples a class group's requirement is raised by, where its positions are large for their market. */
export function houseMultiples(plan: ClassPlan, sums: ClassSums): readonly { parameter: HouseParameter; by: number }[] {
  const { sharesOutstanding, daysVolume } = plan.numbers;
  const shares = largestDelivery(plan, sums, 'sharesHeld', 'sharesOfCalls', 'sharesOfPuts');
  const days = largestDelivery(plan, sums, 'daysHeld', 'daysOfCalls', 'daysOfPuts');
  const held = shares > 0 || days > 0;
  return [
    ...(held && sharesOutstanding !== null && shares >= sharesOutstanding.fraction
      ? [{ parameter: 'concentration.sharesOutstanding' as const, by: sharesOutstanding.multiplier }]
      : []),
    ...(held && daysVolume !== null && days >= daysVolume.days
      ? [{ parameter: 'concentration.daysVolume' as const, by: daysVolume.multiplier }]
      : []),
  ];
}

/** `start` raised to each floor and by each multiple, in turn; undefined where it becomes too large to be exact. */
export function raised(
  start: Cents,
  floors: readonly Floor[],
  multiples: ReturnType<typeof houseMultiples>,
): Raised | undefined {
  const addOns: AddOn[] = [];
  let requirement = start;
  const raise = (parameter: HouseParameter, rate: number | null, to: Cents | undefined): boolean => {
    if (to === undefined) return false;
    if (to > requirement) {
      addOns.push({ parameter, amount: to - requirement, rate });
      requirement = to;
    }
    return true;
  };
  const exact =
    floors.every(({ parameter, dollars, rate }) => raise(parameter, rate, requirementCents(dollars))) &&
    multiples.every(({ parameter, by }) => raise(parameter, null, requirementCents((requirement * by) / 100)));
  return exact ? { requirement, addOns } : undefined;
}

/** Dollars of everything held, long and short, futures and their like without. */
export function grossValue(plan: ClassPlan, sums: ClassSums): number {
  return classSum(sums, plan, 'longValue') + classSum(sums, plan, 'shortValue');
}

/**
 * Short options beyond what covers them: long options of the same right, and for calls what is held of the underlying,
 * for puts what is short of it, all by what is delivered. Of contracts as large a part is uncovered as of deliveries.
 */
function uncoveredShorts(plan: ClassPlan, sums: ClassSums): { readonly delivered: number; readonly contracts: number } {
  const of = (sum: ClassSum): number => classSum(sums, plan, sum);
  const linear = of('linear');
  const uncovered = (short: number, cover: number, contracts: number) => {
    const delivered = Math.max(0, short - cover);
    return { delivered, contracts: delivered === 0 ? 0 : contracts * (delivered / short) };
  };
  const calls = uncovered(of('shortCalls'), of('longCalls') + Math.max(0, linear), of('shortCallContracts'));
  const puts = uncovered(of('shortPuts'), of('longPuts') + Math.max(0, -linear), of('shortPutContracts'));
  return { delivered: calls.delivered + puts.delivered, contracts: calls.contracts + puts.contracts };
}

/** The larger position of the two that remain when all calls are exercised, or all puts. */
function largestDelivery(plan: ClassPlan, sums: ClassSums, held: ClassSum, calls: ClassSum, puts: ClassSum): number {
  const of = (sum: ClassSum): number => classSum(sums, plan, sum);
  return Math.max(Math.abs(of(held) + of(calls)), Math.abs(of(held) - of(puts)));
}
