export type OptionRight = 'CALL' | 'PUT';
export type ExerciseStyle = 'AMERICAN' | 'EUROPEAN';

/** A cash dividend that falls before an option expires, per share of the underlying. */
export interface CashDividend {
  /** Ex-dividend time in years (ACT/365) from the valuation date; > 0 and ≤ the option's `yearsToExpiry`. */
  readonly years: number;
  /** Money per share, > 0. */
  readonly amount: number;
  /** Continuously compounded zero rate to `years`. */
  readonly rateContinuous: number;
}

/** Everything a model needs to know of an option except spot and volatility. Values are per share of the underlying. */
export interface OptionTerms {
  readonly right: OptionRight;
  readonly exercise: ExerciseStyle;
  /** Money per share, > 0. */
  readonly strike: number;
  /** ACT/365, ≥ 0; 0 is settled at intrinsic value. */
  readonly yearsToExpiry: number;
  /** Continuously compounded zero rate to expiry; may be negative. */
  readonly rateContinuous: number;
  /** Continuous proportional dividend yield (annual), beside the cash dividends. */
  readonly dividendYield: number;
  /** In ex-date order. */
  readonly dividends: readonly CashDividend[];
}
