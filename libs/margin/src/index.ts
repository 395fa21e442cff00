export { barredByCall, type OverdueCall } from './call-bar.js';
export { accountMargin, type AccountMargin, accountMarginAfter } from './account-margin.js';
export {
  fillScenarioSums,
  type PositionTable,
  riskStride,
  type RiskTable,
  worstProfit,
  worstProfitAfter,
} from './aggregation.js';
export { bookSums, type BookSize, type BookTables, bookTables } from './book-tables.js';
export type { BulkGroup } from './bulk-group.js';
export { type BulkMargin, type BulkMargins, bulkMargins } from './bulk-margin.js';
export { BulkUnits } from './bulk-units.js';
export type { BulkPositions } from './bulk-ways.js';
export type { ClassGroupMargin } from './class-group.js';
export { type ClassGroup, heldIn, inSymbolOrder } from './class-group-after.js';
export type { AddOn } from './add-ons.js';
export type { ClassPlan } from './class-plan.js';
export { type ClassSum, classSum, type ClassSums, profitAt } from './class-sums.js';
export { type Decision, type Judgement, judgement, type Reason } from './decision.js';
export { type GroupMember, groupRequirement } from './group-requirement.js';
export type { CombinedMargin, ProductGroup } from './product-group.js';
export type { StrategyPosition } from './strategy-position.js';
export type { StrategyTerms } from './strategy-terms.js';
export { accountViolations, type Violation } from './violations.js';
export { type Gaps, isGaps, type MarginGap, type MarginGapCode } from './gap.js';
export {
  type Hold,
  holdMinus,
  holdPlus,
  isHoldExact,
  marginWithHold,
  NOTHING_HELD_BACK,
  orderHold,
  orderLines,
} from './hold.js';
export { type HeldMargins, holdJudgement } from './hold-judgement.js';
export { type Holding, holding, type MarginContext } from './holding.js';
export { changedKeys } from './layered-map.js';
export { linkedHold } from './linked-hold.js';
export { type RiskArray, riskArray, withProfits } from './risk-array.js';
export { classGrid, type ScenarioGrid, scenarioGrid, type ValuationPoint } from './scenario.js';
export { type KnownValues, seededValuation } from './seeded-valuation.js';
export { type Valuation, valuation } from './valuation.js';
export { type WhatIf, whatIf } from './what-if.js';
export { type FillCase, SEARCHED_AT_MOST, type WorstFill, worstFill } from './worst-fill.js';
