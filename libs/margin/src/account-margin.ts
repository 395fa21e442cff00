import { Decimal } from 'decimal.js';
import { byClassGroup, distinctGaps } from '@app/market';
import { type Cents, equityCents, exactCents, marketValue, type Portfolio, type Position } from '@app/portfolio';
import { type ClassGroup, classGroupAfter } from './class-group-after.js';
import { type Gaps, isGaps, marginGap } from './gap.js';
import { type Holding, holding, type MarginContext } from './holding.js';
import { LayeredMap } from './layered-map.js';

export interface AccountMargin {
  readonly cash: Decimal;
  readonly classGroups: ReadonlyMap<string, ClassGroup>;
  /** Sum of the class groups' requirements: unrelated class groups do not net. */
  readonly requirement: Cents;
  /** The same by the rule book alone. */
  readonly regulatoryRequirement: Cents;
  /** Market value of every position in dollars, + for long. */
  readonly marketValue: Decimal;
  /** Net liquidating value: cash and the market value of every position, options included (FINRA 4210(g)(11)). */
  readonly equity: Cents;
}

const ZERO = new Decimal(0);
const NOTHING_HELD: AccountMargin = {
  cash: ZERO,
  classGroups: LayeredMap.of(),
  requirement: 0,
  regulatoryRequirement: 0,
  marketValue: ZERO,
  equity: 0,
};

/** An account's whole margin, or everything that is missing to know it. */
export function accountMargin({ cash, positions }: Portfolio, context: MarginContext): AccountMargin | Gaps {
  return accountMarginAfter(NOTHING_HELD, positions, cash, context);
}

/**
 * The margin after `trades` (signed quantities) and a change in cash. It costs what the trades are, whatever the
 * account holds: of a symbol traded the old line leaves the sums of its class group and the new one joins them. Those
 * sums are exact, so the result has the same bits as `accountMargin` of the resulting portfolio.
 */
export function accountMarginAfter(
  before: AccountMargin,
  trades: readonly Position[],
  cashChange: Decimal,
  context: MarginContext,
): AccountMargin | Gaps {
  const traded: Holding[] = [];
  const missing: Gaps[number][] = [];
  for (const position of trades) {
    const line = holding(position, context);
    if (isGaps(line)) missing.push(...line);
    else traded.push(line);
  }
  return missing.length > 0 ? distinctGaps(missing) : marginAfterTrades(before, traded, cashChange, context);
}

/** The same with the trades' lines at hand. */
export function marginAfterTrades(
  before: AccountMargin,
  traded: readonly Holding[],
  cashChange: Decimal,
  context: MarginContext,
): AccountMargin | Gaps {
  const changes = new Map<string, ClassGroup | undefined>();
  const gaps: Gaps[number][] = [];
  let { requirement, regulatoryRequirement } = before;
  for (const [name, members] of byClassGroup(traded)) {
    const old = before.classGroups.get(name);
    const group = classGroupAfter(name, old, members, context);
    if (group !== undefined && isGaps(group)) {
      gaps.push(...group);
      continue;
    }
    changes.set(name, group);
    // Whole cents: a difference here has the bits of a sum over all class groups.
    requirement += (group?.inForce.requirement ?? 0) - (old?.inForce.requirement ?? 0);
    regulatoryRequirement += (group?.regulatory.requirement ?? 0) - (old?.regulatory.requirement ?? 0);
  }

  const value = traded.reduce(
    (sum, { position, mark }) => sum.plus(marketValue(position.quantity, mark)),
    before.marketValue,
  );
  const cash = before.cash.plus(cashChange);
  const equity = equityCents(cash.plus(value));
  const exact = exactCents(requirement) !== undefined && exactCents(regulatoryRequirement) !== undefined;
  if (equity === undefined || !exact) gaps.push(marginGap('amount.too_large', null));
  if (gaps.length > 0) return gaps;
  const classGroups = (before.classGroups as LayeredMap<ClassGroup>).with(changes);
  return { cash, classGroups, requirement, regulatoryRequirement, marketValue: value, equity: equity! };
}
