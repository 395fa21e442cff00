import { indexed, marketOf, option, positionsOf, SEPTEMBER, share } from '../../../../test/support/sample-market.js';
import { askedOf, conditions, ineligiblePositions } from './eligibility.js';
import type { ShadowAnalysisRequestDto } from './shadow-analysis.dto.js';

const asked = (changes: Partial<ShadowAnalysisRequestDto> = {}, account: object = {}) =>
  askedOf({ account: { cash: 0, ...account }, positions: [], ...changes });

/** Codes of the conditions that are not met. */
function unmet(given: ReturnType<typeof asked>, dollars: number): string[] {
  return conditions(given, dollars * 100).flatMap(({ code, status }) => (status === 'FAILS' ? [code] : []));
}

describe('conditions', () => {
  it.each([
    ['a retirement account', {}, { type: 'IRA' }, 1_000_000, ['account.type']],
    ['no approval', {}, { uncoveredOptionsApproved: false }, 500_000, ['approval.uncovered_options']],
    ['no acknowledgement', {}, { disclosureAcknowledged: false }, 500_000, ['disclosure.acknowledged']],
    ['100,000 watched in real time', {}, {}, 100_000, []],
    ['a cent less', {}, {}, 99_999.99, ['equity.real_time_monitoring']],
    ['120,000 watched in the day', { equityTier: 'INTRADAY_MONITORING' }, {}, 120_000, ['equity.intraday_monitoring']],
    ['400,000 executed away', { equityTier: 'EXECUTED_AWAY' }, {}, 400_000, ['equity.executed_away']],
    ['an own minimum', { minimumEquity: '125000' }, {}, 124_999, ['equity.own_minimum']],
    ['an own minimum below a tier', { minimumEquity: '1000' }, {}, 1_000, []],
    ['a debit', {}, {}, -5, ['equity.real_time_monitoring']],
  ] as const)('%s', (_, changes, account, dollars, expected) => {
    expect(unmet(asked(changes, account), dollars)).toEqual(expected);
  });

  it('what the request does not say is to confirm', () => {
    const open = conditions(asked(), 1e9).filter(({ status }) => status === 'TO_CONFIRM');
    expect(open.map(({ code }) => code)).toEqual(['approval.uncovered_options', 'disclosure.acknowledged']);
    const said = asked({}, { uncoveredOptionsApproved: true, disclosureAcknowledged: true });
    expect(conditions(said, 1e11).every(({ status }) => status === 'MEETS')).toBe(true);
  });
});

describe('ineligible positions', () => {
  const put = option('LOW', SEPTEMBER, 'PUT', 5);
  const onIndex = option('TINY', SEPTEMBER, 'PUT', 3);
  const market = marketOf([
    share('LOW', '4.99'),
    share('AT', '5'),
    indexed('TINY', '3', { type: 'INDEX' }),
    put,
    onIndex,
  ]);
  const held = positionsOf(['LOW', 1], ['AT', -1], [put.symbol, 1], [onIndex.symbol, 1]);
  const codes = (changes: Partial<ShadowAnalysisRequestDto>) =>
    ineligiblePositions(held, market, asked(changes)).map(({ symbol, code }) => `${symbol} ${code}`);

  it('are shares under the low price and options on them, but not on an index', () => {
    expect(codes({})).toEqual(['LOW position.low_priced', `${put.symbol} position.low_priced`]);
    expect(codes({ lowPrice: '0' })).toEqual([]);
    expect(codes({ lowPrice: '5.01', nonMargin: ['AT'] })).toEqual([
      'LOW position.low_priced',
      'AT position.non_margin',
      'AT position.low_priced',
      `${put.symbol} position.low_priced`,
    ]);
  });
});
