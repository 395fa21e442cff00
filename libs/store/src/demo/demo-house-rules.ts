import type { BookChange, RuleTerms } from '@app/rules';
import type { DecidedChange } from '../house-rule.repository.js';

const SIGNED = { authorKey: 'demo-seed', author: 'Demo seed' } as const;
const FIRM = { scope: 'FIRM', groupId: null, accountId: null } as const;
const FIRST_DAY = '2026-06-01';

/** Ids that can be told at a glance. */
const ruleId = (index: number): string => `d0000000-0000-4000-8000-${String(index).padStart(12, '0')}`;

function rule(
  index: number,
  terms: Pick<RuleTerms, 'classGroup' | 'parameter' | 'value'> & Partial<RuleTerms>,
): BookChange {
  const everywhere = { ...FIRM, productClass: null, symbol: null, effectiveFrom: FIRST_DAY, effectiveTo: null };
  return { act: 'rule.create', subject: ruleId(index), content: { ...everywhere, ...terms } };
}

/** A group with a rule of its own, two rules of the firm, and an exception that waits for approval: change number 5. */
export const DEMO_BOOK: readonly DecidedChange[] = [
  {
    ...SIGNED,
    state: 'IN_FORCE',
    reason: 'Sellers of volatility are treated alike',
    change: {
      ...{ act: 'group.create', subject: 'short-volatility' },
      content: { name: 'Short volatility', members: ['demo-short-strangle'] },
    },
  },
  {
    ...SIGNED,
    state: 'IN_FORCE',
    reason: 'Gaps on results are wider than the rule book’s range',
    change: rule(1, {
      ...{ scope: 'GROUP', groupId: 'short-volatility' },
      ...{ classGroup: 'HLVN', parameter: 'priceMove.down', value: -0.25 },
    }),
  },
  {
    ...SIGNED,
    state: 'IN_FORCE',
    reason: 'Thinly traded',
    change: rule(2, { classGroup: 'GRZN', parameter: 'priceMove.down', value: -0.3 }),
  },
  {
    ...SIGNED,
    state: 'IN_FORCE',
    reason: 'Thinly traded',
    change: rule(3, { classGroup: 'GRZN', parameter: 'priceMove.up', value: 0.3 }),
  },
  {
    ...SIGNED,
    state: 'PROPOSED',
    reason: 'A market maker can leave such a position sooner',
    change: rule(4, {
      ...{ scope: 'ACCOUNT', accountId: 'demo-market-maker' },
      ...{ classGroup: 'GRZN', parameter: 'priceMove.up', value: 0.2 },
    }),
  },
];
