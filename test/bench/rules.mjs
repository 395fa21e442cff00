// npm run bench:rules: processor time of house rules in the engine. A book of 1,000 rules (for the firm, 100 groups of
// accounts and single accounts; on everything, product classes, class groups and symbols) over 10,000 accounts: the
// numbers in force for an account with 40 class groups, with who set each; the same where the numbers are already worked
// out; and the search for contradictions. The last line is one JSON object.
import { createRequire } from 'node:module';
import { nanoseconds } from './rounds.mjs';

const require = createRequire(import.meta.url);
const { conflictingRules, effectiveRules, regulatoryRules } = require('../../dist/libs/rules/src/index.js');

const RULES = 1_000;
const ACCOUNTS = 10_000;
const GROUPS = 100;
const CLASS_GROUPS = Array.from({ length: 40 }, (_, index) => `U${index}`);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 11);
const DATE = '2026-08-21';
const PARAMETERS = [
  ['priceMove.down', (index) => -0.2 - index / 1e5],
  ['priceMove.up', (index) => 0.2 + index / 1e5],
  ['minimumCharge', (index) => 0.5 + index / 1e4],
  ['marketValueFloor', (index) => index / 1e4],
  ['shortMinimum.money', (index) => 10 + index],
];

function target(index) {
  const name = `U${index % 200}`;
  if (index % 20 === 0) return { productClass: null, classGroup: null, symbol: null };
  if (index % 20 === 1) return { productClass: 'EQUITY', classGroup: null, symbol: null };
  return index % 2 === 0
    ? { productClass: null, classGroup: name, symbol: null }
    : { productClass: null, classGroup: null, symbol: name };
}

/** A rule and whom it is for: half of them the firm, a third groups, the rest accounts. */
function rule(index) {
  const [parameter, valueOf] = PARAMETERS[index % PARAMETERS.length];
  const scope = index % 6 < 3 ? 'FIRM' : index % 6 < 5 ? 'GROUP' : 'ACCOUNT';
  const dates = { effectiveFrom: '2026-01-01', effectiveTo: null };
  const group = index % GROUPS;
  const account = (index * 7) % ACCOUNTS;
  const terms = { ruleId: `rule-${index}`, scope, ...target(index), parameter, value: valueOf(index), ...dates };
  return { ...terms, pack: null, group, account };
}

const book = regulatoryRules(DATE);
const rules = Array.from({ length: RULES }, (_, index) => rule(index));
const boundBy = Array.from({ length: ACCOUNTS }, (_, account) =>
  rules.filter(
    ({ scope, group, account: own }) =>
      scope === 'FIRM' || (scope === 'GROUP' ? group === account % GROUPS : own === account),
  ),
);
const reading = { classGroupOf: (symbol) => symbol };

function asked(inForce) {
  for (const classGroup of CLASS_GROUPS) {
    inForce.inForce(classGroup, 'EQUITY');
    inForce.applied(classGroup, 'EQUITY');
  }
}

const known = boundBy.map((bound) => effectiveRules(book, bound, DATE, reading)).slice(0, 100);
known.forEach(asked);

const times = nanoseconds(
  {
    effectiveRules: () => {
      for (const bound of boundBy) asked(effectiveRules(book, bound, DATE, reading));
      return ACCOUNTS;
    },
    knownRules: () => {
      for (let again = 0; again < 100; again++) known.forEach(asked);
      return 100 * known.length;
    },
    conflictingRules: () => {
      conflictingRules(rules);
      return 1;
    },
  },
  ROUNDS,
);
const round = (value) => Number(value.toPrecision(3));
const result = {
  rules: RULES,
  accounts: ACCOUNTS,
  rulesAnAccount: round(boundBy.reduce((sum, bound) => sum + bound.length, 0) / ACCOUNTS),
  effectiveRulesMicroseconds: round(times.effectiveRules / 1000),
  knownRulesMicroseconds: round(times.knownRules / 1000),
  conflictingRulesMilliseconds: round(times.conflictingRules / 1e6),
};
console.log(`the numbers in force for an account, worked out: ${result.effectiveRulesMicroseconds} µs`);
console.log(`the same asked again: ${result.knownRulesMicroseconds} µs`);
console.log(`contradictions among ${RULES} rules: ${result.conflictingRulesMilliseconds} ms`);
console.log(JSON.stringify(result));
