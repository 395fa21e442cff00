export { byClassGroup } from './by-class-group.js';
export { addDays, type CalendarDate, daysBetween, isCalendarDate } from './calendar-date.js';
export { canonicalSymbol, isTicker } from './canonical-symbol.js';
export { chainFlags, type QuotedContract } from './chain-flags.js';
export { chainVolatilities, type ChainVolatility, type PricedContract } from './chain-volatilities.js';
export { classification, type Classification, type ClassificationBasis } from './classification.js';
export { DIVIDEND_COLUMNS, dividendRow, type DividendRow } from './dividend-record.js';
export { businessDaysAfter, businessDaysBetween, closingHour, isBusinessDay } from './exchange-calendar.js';
export { exchangeHolidays } from './exchange-holidays.js';
export { closingInstant, exchangeDate, isAfterClose } from './exchange-time.js';
export { isFallbackVolatility } from './fallback-volatility.js';
export { givenMarket, type GivenPrices } from './given-market.js';
export { VOLATILITY_INDICES } from './index-family.js';
export { deliverableName, deliverableOf } from './deliverable.js';
export { FUTURE_COLUMNS, futureRow, type FutureRow } from './future-record.js';
export { isBasis, optionBasis, type OptionBasis } from './option-basis.js';
export { markedContracts, parityForward } from './parity-forward.js';
export { isMorningSettled } from './settlement.js';
export { futureForwards, missingForward, withForwards } from './with-forwards.js';
export { NO_FACTS, PLAIN_OPTION } from './instrument.js';
export type {
  Bond,
  BondIssuer,
  DeclaredDividend,
  Deliverable,
  Forward,
  Future,
  Instrument,
  Option,
  OptionContract,
  OptionForm,
  ProductClass,
  QuoteFlag,
  Underlying,
  UnderlyingFacts,
  UnderlyingType,
  VolatilitySource,
} from './instrument.js';
export { distinctGaps, marketGap, type MarketGap, type MarketGapCode } from './market-gap.js';
export type { Market, ZeroRate } from './market.js';
export { missingColumns } from './missing-columns.js';
export { optionChain } from './option-chain.js';
export { CONTRACT_COLUMNS, contractRow, type ContractRow } from './option-record.js';
export { isAdjustedRoot, underlyingOfRoot } from './option-root.js';
export { forwardOf, type MarketTerms, optionTerms, type OptionTermsResult } from './option-terms.js';
export { osiSymbol, type OsiSymbol, osiSymbolText } from './osi-symbol.js';
export { parityBounds, type ParityBounds, parityBreak } from './put-call-parity.js';
export { QUOTE_COLUMNS, quoteRow, type QuoteRow } from './quote-record.js';
export { type Quote, quoteFlags, quoteMid } from './quote.js';
export { RATE_COLUMNS, rateRow, type RateRow } from './rate-record.js';
export type { CsvRecord, Refusal, RefusalCode } from './record-field.js';
export { snapshotLine, type SnapshotRow } from './snapshot-line.js';
export { UNDERLYING_COLUMNS, type UnderlyingNote, underlyingRow, type UnderlyingRow } from './underlying-record.js';
export { strategyClass, type StrategyClass } from './strategy-class.js';
export { usableSpot } from './usable-spot.js';
export { yearsToExpiry } from './years-to-expiry.js';
export { type ParYield, zeroCurve } from './zero-curve.js';
export { zeroRate } from './zero-rate.js';
export { underlyingOf } from './underlying-of.js';
export { underlyingPrice } from './underlying-price.js';
