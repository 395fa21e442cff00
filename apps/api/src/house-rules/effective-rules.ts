import { type ProductClass, underlyingOf } from '@app/market';
import type { SymbolPlace } from '@app/rules';
import type { Caller } from '../auth/caller.js';
import { fieldSymbol } from '../fields/symbol.js';
import type { StoredWhatIfs } from '../what-if/stored-what-ifs.js';
import type { EffectiveRulesDto, EffectiveRulesQueryDto } from './effective-rules.dto.js';

/** Which numbers an account is margined with, who set each, and who lost. */
export class AccountEffectiveRules {
  constructor(private readonly whatIfs: StoredWhatIfs) {}

  /** @throws Problem 404 for an unknown or foreign account, 422 where there are no recent prices. */
  async find(accountId: string, { symbols }: EffectiveRulesQueryDto, caller: Caller): Promise<EffectiveRulesDto> {
    const base = await this.whatIfs.baseOf(await this.whatIfs.standing(accountId, caller));
    const { account, market } = base;
    const asked = symbols === undefined ? [] : symbols.split(',').map(fieldSymbol);
    await base.load(asked);
    const rules = base.rules();
    const classGroups = new Map<string, ProductClass>();
    const places: SymbolPlace[] = [];
    const unknown: string[] = [];
    for (const symbol of new Set([...account.positions.map((position) => position.symbol), ...asked])) {
      const instrument = market.instrument(symbol);
      const underlying = instrument && underlyingOf(instrument, market);
      if (underlying === undefined) {
        unknown.push(symbol);
        continue;
      }
      const { classGroup, productClass } = underlying;
      classGroups.set(classGroup, productClass);
      places.push([symbol, underlying.symbol, classGroup, productClass]);
    }
    const inOrder = [...classGroups].sort(([a], [b]) => (a < b ? -1 : 1));
    return {
      accountId,
      asOf: market.valuationDate,
      ruleSetVersion: rules.version,
      account: rules.appliedAccount,
      classGroups: inOrder.map(([classGroup, productClass]) => ({
        ...{ classGroup, productClass },
        rules: rules.applied(classGroup, productClass),
      })),
      symbols: places.flatMap((place) => {
        const applied = rules.appliedSymbol(...place);
        return applied.length === 0 ? [] : [{ symbol: place[0], rules: applied }];
      }),
      unknown,
    };
  }
}
