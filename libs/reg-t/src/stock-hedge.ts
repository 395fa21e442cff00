import { inTheMoney } from './option-requirement.js';
import type { Requirement } from './requirement.js';

/** Stock that an option is held against, per share. */
export interface HedgedStock {
  readonly price: number;
  /** What the stock requires by itself. */
  readonly alone: Requirement;
  /** Long stock's own maintenance rate, where a cap is a fraction of a strike instead of the price. */
  readonly rate: number;
  /** 10 % of the exercise price, × the multiple of a leveraged fund. */
  readonly exerciseRate: number;
}

/** What the initial side of 4210(b) always is: Regulation T knows no hedge but the short option's own cover. */
function requirement(initial: number, maintenance: number): Requirement {
  return { initial: Math.max(initial, maintenance), maintenance };
}

/**
 * Stock held against a short call: its own requirement and nothing for the call; the stock counts at no more than the
 * strike (12 CFR 220.4(b)(4)(ii)), which is the in-the-money amount on top of it where equity takes it at the mark.
 * The in-the-money amount is of what the call is written on, which for an index is not what is held.
 */
export function coveredCall({ alone }: HedgedStock, callInTheMoney: number): Requirement {
  return requirement(alone.initial + callInTheMoney, alone.maintenance + callInTheMoney);
}

/** Stock sold short against a short put: its own requirement and the put's in-the-money amount (220.4(b)(4)(i)). */
export function coveredPut({ alone }: HedgedStock, putInTheMoney: number): Requirement {
  return requirement(alone.initial + putInTheMoney, alone.maintenance + putInTheMoney);
}

/** Long stock with a long put: kept, 10 % of the strike and the out-of-the-money amount, at most the stock's own (4210(f)(2)(H)(v)). */
export function protectivePut({ price, alone, exerciseRate }: HedgedStock, strike: number): Requirement {
  const hedged = exerciseRate * strike + Math.max(0, price - strike);
  return requirement(alone.initial, Math.min(hedged, alone.maintenance));
}

/** Short stock with a long call: the mirror of {@link protectivePut}. */
export function protectiveCall({ price, alone, exerciseRate }: HedgedStock, strike: number): Requirement {
  const hedged = exerciseRate * strike + Math.max(0, strike - price);
  return requirement(alone.initial, Math.min(hedged, alone.maintenance));
}

/** Long stock, long put and short call of one strike and expiry: 10 % of the strike, and the call's in-the-money amount. */
export function conversion({ price, alone, exerciseRate }: HedgedStock, strike: number): Requirement {
  const itm = inTheMoney({ right: 'CALL', strike, spot: price });
  return requirement(alone.initial + itm, exerciseRate * strike + itm);
}

/** Short stock, short put and long call of one strike and expiry: 10 % of the strike, and the put's in-the-money amount. */
export function reversal({ price, alone, exerciseRate }: HedgedStock, strike: number): Requirement {
  const itm = inTheMoney({ right: 'PUT', strike, spot: price });
  return requirement(alone.initial + itm, exerciseRate * strike + itm);
}

/**
 * Long stock between a long put and a short call above it, one expiry: the lesser of 10 % of the put's strike with its
 * out-of-the-money amount and 25 % of the call's strike; the call's in-the-money amount on top.
 */
export function collar(stock: HedgedStock, putStrike: number, callStrike: number): Requirement {
  const { price, alone, rate, exerciseRate } = stock;
  const itm = inTheMoney({ right: 'CALL', strike: callStrike, spot: price });
  const hedged = exerciseRate * putStrike + Math.max(0, price - putStrike);
  return requirement(alone.initial + itm, Math.min(hedged, rate * callStrike) + itm);
}
