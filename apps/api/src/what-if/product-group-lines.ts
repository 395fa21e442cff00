import type { CombinedMargin, ProductGroup, WhatIf } from '@app/margin';
import { type Cents, profitCents } from '@app/portfolio';
import { moneyChange } from './money-change.js';
import type { BindingText, ProductGroupDto } from './product-group.dto.js';

/** The groups in which class groups combine, before or after the orders. */
export function productGroupLines({ before, after }: WhatIf): readonly ProductGroupDto[] {
  const keys = [...new Set([...before.productGroups.keys(), ...after.productGroups.keys()])].sort();
  return keys.map((key) => productGroupLine(before.productGroups.get(key), after.productGroups.get(key)));
}

function productGroupLine(before: ProductGroup | undefined, after: ProductGroup | undefined): ProductGroupDto {
  const { portfolioGroup, productGroups } = (after ?? before)!;
  const ofBoth = (number: (margin: CombinedMargin) => Cents, margin: 'inForce' | 'regulatory' = 'inForce') =>
    moneyChange(before ? number(before[margin]) : 0, after ? number(after[margin]) : 0);
  return {
    portfolioGroup,
    productGroups,
    requirement: ofBoth(({ requirement }) => requirement),
    scanLoss: ofBoth(({ scanLoss }) => profitCents(scanLoss)),
    minimumCharge: ofBoth(({ minimumCharge }) => profitCents(minimumCharge)),
    standAlone: ofBoth(({ standAlone }) => standAlone),
    offset: ofBoth(({ standAlone, requirement }) => standAlone - requirement),
    regulatoryRequirement: ofBoth(({ requirement }) => requirement, 'regulatory'),
    binding: { before: binding(before), after: binding(after) },
  };
}

interface BothNumbers {
  readonly inForce: { readonly requirement: Cents };
  readonly regulatory: { readonly requirement: Cents };
}

/** Whose requirement binds: the house's where it is the greater. Null where nothing is held. */
export function binding(group: BothNumbers | undefined): BindingText | null {
  if (group === undefined) return null;
  return group.inForce.requirement > group.regulatory.requirement ? 'house' : 'regulatory';
}
