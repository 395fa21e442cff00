export {
  buyingPower,
  dayTradeBuyingPower,
  leastEquity,
  type RegTStanding,
  specialMemorandumAccount,
} from './account-rules.js';
export { sharesAgainstTheBox } from './against-the-box.js';
export { type Formula, FORMULA_SOURCES, type FormulaSource } from './formula.js';
export { loadProgramSolver } from './highs-solver.js';
export type { IntegerProgram, ProgramRow, ProgramSolution, ProgramSolver } from './integer-program.js';
export type { Line, OptionLine, ShareLine } from './line.js';
export { minimumPairing, type Pairing, pairingBook, type PairingLimits } from './pairing.js';
export { needsNoSolver, pairingProgram } from './pairing-program.js';
export { isRegTGaps, type RegTGap, type RegTGapCode, type RegTGaps } from './reg-t-gap.js';
export type { Boxed, RegTGroup, RegTRequirement } from './reg-t-group.js';
export { type RegTContext, type RegTHolding, regTHolding } from './reg-t-holding.js';
export { type RegTMargin, regTMargin, regTMarginAfter } from './reg-t-margin.js';
export { type RegTWhatIf, regTWhatIf } from './reg-t-what-if.js';
export { type RegTFillCase, type RegTWorstFill, regTWorstFill, regTWorstFillSearch } from './reg-t-worst-fill.js';
export { longStock, shortStock } from './stock-requirement.js';
export type { Strategy, StrategyLeg } from './strategy.js';
export { type UnitBounds, unitBounds } from './unit-bounds.js';
