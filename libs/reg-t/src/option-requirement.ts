import type { NakedRates, RegTRules } from '@app/rules';
import type { OptionRight } from '@app/pricing';

/** One option series as the rules see it, per share of the underlying. */
export interface OptionTermsOfRule {
  readonly right: OptionRight;
  readonly strike: number;
  /** Mark, ≥ 0. */
  readonly premium: number;
  /** Price of the underlying. */
  readonly spot: number;
  /** Already multiplied with a leveraged fund's multiple. */
  readonly rates: NakedRates;
}

function outOfTheMoney({ right, strike, spot }: Pick<OptionTermsOfRule, 'right' | 'strike' | 'spot'>): number {
  return Math.max(0, right === 'CALL' ? strike - spot : spot - strike);
}

export function inTheMoney({ right, strike, spot }: Pick<OptionTermsOfRule, 'right' | 'strike' | 'spot'>): number {
  return Math.max(0, right === 'CALL' ? spot - strike : strike - spot);
}

/**
 * Uncovered short option, per share, its own market value included: the premium and the greater of the rate of the
 * underlying's price less the out-of-the-money amount, and the minimum, which is of the price for a call and of the
 * strike for a put (FINRA 4210(f)(2)(E), Cboe Rule 10.3(c)(5)).
 */
export function nakedOption(option: OptionTermsOfRule): number {
  const { right, strike, premium, spot, rates } = option;
  const floor = rates.minimum * (right === 'CALL' ? spot : strike);
  return premium + Math.max(rates.rate * spot - outOfTheMoney(option), floor);
}

/** What an option bought and held by itself counts for, per share. */
export interface LongOption {
  readonly requirement: number;
  /** What it adds to equity. */
  readonly marginValue: number;
}

/**
 * Up to nine months an option is paid for in full and has no value for margin; with more to go it has its market value,
 * of which 75 % is required (4210(f)(2)(A), (D)).
 */
export function longOption(premium: number, isLongTerm: boolean, rules: RegTRules): LongOption {
  return isLongTerm
    ? { requirement: rules.longTermOption.value * premium, marginValue: premium }
    : { requirement: 0, marginValue: 0 };
}

/** A short call and a short put on the same shares: the greater of the two requirements and the other's premium (4210(f)(2)(F)). */
export function shortStraddle(call: OptionTermsOfRule, put: OptionTermsOfRule): number {
  const [callAlone, putAlone] = [nakedOption(call), nakedOption(put)];
  return callAlone >= putAlone ? callAlone + put.premium : putAlone + call.premium;
}
