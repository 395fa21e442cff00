export { chainArray, chainFamily, type ChainFamily, chainValue, type ExpiryTerms } from './chain-family.js';
export { chainImpliedVolatility, impliedVolatility } from './implied-volatility.js';
export type { ImpliedVolatility, ImpliedVolatilityGap } from './implied-volatility.js';
export { normalCdf } from './normal-cdf.js';
export { optionArray } from './option-array.js';
export { optionGreeks, type OptionGreeks } from './option-greeks.js';
export type { CashDividend, ExerciseStyle, OptionRight, OptionTerms } from './option-terms.js';
export { optionReference, optionValue, optionValues } from './option-value.js';
