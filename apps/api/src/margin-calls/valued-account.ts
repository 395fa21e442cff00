import { isGaps } from '@app/margin';
import { isRegTGaps } from '@app/reg-t';
import type { ValuedAccount } from '@app/store';
import { marginGapProblem } from '../accounts/account-margin-reply.js';
import type { Base } from '../what-if/base.js';

/** An account valued by its own regime, as margin calls take it. @throws Problem 422 with everything that is missing. */
export async function valuedAccount({ account, portfolioMargin, regT }: Base): Promise<ValuedAccount> {
  const known = { accountId: account.id, accountVersion: account.version, methodology: account.methodology };
  if (account.methodology === 'REG_T') {
    const { context, before } = await regT();
    if (isRegTGaps(before)) throw marginGapProblem(before);
    const { initial, maintenanceExcess, equity } = before;
    const requirements = { requirement: initial, regulatoryRequirement: initial, maintenanceExcess, equity };
    return { ...known, rulesVersion: context.rules.version, ...requirements };
  }
  const { context, before } = portfolioMargin();
  if (isGaps(before)) throw marginGapProblem(before);
  const { requirement, regulatoryRequirement, equity } = before;
  const maintenanceExcess = equity - requirement;
  return {
    ...known,
    rulesVersion: context.rules.version,
    requirement,
    regulatoryRequirement,
    maintenanceExcess,
    equity,
  };
}
