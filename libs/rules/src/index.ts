export type { AccountRules } from './account-rules.js';
export type { AppliedRule, LostBecause, LostRule } from './applied-rule.js';
export type { CitationStatus, Cited } from './cited.js';
export type {
  Amendment,
  BookChange,
  BookEntry,
  BookRule,
  Decision,
  MemberChange,
  PackSwitch,
  RuleTerms,
} from './book-change.js';
export { firstDay, loosens, tiesOf, touchedAccounts } from './book-change-effect.js';
export {
  CALL_RULES,
  callDueDate,
  type CallRules,
  isOverdue,
  MARGIN_CALL_KINDS,
  type MarginCallKind,
} from './call-rules.js';
export type { ClassRules } from './class-rules.js';
export { conflictingRules } from './conflicting-rules.js';
export { type EffectiveRules, effectiveRules, type RuleReading } from './effective-rules.js';
export {
  EQUITY_TIERS,
  type EligibilityRules,
  type EquityTier,
  PORTFOLIO_MARGIN_ELIGIBILITY,
} from './eligibility-rules.js';
export { HOUSE_RULE_PACKS } from './house-rule-packs.js';
export { type HouseRulePack, type PackRule, rulesOfPack, type UnexpressedRule } from './house-rule-pack.js';
export { HOUSE_RULE_SCOPES, type HouseRule, type HouseRuleScope, type HouseValue } from './house-rule.js';
export {
  type AccountGroup,
  bookKnownAt,
  bookWith,
  type HouseRuleBook,
  houseRuleBook,
  type PackState,
  type RuleHistory,
} from './house-rule-book.js';
export { type HouseRuleFault, houseRuleFaults, type UncheckedHouseRule } from './house-rule-faults.js';
export type { StressLimit } from './in-force-values.js';
export { isLoosening } from './loosening.js';
export type {
  FlagParameter,
  NumberDefinition,
  NumberParameter,
  ParameterDefinition,
  ParameterLevel,
  RecordParameter,
} from './parameter-definition.js';
export {
  HOUSE_PARAMETERS,
  type HouseParameter,
  isHouseParameter,
  PARAMETER_DEFINITIONS,
} from './parameter-definitions.js';
export { type DayTradingRule, type NakedRates, REG_T_RULES, type RegTRules, regTRules } from './reg-t-rules.js';
export { type PriceMoveRange, REGULATORY_RULES, type RegulatoryRules, regulatoryRules } from './regulatory-rules.js';
export { type StrategyRates } from './strategy-rates.js';
export type { SymbolPlace } from './symbol-numbers.js';
export type { SymbolRule, SymbolRules } from './symbol-rules.js';
