import { effectiveRules, regulatoryRules } from '@app/rules';
import type { Instrument } from '@app/market';
import { mark } from '@app/portfolio';
import { future, option, SEPTEMBER, share } from '../../../test/support/sample-market.js';
import { Decimal } from 'decimal.js';
import { type ClassGroupMargin, regulatoryMargin } from './class-group.js';
import type { ClassPlan } from './class-plan.js';
import { classSum, emptySums, sumsAfter } from './class-sums.js';
import type { Holding } from './holding.js';
import { scenarioGrid } from './scenario.js';

const DATE = '2026-08-21';
const rules = effectiveRules(regulatoryRules(DATE)!, [], DATE).regulatory('EQUITY');
const grid = scenarioGrid([-0.1, 0.1, 0.2].map((priceMove) => ({ priceMove, volMove: 0 })));
const stock = share('XYZ', '100');
const call = option('XYZ', SEPTEMBER, 'CALL', 100);

const placed = { grid, places: [0, 1, 2] };
const plan: ClassPlan = {
  ...{ book: rules, numbers: rules, bookGrid: grid, houseGrid: null, points: 3, inForce: [placed], expected: null },
  ...{
    classStress: [],
    portfolioStress: [],
    betaStress: [],
    largestNames: null,
    together: null,
    isSeparate: false,
    bookPlaces: [0, 1, 2],
  },
};

/** A line whose unit makes `pnl` at the three points; arrays are given, so that only the adding up is tested. */
function line(instrument: Instrument, quantity: string, price: string, pnl: readonly number[]): Holding {
  const marked = mark(instrument, new Decimal(price));
  const regulatory = {
    ...{ instrument, mark: marked, underlying: stock, theoretical: Number(price), impliedVolatility: null, spot: 100 },
    values: Float64Array.from(pnl, (value) => value + Number(price)),
    pnl: Float64Array.from(pnl),
  };
  const position = { symbol: instrument.symbol, quantity: new Decimal(quantity) };
  return { position, underlying: stock, mark: marked, regulatory, strategy: null, plan, house: null };
}

const result = (lines: readonly Holding[], of = plan): ClassGroupMargin | undefined => {
  const sums = sumsAfter(of, emptySums(of), [], lines);
  return sums && regulatoryMargin('EQUITY', of, sums);
};
const margin = (...lines: readonly Holding[]): ClassGroupMargin => result(lines)!;

describe('a class group', () => {
  it('nets gains and losses in full at each point and owes its worst', () => {
    const { scenarios, worst, scanLoss, requirement } = margin(
      line(stock, '100', '100', [-10, 10, 20]),
      line(call, '-2', '3', [-2, 7, 16]),
    );
    expect([...scenarios]).toEqual([-1000 + 400, 1000 - 1400, 2000 - 3200]);
    expect({ worst, scanLoss, requirement }).toEqual({ worst: 2, scanLoss: 1200, requirement: 120_000 });
  });

  it('owes the minimum where that is greater, not both', () => {
    const { scanLoss, minimumCharge, requirement } = margin(line(call, '-2', '3', [-2, 0.1, 0.2]));
    expect({ scanLoss, minimumCharge, requirement }).toEqual({ scanLoss: 40, minimumCharge: 75, requirement: 7500 });
  });

  it('owes nothing for gains everywhere, but for the minimum', () => {
    expect(margin(line(stock, '-100', '100', [-1, -2, -3]))).toMatchObject({ scanLoss: 0, worst: 0, requirement: 0 });
  });

  it('names the first of equal worst points', () => {
    expect(margin(line(stock, '1', '100', [-5, -5, 3])).worst).toBe(0);
  });
});

describe('the minimum', () => {
  const flat = [0, 0, 0];
  it.each<[string, Holding, number]>([
    ['shares carry none', line(stock, '-1000', '100', flat), 0],
    ['a short option: 37.50', line(call, '-1', '0.05', flat), 37.5],
    ['a long option the same', line(call, '1', '5', flat), 37.5],
    ['a long option worth less: its market value', line(call, '10', '0.05', flat), 50],
    ['a long option worth nothing: none', line(call, '10', '0', flat), 0],
    [
      'a mini contract: 3.75',
      line(option('XYZ', SEPTEMBER, 'PUT', 90, { multiplier: new Decimal(10) }), '-1', '1', flat),
      3.75,
    ],
    ['a future: .375 × 50, long or short', line(future('F', 'XYZ', '0.10'), '2', '0.10', flat), 37.5],
    ['a fraction of a contract: that fraction', line(call, '-0.5', '5', flat), 18.75],
  ])('%s', (_, held, expected) => {
    expect(margin(held).minimumCharge).toBe(expected);
  });

  it('of long options is not capped where the rules say so', () => {
    const held = line(call, '10', '0.05', flat);
    const uncapped = { ...plan, book: { ...rules, minimumChargeCappedForLongs: false } };
    expect(result([held], uncapped)!.minimumCharge).toBe(375);
  });
});

describe('what is not exact', () => {
  it.each<[string, Holding]>([
    ['too large a loss', line(stock, '1e15', '100', [-10, 10, 20])],
    ['too large a gain', line(stock, '1e15', '100', [10, 10, 20])],
    ['too large a minimum', line(call, '-1e15', '1', [0, 0, 0])],
    ['no number', line(stock, '1', '100', [NaN, 0, 0])],
  ])('%s gives no requirement', (_, held) => {
    expect(result([held])).toBeUndefined();
  });
});

it('market values are summed long and short, deliveries by right and side', () => {
  const put = option('XYZ', SEPTEMBER, 'PUT', 90);
  const flat = [0, 0, 0];
  const lines = [line(stock, '30', '100', flat), line(call, '-2', '3', flat), line(put, '-1', '2', flat)];
  const sums = sumsAfter(plan, emptySums(plan), [], [...lines, line(put, '4', '2', flat)])!;
  const of = (...[sum]: [Parameters<typeof classSum>[2]]): number => classSum(sums, plan, sum);
  expect([of('longValue'), of('shortValue'), of('linear')]).toEqual([3800, 800, 3000]);
  expect([of('shortCalls'), of('longCalls'), of('shortPuts'), of('longPuts')]).toEqual([20_000, 0, 10_000, 40_000]);
  expect([of('shortCallContracts'), of('shortPutContracts')]).toEqual([2, 1]);
});
