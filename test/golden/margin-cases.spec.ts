import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { classGrid } from '@app/margin';
import { addDays, osiSymbolText } from '@app/market';
import { effectiveRules, regulatoryRules } from '@app/rules';
import { inlineAnswer } from '../support/inline-answer.js';
import type { OptionQuoteDto } from '../../apps/api/src/what-if/market.dto.js';
import type { ShadowWhatIfRequestDto } from '../../apps/api/src/what-if/what-if.dto.js';

/** Facts about portfolio margin as inputs and results: not requests, so they are put into the contract's form here. */
interface MarginCase {
  readonly id: string;
  readonly kind: string;
  readonly inputs: Inputs;
  readonly expected: {
    readonly requirement?: number;
    readonly minimumCharge?: number;
    readonly scanLoss?: number;
    readonly worstPoint?: number;
    readonly worstIndexPoint?: number;
    readonly pl?: readonly number[];
    readonly points?: readonly number[];
  };
  readonly tolerance: { readonly relative?: number; readonly absolute?: number };
}

interface Inputs {
  readonly spot?: number;
  readonly spySpot?: number;
  readonly assetClass?: string;
  readonly daysToExpiry?: number;
  readonly riskFreeRate?: number;
  readonly dividendYield?: number;
  readonly pvCashDividends?: number;
  readonly style?: string;
  readonly multiplier?: number;
  readonly grid?: readonly number[];
  readonly range?: readonly [number, number];
  readonly baseRange?: readonly [number, number];
  readonly leverage?: number;
  readonly instrument?: string;
  readonly qty?: number;
  readonly price?: number;
  readonly legs?: readonly Leg[];
}

interface Leg {
  readonly type: 'stock' | 'call' | 'put';
  readonly symbol?: string;
  readonly strike?: number;
  readonly qty: number;
  readonly expiryDays?: number;
  readonly price?: number;
  readonly vol?: number;
}

/** Why a fact is not a question this version can be asked. */
const NOT_EXPRESSIBLE: Readonly<Record<string, string>> = {
  'pm-derived-deep-otm-long-uncapped': 'holds with the cap of long minimum charges off; the rules have it on',
  'pm-agg-product-group-90': 'offsets between class groups are not part of this version',
  'pm-agg-equities-none': 'profit and loss given, not positions; unrelated-stocks-do-not-net shows the rule',
  'pm-agg-all-gain': 'offsets between class groups are not part of this version',
  'house-lightspeed-portfolio': 'a limit on risk against net liquidating value is no house rule of this version',
  'house-tasty-alt-min': 'a minimum as a fraction of the price is no house rule of this version',
  'house-tasty-earnings': 'a range widened around earnings is no house rule of this version',
  'house-ibkr-two-riskiest': 'a stress over class groups is no house rule of this version',
  'house-ibkr-initial-110': 'a multiple of the requirement is no house rule of this version',
  'house-ibkr-smallcap-500m': 'a market capitalization is not known to this version',
  'house-finra-25': 'a supervisory stress, not a requirement',
};

/** Short options of no use to anybody: the fact is about the minimum, so the scan loss must be none. */
const FAR_OTM = { strike: 800, price: 0.05, vol: 0.2 };

const VALUATION_DATE = '2026-08-21';
const ASSUMED_DAYS = 30;

const file = join(__dirname, '../../../shared/cases/margin-cases.json');
const facts = existsSync(file)
  ? (JSON.parse(readFileSync(file, 'utf8')) as MarginCase[]).filter(({ kind }) => kind === 'pm')
  : [];
const grids = facts.filter(({ expected }) => expected.points !== undefined);
const asked = facts.filter(({ id, expected }) => expected.points === undefined && !(id in NOT_EXPRESSIBLE));

/** The product class whose range the fact was made with; the range itself is compared with the rules'. */
function productClass({ grid, range, baseRange, leverage = 1 }: Inputs): 'EQUITY' | 'BROAD_INDEX' | 'HIGH_CAP_INDEX' {
  const down = (range ?? baseRange)?.[0] ?? grid?.[0] ?? -0.15;
  if (down === -0.08 || (down === -0.24 && leverage === 1)) return 'HIGH_CAP_INDEX';
  return down === -0.1 ? 'BROAD_INDEX' : 'EQUITY';
}

/** A grid of −24/+18 % is three times the high-cap index's. */
function leverageOf({ grid, leverage }: Inputs): number {
  return leverage ?? (grid?.[0] === -0.24 ? 3 : 1);
}

function request(inputs: Inputs, id: string): ShadowWhatIfRequestDto {
  if (inputs.instrument !== undefined) return futureRequest(inputs);
  const legs = id === 'pm-mini-multiplier' ? [{ ...inputs.legs![0], ...FAR_OTM }] : inputs.legs!;
  const stock = legs.find(({ type }) => type === 'stock');
  const options = legs.filter(({ type }) => type !== 'stock');
  const isIndex = inputs.assetClass?.includes('index') === true || inputs.style === 'european';
  const spot = inputs.spot ?? stock?.price ?? 100;
  const days = (leg: Leg): number => leg.expiryDays ?? inputs.daysToExpiry ?? ASSUMED_DAYS;
  const symbol = (leg: Leg): string =>
    osiSymbolText({
      root: 'XYZ',
      expiry: addDays(VALUATION_DATE, days(leg)),
      right: leg.type === 'call' ? 'CALL' : 'PUT',
      strike: leg.strike!,
    });
  const held = (leg: Leg): string => (leg.type !== 'stock' ? symbol(leg) : leg.symbol === 'SPY' ? 'SPY' : 'XYZ');
  const group = { productClass: productClass(inputs), classGroup: 'XYZ', leverage: leverageOf(inputs) };
  const dividends =
    inputs.pvCashDividends === undefined
      ? []
      : [{ exDate: addDays(VALUATION_DATE, 1), amount: String(inputs.pvCashDividends) }];
  const xyzIsHeld = stock !== undefined && stock.symbol !== 'SPY';
  return {
    account: { methodology: 'PORTFOLIO_MARGIN', cash: '100000000.00' },
    positions: legs.map((leg) => ({ symbol: held(leg), quantity: String(leg.qty) })),
    orders: [],
    market: {
      asOf: `${VALUATION_DATE}T20:00:00.000Z`,
      rates: [{ days: ASSUMED_DAYS, rate: inputs.riskFreeRate ?? 0.04 }],
      underlyings: [
        {
          symbol: 'XYZ',
          type: isIndex && !xyzIsHeld ? 'INDEX' : 'EQUITY',
          price: String(spot),
          dividendYield: inputs.dividendYield ?? 0,
          dividends,
          ...group,
        },
        ...(inputs.spySpot === undefined
          ? []
          : [{ symbol: 'SPY', type: 'ETF' as const, price: String(inputs.spySpot), ...group }]),
      ],
      options: options.map((leg): OptionQuoteDto => ({
        symbol: symbol(leg),
        exercise: inputs.style === 'european' ? 'EUROPEAN' : 'AMERICAN',
        multiplier: String(inputs.multiplier ?? 100),
        price: leg.price === undefined ? null : String(leg.price),
        impliedVolatility: leg.vol ?? null,
      })),
    },
    include: ['classGroups', 'scenarios', 'regulatory'],
  };
}

function futureRequest({ qty, price, multiplier }: Inputs): ShadowWhatIfRequestDto {
  return {
    account: { methodology: 'PORTFOLIO_MARGIN', cash: '100000000.00' },
    positions: [{ symbol: 'ESU6', quantity: String(qty) }],
    orders: [],
    market: {
      asOf: `${VALUATION_DATE}T20:00:00.000Z`,
      rates: [{ days: ASSUMED_DAYS, rate: 0.04 }],
      underlyings: [
        { symbol: 'SPX', type: 'INDEX', price: String(price), productClass: 'HIGH_CAP_INDEX', classGroup: 'SPX' },
      ],
      futures: [
        {
          symbol: 'ESU6',
          underlying: 'SPX',
          price: String(price),
          expiry: '2026-09-18',
          multiplier: String(multiplier),
        },
      ],
    },
    include: ['classGroups', 'scenarios', 'regulatory'],
  };
}

function expectNear(
  name: string,
  actual: number,
  value: number,
  { relative = 0, absolute = 0 }: MarginCase['tolerance'],
) {
  const isWithin = Math.abs(actual - value) <= Math.max(Math.abs(value) * relative, absolute);
  expect({ name, actual, value, isWithin }).toEqual({ name, actual, value, isWithin: true });
}

if (facts.length === 0) {
  it.skip('facts about portfolio margin: skipped, ../shared/cases/margin-cases.json is not here', () => undefined);
} else {
  describe('facts about portfolio margin', () => {
    it('are all asked, or it is said why not', () => {
      const ids = facts.map(({ id }) => id);
      expect(Object.keys(NOT_EXPRESSIBLE).filter((id) => !ids.includes(id))).toEqual([]);
      expect(asked.length + grids.length + Object.keys(NOT_EXPRESSIBLE).length).toBe(facts.length);
    });

    it.each(grids)('$id', ({ inputs, expected }) => {
      const book = effectiveRules(regulatoryRules(VALUATION_DATE)!, [], VALUATION_DATE);
      const { points } = classGrid(book.regulatory(productClass(inputs)));
      expect(points.map(({ priceMove }) => priceMove)).toEqual(expected.points);
    });

    it.each(asked)('$id', ({ id, inputs, expected, tolerance }) => {
      const { classGroups = [], regulatory } = inlineAnswer(request(inputs, id));
      const [group] = classGroups;
      expect(classGroups).toHaveLength(1);
      expectNear('requirement', Number(regulatory!.requirement.after), expected.requirement!, tolerance);
      if (expected.minimumCharge !== undefined) {
        expectNear('minimumCharge', Number(group.minimumCharge.after), expected.minimumCharge, tolerance);
      }
      if (expected.scanLoss !== undefined) {
        expectNear('scanLoss', Number(group.scanLoss.after), expected.scanLoss, tolerance);
      }
      expected.pl?.forEach((value, k) => {
        expectNear(`profit at point ${k}`, Number(group.scenarios!.after[k]), value, tolerance);
      });
      const worst = expected.worstIndexPoint ?? expected.worstPoint;
      // A position without a loss anywhere has no worst point worth a name; a fund's is its index's.
      if (worst !== undefined && expected.scanLoss !== 0) {
        expect(
          group.worst.after!.priceMove * (expected.worstIndexPoint === undefined ? leverageOf(inputs) : 1),
        ).toBeCloseTo(worst, 12);
      }
    });
  });
}
