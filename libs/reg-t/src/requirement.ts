/** What a position or strategy requires, in dollars of whatever unit it is stated for; ≥ 0. */
export interface Requirement {
  /** On the day of the trade: the greater of Regulation T's and the exchange's (4210(b)). */
  readonly initial: number;
  /** From then on (FINRA 4210(c) and (f)). */
  readonly maintenance: number;
}

/** Which of the two is asked for. */
export type RequirementKind = keyof Requirement;
