import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { classGrid, type GroupMember, groupRequirement } from '@app/margin';
import { addDays, osiSymbolText } from '@app/market';
import { effectiveRules, regulatoryRules } from '@app/rules';
import { inlineAnswer } from '../support/inline-answer.js';
import type { OptionQuoteDto } from '../../apps/api/src/what-if/market.dto.js';
import type { HouseRuleDto, ShadowWhatIfRequestDto } from '../../apps/api/src/what-if/what-if.dto.js';

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
    readonly netPerPoint?: readonly number[];
    readonly withoutOffset?: number;
    readonly limit?: number;
    readonly total?: number;
    readonly minimum?: number;
    readonly range?: readonly [number, number];
    readonly chargeDown?: number;
    readonly initial?: number;
    readonly shockDown?: number;
    readonly supervisoryStress?: readonly [number, number];
    readonly loss?: number;
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
  /** Profit of each class group at each point: a fact about how groups combine. */
  readonly classes?: Readonly<Record<string, readonly number[]>>;
  readonly offset?: number;
  readonly minimumCharge?: number;
  readonly nlv?: number;
  readonly risks?: readonly number[];
  readonly uncoveredShortContracts?: number;
  readonly underlying?: number | string;
  readonly rate?: number;
  readonly longStock?: Readonly<Record<string, number>>;
  readonly maintenance?: number;
  readonly marketCap?: number;
  readonly capDrop?: number;
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

/** House numbers a fact needs to be asked at all. */
const HOUSE_RULES: Readonly<Record<string, HouseRuleDto[]>> = {
  'pm-derived-deep-otm-long-uncapped': [{ parameter: 'minimumCharge.longsCapped', value: false }],
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
const groups = facts.filter(({ inputs }) => inputs.classes !== undefined);
const house = facts.filter(({ id }) => id.startsWith('house-'));
const asked = facts.filter((fact) => ![...grids, ...groups, ...house].includes(fact));

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

/** Class groups with profits given, combined at an offset; without one they stand alone. */
function combined({ classes = {}, offset = 0, minimumCharge = 0 }: Inputs): GroupMember {
  const members = Object.values(classes).map((profits): GroupMember => {
    const scanLoss = Math.max(0, -Math.min(...profits));
    return { profits, scanLoss, minimum: 0, requirement: scanLoss };
  });
  // The fact says the minimum of the whole.
  const [first, ...others] = members;
  return groupRequirement([{ ...first, minimum: minimumCharge }, ...others], offset);
}

type Expected = MarginCase['expected'];

/** A question about stocks under one house rule. */
function underRule(
  rule: HouseRuleDto,
  values: Readonly<Record<string, number>>,
  cash: number,
  facts: Partial<ShadowUnderlying> = {},
) {
  return inlineAnswer({
    account: { methodology: 'PORTFOLIO_MARGIN', cash: String(cash) },
    positions: Object.entries(values).map(([symbol, value]) => ({ symbol, quantity: String(value / 100) })),
    orders: [],
    market: {
      asOf: `${VALUATION_DATE}T20:00:00.000Z`,
      rates: [{ days: ASSUMED_DAYS, rate: 0.04 }],
      underlyings: Object.keys(values).map((symbol) => ({
        ...{ symbol, type: 'EQUITY', price: '100', productClass: 'EQUITY', classGroup: symbol, ...facts },
      })),
    },
    houseRules: [rule],
    include: ['classGroups', 'scenarios', 'regulatory'],
  });
}

type ShadowUnderlying = NonNullable<ShadowWhatIfRequestDto['market']>['underlyings'][number];

/** What each fact about a house's rule says of an answer under that rule. */
const HOUSE_FACTS: Readonly<Record<string, (inputs: Inputs, expected: Expected) => void>> = {
  'house-lightspeed-portfolio': ({ nlv, risks }, { limit, total }) => {
    const values = { A: risks![0] / 0.25, B: risks![1] / 0.25 };
    const cash = nlv! - values.A - values.B;
    const at = (equityMultiple: number) =>
      underRule(
        { parameter: 'stressLimit.portfolio', value: { priceMove: 0.25, volMove: 0, equityMultiple } },
        values,
        cash,
      );
    expect(at(limit! / nlv!).reasons).toEqual([]);
    // A limit of exactly the sum is kept, a dollar less is exceeded by that dollar.
    expect(at(total! / nlv!).reasons).toEqual([]);
    const { reasons } = at((total! - 1) / nlv!);
    expect(reasons).toEqual([expect.objectContaining({ code: 'limit.stress_portfolio', shortfall: '1.00' })]);
  },
  'house-tasty-alt-min': ({ uncoveredShortContracts, underlying, rate }, { minimum }) => {
    const short = { type: 'call', qty: -uncoveredShortContracts!, ...FAR_OTM } as const;
    const { classGroups } = inlineAnswer({
      ...request({ spot: Number(underlying), legs: [short] }, 'house-tasty-alt-min'),
      houseRules: [{ parameter: 'shortMinimum.fraction', value: rate! }],
    });
    expect(Number(classGroups![0].requirement.after)).toBe(minimum);
    expect(classGroups![0].addOns.map(({ parameter }) => parameter)).toEqual(['shortMinimum.fraction']);
  },
  'house-tasty-earnings': ({ range }, expected) => {
    const earnings = { multiplier: 1.5, daysBefore: 3, daysAfter: 0 };
    const [down, up] = range!;
    const points = (earningsDate: string): readonly number[] => {
      const question = {
        ...request({ spot: 100, legs: [{ type: 'stock', qty: 1, price: 100 }] }, ''),
        houseRules: [
          { ruleId: 'down', parameter: 'priceMove.down', value: down },
          { ruleId: 'up', parameter: 'priceMove.up', value: up },
          { ruleId: 'earnings', parameter: 'earnings', value: earnings },
        ] as HouseRuleDto[],
      };
      const [xyz] = question.market!.underlyings;
      const market = { ...question.market!, underlyings: [{ ...xyz, earningsDate }] };
      return inlineAnswer({ ...question, market }).classGroups![0].scenarios!.points.map(({ priceMove }) => priceMove);
    };
    const near = points(addDays(VALUATION_DATE, 3));
    expect([near[0], near.at(-1)]).toEqual(expected.range);
    const far = points(addDays(VALUATION_DATE, 4));
    expect([far[0], far.at(-1)]).toEqual(range);
  },
  'house-ibkr-two-riskiest': ({ longStock }, { chargeDown }) => {
    const value = { names: 2, priceMove: 0.3, otherPriceMove: 0.05 };
    const { requirement } = underRule({ parameter: 'concentration.largestNames', value }, longStock!, 0);
    expect(Number(requirement.after)).toBe(chargeDown);
  },
  'house-ibkr-initial-110': ({ maintenance }, { initial }) => {
    const { requirement, ...answer } = underRule(
      { parameter: 'initialMultiplier', value: 1.1 },
      { A: maintenance! },
      0,
      { marginable: false },
    );
    // A stock without loan value requires all of it: exactly the maintenance of the fact.
    expect(Number(requirement.after)).toBe(maintenance);
    expect(Number(answer.initial!.after)).toBe(initial);
  },
  'house-ibkr-smallcap-500m': ({ marketCap, capDrop }, { shockDown }) => {
    const rule = { parameter: 'concentration.marketCapDrop', value: capDrop! } as const;
    const { classGroups } = underRule(rule, { A: 50_000 }, 0, { marketCap: String(marketCap) });
    expect(classGroups![0].scenarios!.points[0].priceMove).toBe(shockDown);
    expect(classGroups![0].requirement.after).toBe('50000.00');
  },
  'house-finra-25': (_, { supervisoryStress, loss }) => {
    for (const [side, shares] of [50_000, -50_000].entries()) {
      const value = { priceMove: supervisoryStress![side], volMove: 0, equityMultiple: 0 };
      const { reasons } = underRule({ parameter: 'stressLimit.classGroup', value }, { A: shares }, 1_000_000);
      const shortfall = loss!.toFixed(2);
      expect(reasons).toEqual([expect.objectContaining({ code: 'limit.stress_class_group', shortfall })]);
    }
  },
};

if (facts.length === 0) {
  it.skip('facts about portfolio margin: skipped, ../shared/cases/margin-cases.json is not here', () => undefined);
} else {
  describe('facts about portfolio margin', () => {
    it('are all asked', () => {
      expect(house.map(({ id }) => id).sort()).toEqual(Object.keys(HOUSE_FACTS).sort());
      expect(asked.length + grids.length + groups.length + house.length).toBe(facts.length);
    });

    it.each(groups)('$id', ({ inputs, expected, tolerance }) => {
      const group = combined(inputs);
      expected.netPerPoint?.forEach((value, k) => {
        expectNear(`profit at point ${k}`, group.profits[k], value, tolerance);
      });
      if (expected.scanLoss !== undefined) expectNear('scanLoss', group.scanLoss, expected.scanLoss, tolerance);
      if (expected.requirement !== undefined) {
        expectNear('requirement', group.requirement, expected.requirement, tolerance);
      }
      if (expected.withoutOffset !== undefined) {
        expectNear('without', combined({ ...inputs, offset: 0 }).requirement, expected.withoutOffset, tolerance);
      }
    });

    it.each(house)('$id', ({ id, inputs, expected }) => HOUSE_FACTS[id](inputs, expected));

    it.each(grids)('$id', ({ inputs, expected }) => {
      const book = effectiveRules(regulatoryRules(VALUATION_DATE)!, [], VALUATION_DATE);
      const { points } = classGrid(book.regulatory(productClass(inputs)));
      expect(points.map(({ priceMove }) => priceMove)).toEqual(expected.points);
    });

    it.each(asked)('$id', ({ id, inputs, expected, tolerance }) => {
      const rules = HOUSE_RULES[id];
      const {
        classGroups = [],
        regulatory,
        ...answer
      } = inlineAnswer({
        ...request(inputs, id),
        ...(rules !== undefined && { houseRules: rules }),
      });
      const { requirement } = rules === undefined ? regulatory! : answer;
      const [group] = classGroups;
      expect(classGroups).toHaveLength(1);
      expectNear('requirement', Number(requirement.after), expected.requirement!, tolerance);
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
