export {
  type AppliedRule,
  type ClassRules,
  conflictingRules,
  type EffectiveRules,
  effectiveRules,
  type HouseRule,
} from './effective-rules.js';
export {
  EQUITY_TIERS,
  type EligibilityRules,
  type EquityTier,
  PORTFOLIO_MARGIN_ELIGIBILITY,
} from './eligibility-rules.js';
export { type DayTradingRule, type NakedRates, REG_T_RULES, type RegTRules, regTRules } from './reg-t-rules.js';
export {
  type CitationStatus,
  type Cited,
  type PriceMoveRange,
  REGULATORY_RULES,
  type RegulatoryRules,
  regulatoryRules,
} from './regulatory-rules.js';
export { HOUSE_PARAMETERS, type HouseParameter, PARAMETER_DEFINITIONS } from './rule-set.js';
