import type { AppliedRule } from './applied-rule.js';
import type { HouseParameter } from './parameter-definitions.js';

/** A limit on a loss: a violation, not margin. */
export interface StressLimit {
  readonly ruleId: string;
  readonly priceMove: number;
  readonly volMove: number;
  /** The loss may not exceed this multiple of equity; null: no such bound. */
  readonly equityMultiple: number | null;
  /** Nor equity plus this many dollars; null: no such bound. */
  readonly equityPlus: number | null;
}

/** The values in force by parameter; their shape is what {@link houseRuleFaults} has checked. */
export interface InForceValues {
  readonly number: (parameter: HouseParameter) => number | null;
  readonly flag: (parameter: HouseParameter) => boolean | null;
  readonly records: <F extends string>(parameter: HouseParameter) => readonly Readonly<Record<F, number>>[];
  readonly record: <F extends string>(parameter: HouseParameter) => Readonly<Record<F, number>> | null;
  readonly stressLimits: (parameter: HouseParameter) => readonly StressLimit[];
}

export function inForceValues(applied: readonly AppliedRule[]): InForceValues {
  const all = (parameter: HouseParameter) => applied.filter((rule) => rule.parameter === parameter);
  const one = (parameter: HouseParameter) => all(parameter)[0]?.value ?? null;
  return {
    number: (parameter) => one(parameter) as number | null,
    flag: (parameter) => one(parameter) as boolean | null,
    records: <F extends string>(parameter: HouseParameter) =>
      all(parameter).map(({ value }) => value as Readonly<Record<F, number>>),
    record: <F extends string>(parameter: HouseParameter) => one(parameter) as Readonly<Record<F, number>> | null,
    stressLimits: (parameter) => all(parameter).map(stressLimit),
  };
}

function stressLimit({ ruleId, value }: AppliedRule): StressLimit {
  const { priceMove, volMove, equityMultiple, equityPlus } = value as Readonly<Record<string, number | undefined>>;
  return {
    ruleId: ruleId!,
    priceMove: priceMove!,
    volMove: volMove!,
    equityMultiple: equityMultiple ?? null,
    equityPlus: equityPlus ?? null,
  };
}
