import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { barredByCall, judgement } from '@app/margin';
import { businessDaysAfter } from '@app/market';
import {
  CALL_RULES,
  callDueDate,
  isOverdue,
  type MarginCallKind,
  PORTFOLIO_MARGIN_ELIGIBILITY,
  regTRules,
} from '@app/rules';
import { askedOf, conditions } from '../../apps/api/src/shadow-analyses/eligibility.js';
import type { ShadowAnalysisRequestDto } from '../../apps/api/src/shadow-analyses/shadow-analysis.dto.js';

/** Facts about who may have portfolio margin and what follows from missing equity. */
interface EligibilityCase {
  readonly id: string;
  readonly kind: string;
  readonly inputs: {
    readonly accountType?: string;
    readonly equity?: number;
    readonly uncoveredOptionsApproved?: boolean;
    readonly disclosureSigned?: boolean;
    readonly monitoring?: string;
    readonly tradesAwayUnreportedIntraday?: boolean;
    readonly businessDaysElapsed?: number;
    readonly order?: string;
    readonly date?: string;
  };
  readonly expected: Readonly<Record<string, unknown>>;
}

/** Why a fact is not a question this version can be asked. */
const NOT_EXPRESSIBLE: Readonly<Record<string, string>> = {
  'el-sfp': 'security futures are no product of this version',
  'el-bd-exempt': 'unlisted derivatives are no product of this version',
  'el-deficiency-netcap': 'the member’s own net capital is not known to this version',
  'el-aggregate-10x': 'the member’s own net capital is not known to this version',
  'el-dt-pm-before-2026': 'day trades of portfolio margin accounts are not counted by this version',
};

const file = join(__dirname, '../../../shared/cases/margin-cases.json');
const facts = existsSync(file)
  ? (JSON.parse(readFileSync(file, 'utf8')) as EligibilityCase[]).filter(({ kind }) => kind === 'eligibility')
  : [];
const fact = (id: string): EligibilityCase => facts.find((each) => each.id === id)!;
const described = facts.length > 0 ? describe : describe.skip;

/** The condition's code and what it comes to, as a shadow analysis says it. */
function statuses({ inputs }: EligibilityCase): ReadonlyMap<string, string> {
  const { accountType, uncoveredOptionsApproved, disclosureSigned, equity = 0 } = inputs;
  const account = {
    ...{ cash: '0', type: accountType === 'IRA' ? 'IRA' : 'CUSTOMER' },
    ...{ uncoveredOptionsApproved, disclosureAcknowledged: disclosureSigned },
  };
  const equityTier = inputs.tradesAwayUnreportedIntraday
    ? 'EXECUTED_AWAY'
    : inputs.monitoring?.startsWith('intraday') === true
      ? 'INTRADAY_MONITORING'
      : 'REAL_TIME_MONITORING';
  const request = { account, equityTier } as unknown as ShadowAnalysisRequestDto;
  return new Map(conditions(askedOf(request), equity * 100).map(({ code, status }) => [code, status]));
}

/** What an order is answered so many business days after a call was opened, by an account whose equity covers it. */
function decision(kind: MarginCallKind, { inputs }: EligibilityCase): 'ACCEPT' | 'REJECT' {
  const openedOn = '2026-06-16';
  const on = businessDaysAfter(openedOn, inputs.businessDaysElapsed!);
  const dueOn = callDueDate(kind, openedOn);
  const after = inputs.order?.includes('lowers') === true ? 4_000_000 : 6_000_000;
  const equity = 9_000_000;
  const judged = judgement({ requirement: 5_000_000, equity }, { requirement: after, equity });
  return barredByCall(judged, isOverdue(dueOn, on) ? { id: 'call', dueOn, amount: 1_000_000 } : null).decision;
}

/** One question each; what it gives is held against what the fact expects. */
const QUESTIONS: Readonly<Record<string, (fact: EligibilityCase) => Readonly<Record<string, unknown>>>> = {
  'el-ira': (it) => ({ eligible: statuses(it).get('account.type') !== 'FAILS' }),
  'el-uncovered': (it) => ({ eligible: statuses(it).get('approval.uncovered_options') !== 'FAILS' }),
  'el-100k': (it) => ({ eligible: ![...statuses(it).values()].includes('FAILS') }),
  'el-150k': (it) => ({ eligible: statuses(it).get('equity.intraday_monitoring') !== 'FAILS' }),
  'el-500k': (it) => ({
    eligible: statuses(it).get('equity.executed_away') !== 'FAILS',
    minimum: PORTFOLIO_MARGIN_ELIGIBILITY.minimumEquity.EXECUTED_AWAY.value,
  }),
  'el-min-equity-day3': (it) => ({ accept: decision('MINIMUM_EQUITY', it) === 'ACCEPT' }),
  'el-min-equity-day4': (it) => ({ accept: decision('MINIMUM_EQUITY', it) === 'ACCEPT' }),
  'el-min-equity-day4-hedge': (it) => ({ accept: decision('MINIMUM_EQUITY', it) === 'ACCEPT' }),
  // What the member must sell is its own to choose; what it lets through is not.
  'el-deficiency-day4': (it) => ({
    newOpeningOrders: decision('MARGIN_DEFICIENCY', it) === 'REJECT' ? 'only if risk reducing' : 'any',
  }),
  'el-pdt-after-2026': ({ inputs }) => ({
    patternDayTrader: regTRules(inputs.date!)!.dayTrading.value.kind !== 'INTRADAY_MARGIN',
  }),
  'el-lightspeed-calls': () => ({ pmHouseCallDue: `T+${CALL_RULES.businessDays.HOUSE.value}` }),
};

described('facts about eligibility and margin calls (skipped where ../shared/cases is absent)', () => {
  it('are all asked, or it is said why not', () => {
    const known = [...Object.keys(QUESTIONS), ...Object.keys(NOT_EXPRESSIBLE)];
    expect(facts.map(({ id }) => id).sort()).toEqual(known.sort());
  });

  it.each(Object.entries(QUESTIONS))('%s', (id, question) => {
    const it = fact(id);
    expect(it.expected).toMatchObject(question(it));
  });
});
