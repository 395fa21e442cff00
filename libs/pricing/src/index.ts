export { chainFamily, type ChainFamily, type ExpiryTerms } from './chain-family.js';
export { chainImpliedVolatility, impliedVolatility } from './implied-volatility.js';
export type { ImpliedVolatility, ImpliedVolatilityGap } from './implied-volatility.js';
export { normalCdf } from './normal-cdf.js';
export type { CashDividend, ExerciseStyle, OptionRight, OptionTerms } from './option-terms.js';
export { chainArray, chainValue, optionArray, optionValue, optionValues } from './option-value.js';
