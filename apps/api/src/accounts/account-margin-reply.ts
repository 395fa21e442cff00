import {
  type AccountMargin,
  type AddOn,
  type ClassGroup,
  inSymbolOrder,
  type MarginContext,
  type ProductGroup,
} from '@app/margin';
import { type Cents, centsText, profitCents } from '@app/portfolio';
import {
  buyingPower,
  dayTradeBuyingPower,
  type RegTContext,
  type RegTMargin,
  specialMemorandumAccount,
} from '@app/reg-t';
import type { AppliedRule, EffectiveRules } from '@app/rules';
import type { Problem } from '../problem.js';
import { notComputable } from '../problems.js';
import type { AnswerGap } from '../what-if/gap-problem.js';
import { addOnLines } from '../what-if/add-on-lines.js';
import { strategyPositionsNow } from '../what-if/strategy-position-lines.js';
import { binding } from '../what-if/product-group-lines.js';
import { gapText, strategyLines } from '../what-if/reg-t-reply.js';
import { ruleLines } from '../what-if/rule-lines.js';
import { quoteFlags } from '../what-if/quote-flags.js';
import type { AccountMarginDto, AddOnNowDto, ClassGroupNowDto, ProductGroupNowDto } from './account-margin.dto.js';

/** Of the positions alone, and with what working reservations hold. */
interface MarginNow {
  readonly before: AccountMargin;
  readonly held: AccountMargin;
}

/** An account's margin as it is now, in the contract's form. */
export function accountMarginReply(
  accountId: string,
  { before, held }: MarginNow,
  { rules }: MarginContext,
  provenance: AccountMarginDto['provenance'],
): AccountMarginDto {
  const { equity, requirement, regulatoryRequirement } = held;
  const groups = [...held.classGroups.values()].sort((a, b) => (a.classGroup < b.classGroup ? -1 : 1));
  return {
    accountId,
    methodology: 'PORTFOLIO_MARGIN',
    requirement: centsText(requirement),
    equity: centsText(equity),
    excess: centsText(equity - requirement),
    held: centsText(requirement - before.requirement),
    regulatory: {
      requirement: centsText(regulatoryRequirement),
      excess: centsText(equity - regulatoryRequirement),
    },
    initial: centsText(held.initial),
    classGroups: groups.map((group) => classGroupLine(group, rules)),
    productGroups: [...held.productGroups.values()].sort((a, b) => (a.key < b.key ? -1 : 1)).map(productGroupLine),
    addOns: addOnsNow(held.addOns, rules.appliedAccount),
    strategyPositions: strategyPositionsNow(held),
    rules: ruleLines(groups, rules),
    flags: groups.flatMap(({ doubtful }) => quoteFlags(inSymbolOrder(doubtful))),
    provenance,
  };
}

/** The same of a REG_T account: what it requires initially, and the pairing that requires least. */
export function regTMarginReply(
  accountId: string,
  { before: margin, held }: { readonly before: RegTMargin; readonly held: Cents },
  { rules, market }: RegTContext,
  provenance: AccountMarginDto['provenance'],
): AccountMarginDto {
  const { initial, maintenance, equity, excess, maintenanceExcess, groups, isOptimal } = margin;
  // What working orders may take cannot be spent again.
  const free = { ...margin, excess: excess - held, maintenanceExcess: maintenanceExcess - held };
  const memorandum = specialMemorandumAccount(0, 0, free);
  const inOrder = [...groups.values()].sort((a, b) => (a.classGroup < b.classGroup ? -1 : 1));
  return {
    accountId,
    methodology: 'REG_T',
    requirement: centsText(initial + held),
    equity: centsText(equity),
    excess: centsText(excess - held),
    held: centsText(held),
    regT: {
      maintenance: centsText(maintenance),
      maintenanceExcess: centsText(maintenanceExcess),
      buyingPower: exactText(buyingPower(memorandum, free, rules)),
      dayTradeBuyingPower: exactText(dayTradeBuyingPower(free, rules, market.valuationDate, false)),
      strategies: inOrder.flatMap((group) => strategyLines(group.initial.strategies)),
      optimal: isOptimal,
      gap: gapText(inOrder.reduce((sum, group) => sum + group.initial.gap, 0)),
    },
    rules: [],
    flags: inOrder.flatMap(({ holdings }) => quoteFlags(holdings)),
    provenance,
  };
}

/** Null where the amount is too large to be exact. */
function exactText(cents: Cents | undefined): string | null {
  return cents === undefined ? null : centsText(cents);
}

function classGroupLine(group: ClassGroup, rules: EffectiveRules): ClassGroupNowDto {
  const { classGroup, productClass, inForce, regulatory } = group;
  return {
    classGroup,
    productClass,
    requirement: centsText(inForce.requirement),
    scanLoss: centsText(profitCents(inForce.scanLoss)),
    minimumCharge: centsText(profitCents(inForce.minimumCharge)),
    addOns: addOnsNow(inForce.addOns, rules.applied(classGroup, productClass)),
    regulatoryRequirement: centsText(regulatory.requirement),
    binding: binding(group)!,
    worst: inForce.grid.points[inForce.worst],
  };
}

function productGroupLine(group: ProductGroup): ProductGroupNowDto {
  const { portfolioGroup, productGroups, inForce, regulatory } = group;
  return {
    portfolioGroup,
    productGroups,
    requirement: centsText(inForce.requirement),
    standAlone: centsText(inForce.standAlone),
    offset: centsText(inForce.standAlone - inForce.requirement),
    regulatoryRequirement: centsText(regulatory.requirement),
    binding: binding(group)!,
  };
}

function addOnsNow(addOns: readonly AddOn[], applied: readonly AppliedRule[]): readonly AddOnNowDto[] {
  return addOnLines([], addOns, applied).map((line) => ({ ...line, amount: line.amount.after }));
}

/** 422 with every gap. Positions are not in the request, so only the symbol names them. */
export function marginGapProblem(gaps: readonly AnswerGap[]): Problem {
  const errors = gaps.map(({ code, symbol, detail }) => ({
    pointer: '',
    code,
    detail,
    ...(symbol !== null && { symbol }),
  }));
  const detail = 'Something the calculation needs is missing or unusable: see errors.';
  return notComputable('margin.not_computable', detail, errors);
}
