import { conflictingRules } from './conflicting-rules.js';
import { effectiveRules } from './effective-rules.js';
import { rulesOfPack } from './house-rule-pack.js';
import { HOUSE_RULE_PACKS, packCitation } from './house-rule-packs.js';
import { houseRuleFaults } from './house-rule-faults.js';
import { regulatoryRules } from './regulatory-rules.js';

const DATE = '2026-08-21';

/** As the brokers publish them: parameter, target, value. */
const PUBLISHED: Readonly<Record<string, readonly string[]>> = {
  ibkr: [
    'volMove.down * -0.15',
    'volMove.up * 0.15',
    'extraPoint EQUITY {"priceMove":-0.25,"volMove":0}',
    'extraPoint EQUITY {"priceMove":0.3,"volMove":0}',
    'concentration.marketCapDrop EQUITY 500000000',
    'concentration.largestNames * {"names":2,"priceMove":0.3,"otherPriceMove":0.05}',
    'initialMultiplier * 1.1',
  ],
  schwab: [
    'priceMove.down * -0.15',
    'priceMove.up * 0.15',
    'leastEligiblePrice * 5',
    'stressLimit.betaWeighted * {"priceMove":-0.2,"volMove":0,"equityMultiple":2}',
    'stressLimit.betaWeighted * {"priceMove":0.2,"volMove":0,"equityMultiple":3}',
    'stressLimit.betaWeighted * {"priceMove":0.1,"volMove":0,"equityMultiple":1}',
    'stressLimit.betaWeighted * {"priceMove":-0.12,"volMove":0,"equityMultiple":1}',
    'stressLimit.betaWeighted * {"priceMove":-0.2,"volMove":0.3,"equityPlus":5000000}',
    'stressLimit.betaWeighted * {"priceMove":-0.4,"volMove":0,"equityMultiple":8}',
  ],
  'tastytrade-low-volatility': [
    'priceMove.down HIGH_CAP_INDEX -0.15',
    'priceMove.up HIGH_CAP_INDEX 0.1',
    'priceMove.down BROAD_INDEX -0.15',
    'priceMove.up BROAD_INDEX 0.1',
    'priceMove.down EQUITY -0.2',
    'priceMove.up EQUITY 0.2',
    'earnings EQUITY {"multiplier":1.5,"daysBefore":3,"daysAfter":0}',
    'shortMinimum.fraction * 0.005',
  ],
  'tastytrade-high-volatility': [
    'priceMove.down HIGH_CAP_INDEX -0.2',
    'priceMove.up HIGH_CAP_INDEX 0.15',
    'priceMove.down BROAD_INDEX -0.2',
    'priceMove.up BROAD_INDEX 0.15',
    'priceMove.down EQUITY -0.2',
    'priceMove.up EQUITY 0.2',
    'earnings EQUITY {"multiplier":1.5,"daysBefore":3,"daysAfter":0}',
    'shortMinimum.fraction * 0.005',
  ],
  lightspeed: [
    ...['HIGH_CAP_INDEX', 'BROAD_INDEX'].flatMap((target) => [
      `stressLimit.classGroup ${target} {"priceMove":-0.15,"volMove":0,"equityMultiple":1}`,
      `stressLimit.classGroup ${target} {"priceMove":0.1,"volMove":0,"equityMultiple":1}`,
    ]),
    ...['HIGH_CAP_INDEX', 'BROAD_INDEX'].flatMap((target) => [
      `stressLimit.classGroup ${target} {"priceMove":-0.25,"volMove":0,"equityMultiple":2,"equityPlus":2500000}`,
      `stressLimit.classGroup ${target} {"priceMove":0.25,"volMove":0,"equityMultiple":2,"equityPlus":2500000}`,
    ]),
    ...['EQUITY', 'NARROW_INDEX'].flatMap((target) => [
      `stressLimit.classGroup ${target} {"priceMove":-0.25,"volMove":0,"equityMultiple":1}`,
      `stressLimit.classGroup ${target} {"priceMove":0.25,"volMove":0,"equityMultiple":1}`,
    ]),
    ...['VIX', 'SVXY', 'UVXY'].flatMap((target) => [
      `stressLimit.classGroup ${target} {"priceMove":-0.25,"volMove":0,"equityMultiple":1}`,
      `stressLimit.classGroup ${target} {"priceMove":2,"volMove":0,"equityMultiple":1}`,
    ]),
    'stressLimit.portfolio * {"priceMove":0.25,"volMove":0,"equityMultiple":1.25}',
  ],
};

it('the packs are those of the brokers', () => {
  expect(HOUSE_RULE_PACKS.map(({ name }) => name)).toEqual(Object.keys(PUBLISHED));
});

describe.each(HOUSE_RULE_PACKS)('$name', (pack) => {
  const rules = rulesOfPack(pack, 'FIRM', '2026-01-01');

  it('has the published numbers', () => {
    const texts = pack.rules.map(({ parameter, productClass, classGroup, symbol, value }) => {
      const target = symbol ?? classGroup ?? productClass ?? '*';
      return `${parameter} ${target} ${JSON.stringify(value)}`;
    });
    expect(texts).toEqual(PUBLISHED[pack.name]);
  });

  it('is valid, without conflict, and can be put in force', () => {
    expect(rules.flatMap((rule) => houseRuleFaults(rule))).toEqual([]);
    expect(conflictingRules(rules)).toEqual([]);
    expect(new Set(rules.map(({ ruleId }) => ruleId)).size).toBe(rules.length);
    const inForce = effectiveRules(regulatoryRules(DATE)!, rules, DATE, { classGroupOf: (symbol) => symbol });
    expect(inForce.applied('IBM', 'EQUITY').length + inForce.appliedAccount.length).toBeGreaterThan(6);
  });

  it('is cited where it sets a number, and not where the number was changed', () => {
    expect(rules.map((rule) => packCitation(rule))).toEqual(pack.rules.map(({ citation }) => citation));
    expect(packCitation({ ...rules[0], value: -0.5 })).toBeNull();
    expect(rules.map((rule) => packCitation({ ...rule, pack: null }))).toEqual(rules.map(() => null));
    const inForce = effectiveRules(regulatoryRules(DATE)!, rules, DATE, { classGroupOf: (symbol) => symbol });
    const lines = [...inForce.applied('IBM', 'EQUITY'), ...inForce.appliedAccount];
    expect(lines.filter(({ citation }) => citation === null)).toEqual([]);
  });

  it('cites every number, and says of the rest why it is not there', () => {
    for (const { citation } of pack.rules) expect(citation).toMatch(/https:\/\/|ibkr\.info|r\/PMTraders/);
    expect(pack.unexpressed.length).toBeGreaterThan(0);
    for (const { published, why } of pack.unexpressed) {
      expect(published.length).toBeGreaterThan(20);
      expect(why).toMatch(/\.$/);
    }
  });
});
