import type { CitationStatus } from '@app/rules';

/** Every strategy a position can be carried as. */
export type Formula =
  | 'LONG_STOCK'
  | 'SHORT_STOCK'
  | 'AGAINST_THE_BOX'
  | 'LONG_OPTION'
  | 'LONG_TERM_OPTION'
  | 'NAKED_CALL'
  | 'NAKED_PUT'
  | 'STRADDLE'
  | 'COVERED_CALL'
  | 'COVERED_PUT'
  | 'PROTECTIVE_PUT'
  | 'PROTECTIVE_CALL'
  | 'CONVERSION'
  | 'REVERSAL'
  | 'COLLAR'
  | 'SPREAD'
  | 'BUTTERFLY'
  | 'CONDOR'
  | 'IRON_BUTTERFLY'
  | 'IRON_CONDOR'
  | 'BOX'
  | 'LONG_BOX'
  | 'UNIVERSAL_SPREAD';

export interface FormulaSource {
  readonly citation: string;
  readonly status: CitationStatus;
}

const NAKED: FormulaSource = { citation: 'FINRA 4210(f)(2)(E), Cboe Rule 10.3(c)(5)', status: 'verified' };
const HEDGE: FormulaSource = { citation: 'FINRA 4210(f)(2)(H)(v)', status: 'from memory' };
const MAXIMUM_LOSS: FormulaSource = {
  citation: 'FINRA 4210(f)(2)(H), Regulatory Notice 12-44, SR-CBOE-2012-043: maximum potential loss',
  status: 'verified',
};

/** Where each formula is written; the arithmetic stands beside its own source. */
export const FORMULA_SOURCES: Readonly<Record<Formula, FormulaSource>> = {
  LONG_STOCK: { citation: '12 CFR 220.12(a), FINRA 4210(c)(1)', status: 'verified' },
  SHORT_STOCK: { citation: '12 CFR 220.12(c)(1), FINRA 4210(c)(2), (3)', status: 'verified' },
  AGAINST_THE_BOX: { citation: 'FINRA 4210(e)(1), 12 CFR 220.12(c)(2)', status: 'verified' },
  LONG_OPTION: { citation: 'FINRA 4210(f)(2)(A)', status: 'verified' },
  LONG_TERM_OPTION: { citation: 'FINRA 4210(f)(2)(D), Cboe Rule 10.3(c)(4)', status: 'verified' },
  NAKED_CALL: NAKED,
  NAKED_PUT: NAKED,
  STRADDLE: { citation: 'FINRA 4210(f)(2)(F)', status: 'verified' },
  COVERED_CALL: { citation: '12 CFR 220.4(b)(4)(ii), FINRA 4210(f)(2)(H)', status: 'verified' },
  COVERED_PUT: { citation: '12 CFR 220.4(b)(4)(i), FINRA 4210(f)(2)(H)', status: 'verified' },
  PROTECTIVE_PUT: HEDGE,
  PROTECTIVE_CALL: HEDGE,
  CONVERSION: HEDGE,
  REVERSAL: HEDGE,
  COLLAR: HEDGE,
  SPREAD: MAXIMUM_LOSS,
  BUTTERFLY: MAXIMUM_LOSS,
  CONDOR: MAXIMUM_LOSS,
  IRON_BUTTERFLY: MAXIMUM_LOSS,
  IRON_CONDOR: MAXIMUM_LOSS,
  BOX: MAXIMUM_LOSS,
  LONG_BOX: HEDGE,
  UNIVERSAL_SPREAD: MAXIMUM_LOSS,
};
