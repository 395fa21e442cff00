import { REG_T_RULES, regTRules } from './reg-t-rules.js';

describe('regTRules', () => {
  it.each([
    ['2005-12-13', undefined],
    ['2007-02-23', 'reg-t-2005'],
    ['2009-12-01', 'reg-t-2009'],
    ['2010-04-29', 'reg-t-2009'],
    ['2010-04-30', 'reg-t-2010'],
    ['2026-06-03', 'reg-t-2010'],
    ['2026-06-04', 'reg-t-2026'],
  ])('on %s are %s', (date, version) => {
    expect(regTRules(date)?.version).toBe(version);
  });

  it('are in order, each number cited', () => {
    const dates = REG_T_RULES.map(({ effectiveFrom }) => effectiveFrom);
    expect(dates).toEqual(dates.toSorted());
    for (const { version, effectiveFrom, nakedOption, ...numbers } of REG_T_RULES) {
      const cited = [...Object.values(numbers), ...Object.values(nakedOption)];
      expect(cited.filter(({ citation }) => citation === '')).toEqual([]);
      expect(version).toContain(effectiveFrom.slice(0, 4));
    }
  });

  it('multiply a leveraged fund from the notices’ own dates', () => {
    const at = (date: string) => [regTRules(date)!.leverageOfStock.value, regTRules(date)!.leverageOfOptions.value];
    expect(at('2009-11-30')).toEqual([false, false]);
    expect(at('2009-12-01')).toEqual([true, false]);
    expect(at('2010-04-30')).toEqual([true, true]);
  });
});
