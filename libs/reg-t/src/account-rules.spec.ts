import { regTRules } from '@app/rules';
import {
  buyingPower,
  dayTradeBuyingPower,
  leastEquity,
  type RegTStanding,
  specialMemorandumAccount,
} from './account-rules.js';

const before = regTRules('2026-06-03')!;
const after = regTRules('2026-06-04')!;
const standing = (equity: number, excess = 0, maintenanceExcess = excess): RegTStanding => ({
  equity: equity * 100,
  excess: excess * 100,
  maintenanceExcess: maintenanceExcess * 100,
});

describe('the least equity of a margin account', () => {
  it.each([
    ['$2,000', 300, 5000, 2000],
    ['the full cost if that is less', 300, 1200, 1200],
    ['what is required if that is more', 9000, 20_000, 9000],
  ])('is %s', (_, maintenance, fullCost, expected) => {
    expect(leastEquity(maintenance * 100, fullCost * 100, after)).toBe(expected * 100);
  });
});

describe('the special memorandum account', () => {
  it('keeps what it has, is marked up to excess and is never negative', () => {
    expect(specialMemorandumAccount(10_000, 2_500, standing(0, 50))).toBe(12_500);
    expect(specialMemorandumAccount(10_000, 0, standing(0, 300))).toBe(30_000);
    expect(specialMemorandumAccount(10_000, -20_000, standing(0, -5))).toBe(0);
  });
});

describe('buying power', () => {
  it('is twice the memorandum account, as far as maintenance reaches', () => {
    expect(buyingPower(1_000_000, standing(0, 10_000, 12_000), after)).toBe(2_000_000);
    expect(buyingPower(1_000_000, standing(0, 0, 1_000), after)).toBe(400_000);
    expect(buyingPower(1_000_000, standing(0, 0, -1), after)).toBe(0);
  });
});

describe('day-trade buying power', () => {
  it('is four times the excess over $25,000 of equity before 4 June 2026', () => {
    expect(dayTradeBuyingPower(standing(30_000, 10_000), before, '2026-06-03', false)).toBe(4_000_000);
    expect(dayTradeBuyingPower(standing(24_999.99, 10_000), before, '2026-06-03', false)).toBe(0);
    expect(dayTradeBuyingPower(standing(24_000, 10_000), before, '2026-06-03', true)).toBe(0);
  });

  it('needs no least equity where the firm has switched, and everywhere after 20 October 2027', () => {
    const small = standing(3_000, 1_000);
    expect(dayTradeBuyingPower(small, after, '2026-06-04', false)).toBe(0);
    expect(dayTradeBuyingPower(small, after, '2026-06-04', true)).toBe(400_000);
    expect(dayTradeBuyingPower(small, after, '2027-10-20', false)).toBe(0);
    expect(dayTradeBuyingPower(small, after, '2027-10-21', false)).toBe(400_000);
    expect(dayTradeBuyingPower(standing(3_000, -1), after, '2027-10-21', false)).toBe(0);
  });
});
