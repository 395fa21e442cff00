import { OBEYED_PARAMETERS } from '@app/margin';
import type { HouseParameter, HouseRule } from '@app/rules';
import type { Database } from './database.js';
import type { HouseRule as StoredHouseRule } from './generated/client.js';

export class HouseRuleRepository {
  constructor(private readonly database: Database) {}

  /** Every rule that may bind an account: the firm's and its own, on any date. */
  async findForAccount(accountId: string): Promise<readonly HouseRule[]> {
    const rules = await this.database.prisma.houseRule.findMany({
      where: { OR: [{ scope: 'FIRM' }, { accountId }] },
      orderBy: { id: 'asc' },
    });
    return rules.map(houseRule);
  }

  /** Every rule with the account it binds; null binds all. */
  async findAll(): Promise<readonly { readonly accountId: string | null; readonly rule: HouseRule }[]> {
    const rules = await this.database.prisma.houseRule.findMany({ orderBy: { id: 'asc' } });
    return rules.map((stored) => ({ accountId: stored.accountId, rule: houseRule(stored) }));
  }
}

function houseRule(stored: StoredHouseRule): HouseRule {
  const { id, scope, productClass, classGroup, parameter, value, effectiveFrom, effectiveTo } = stored;
  return {
    ruleId: id,
    scope,
    productClass,
    classGroup,
    symbol: null,
    parameter: knownParameter(parameter),
    value,
    effectiveFrom: calendarDate(effectiveFrom),
    effectiveTo: effectiveTo === null ? null : calendarDate(effectiveTo),
    pack: null,
  };
}

/** A rule that no calculation heeds cannot be ignored: margin would come out too low. */
function knownParameter(parameter: string): HouseParameter {
  const known = OBEYED_PARAMETERS.find((candidate) => candidate === parameter);
  if (known === undefined) throw new Error(`a stored house rule has the unknown parameter ${parameter}`);
  return known;
}

function calendarDate(date: Date): string {
  return date.toISOString().slice(0, 10);
}
