import { regTRules } from '@app/rules';
import { longOption, nakedOption, type OptionTermsOfRule, shortStraddle } from './option-requirement.js';

const rules = regTRules('2026-08-21')!;
const equity = { rate: 0.2, minimum: 0.1 };
const option = (
  right: OptionTermsOfRule['right'],
  strike: number,
  spot: number,
  premium: number,
  rates = equity,
): OptionTermsOfRule => ({ right, strike, spot, premium, rates });

describe('a naked option', () => {
  it.each([
    ['call in the money', option('CALL', 120, 128.5, 8.4), 34.1],
    ['call out of the money', option('CALL', 100, 97.73, 1.68), 1.68 + 19.546 - 2.27],
    ['call at its floor, 10 % of the price', option('CALL', 30, 26.38, 0.05), 0.05 + 2.638],
    ['put at its floor, 10 % of the strike', option('PUT', 80, 95, 2), 10],
    ['put out of the money', option('PUT', 200, 209, 1.2), 34],
    ['broad-based put', option('PUT', 45, 43.34, 2.85, { rate: 0.15, minimum: 0.1 }), 2.85 + 6.501],
  ])('%s', (_, terms, expected) => {
    expect(nakedOption(terms)).toBeCloseTo(expected, 10);
  });
});

describe('a straddle', () => {
  it('is the greater side and the other premium', () => {
    const [call, put] = [option('CALL', 90, 92.63, 7), option('PUT', 90, 92.63, 3.7)];
    expect(shortStraddle(call, put)).toBeCloseTo(nakedOption(call) + 3.7, 10);
    const [low, high] = [option('CALL', 120, 100, 0.5), option('PUT', 100, 100, 4)];
    expect(shortStraddle(low, high)).toBeCloseTo(nakedOption(high) + 0.5, 10);
  });
});

describe('a long option', () => {
  it('counts only with more than nine months to go', () => {
    expect(longOption(20, true, rules)).toEqual({ requirement: 15, marginValue: 20 });
    expect(longOption(20, false, rules)).toEqual({ requirement: 0, marginValue: 0 });
  });
});
