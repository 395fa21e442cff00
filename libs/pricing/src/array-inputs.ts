import { dividendsPresentValue, escrowedSpot } from './escrowed-spot.js';
import type { OptionTerms } from './option-terms.js';

/** Spots of one option as the kernels take them. Room that grows and is used again: a value allocates nothing. */
export interface ArrayInputs {
  count: number;
  /** Spots as given; net of escrowed dividends; ln(net / K); net, less the yield to expiry; ln(that / discounted K). */
  spots: Float64Array;
  net: Float64Array;
  logs: Float64Array;
  forwards: Float64Array;
  forwardLogs: Float64Array;
  /** K e^{-rT}. */
  discountedStrike: number;
}

export function arrayInputs(): ArrayInputs {
  const room = (): Float64Array => new Float64Array(64);
  return {
    ...{ count: 0, spots: room(), net: room(), logs: room(), forwards: room(), forwardLogs: room() },
    discountedStrike: NaN,
  };
}

/** Places spots among an option's terms; a spot of 0, or all dividends, has a logarithm of -Infinity. */
export function setInputs(inputs: ArrayInputs, terms: OptionTerms, spots: Float64Array): void {
  const { strike, yearsToExpiry: T, rateContinuous: r, dividendYield: q } = terms;
  const count = spots.length;
  if (inputs.net.length < count) grow(inputs, 2 * count);
  const { net, logs, forwards, forwardLogs } = inputs;
  const dividendsValue = terms.dividends.length === 0 ? 0 : dividendsPresentValue(terms.dividends);
  const yieldDiscount = q === 0 ? 1 : Math.exp(-q * T);
  const carry = (r - q) * T;
  for (let j = 0; j < count; j++) {
    const netSpot = escrowedSpot(spots[j], dividendsValue);
    const log = Math.log(netSpot / strike);
    net[j] = netSpot;
    logs[j] = log;
    forwards[j] = netSpot * yieldDiscount;
    forwardLogs[j] = log + carry;
  }
  inputs.count = count;
  inputs.spots = spots;
  inputs.discountedStrike = strike * Math.exp(-r * T);
}

function grow(inputs: ArrayInputs, length: number): void {
  inputs.net = new Float64Array(length);
  inputs.logs = new Float64Array(length);
  inputs.forwards = new Float64Array(length);
  inputs.forwardLogs = new Float64Array(length);
}
