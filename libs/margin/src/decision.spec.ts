import { judgement } from './decision.js';

/** Requirement and equity in cents, before and after. */
const judged = (before: readonly [number, number], after: readonly [number, number]) => {
  const { decision, riskReducing, reasons } = judgement(
    { requirement: before[0], equity: before[1] },
    { requirement: after[0], equity: after[1] },
  );
  return [decision, riskReducing, reasons.map(({ code, shortfall }) => `${code} ${shortfall}`).join()];
};
const ACCEPTED_SHORT = 'risk_reducing.accepted_in_deficit';
const EXCEEDED = 'limit.excess_exceeded';

describe('an account with excess', () => {
  it.each([
    ['adds risk it can bear', [100, 500], [400, 500], ['ACCEPT', false, '']],
    ['uses its last cent', [100, 500], [500, 500], ['ACCEPT', false, '']],
    ['is a cent short after', [100, 500], [501, 500], ['REJECT', false, `${EXCEEDED} 1`]],
    ['reduces risk', [400, 500], [100, 500], ['ACCEPT', true, '']],
    ['pays away its equity', [400, 500], [300, 200], ['REJECT', true, `${EXCEEDED} 100`]],
    ['does nothing', [400, 500], [400, 500], ['ACCEPT', false, '']],
    [
      'has exactly none and falls into deficit at lower risk',
      [400, 400],
      [300, 299],
      ['REJECT', true, `${EXCEEDED} 1`],
    ],
  ] as const)('%s', (_, before, after, expected) => {
    expect(judged(before, after)).toEqual(expected);
  });
});

describe('an account in deficit', () => {
  it.each([
    ['reduces risk and stays short', [500, 400], [450, 400], ['ACCEPT', true, `${ACCEPTED_SHORT} 50`]],
    ['reduces risk at no change of the deficit', [500, 400], [450, 350], ['ACCEPT', true, `${ACCEPTED_SHORT} 100`]],
    ['reduces risk and deepens the deficit by a cent', [500, 400], [450, 349], ['REJECT', true, `${EXCEEDED} 101`]],
    ['gains equity at the same risk', [500, 400], [500, 450], ['REJECT', false, `${EXCEEDED} 50`]],
    ['adds risk', [500, 400], [501, 400], ['REJECT', false, `${EXCEEDED} 101`]],
    ['does nothing', [500, 400], [500, 400], ['REJECT', false, `${EXCEEDED} 100`]],
    ['is cured', [500, 400], [400, 400], ['ACCEPT', true, '']],
    ['is cured by a gain at more risk', [500, 400], [600, 600], ['ACCEPT', false, '']],
    ['has negative equity and reduces risk', [500, -400], [100, -400], ['ACCEPT', true, `${ACCEPTED_SHORT} 500`]],
    ['has negative equity and nothing held after', [500, -400], [0, -400], ['ACCEPT', true, `${ACCEPTED_SHORT} 400`]],
  ] as const)('%s', (_, before, after, expected) => {
    expect(judged(before, after)).toEqual(expected);
  });
});

it('a reason says the shortfall in dollars', () => {
  const { reasons } = judgement({ requirement: 0, equity: 0 }, { requirement: 9_120_450, equity: 0 });
  expect(reasons[0].detail).toContain('91204.50');
});

describe('beyond the requirement', () => {
  const violation = (excess: number) => ({
    ...{ code: 'limit.leverage' as const, subject: null, ruleId: 'lev', detail: 'Too much.', isMoney: true },
    excess,
  });
  const house = (initial: number, was: number, is: number) => ({
    ...{ initial, initialRuleId: 'init' },
    violationsBefore: was > 0 ? [violation(was)] : [],
    violationsAfter: is > 0 ? [violation(is)] : [],
  });
  const of = (requirement: number, equity: number) => ({ requirement, equity });
  const codes = (judged: ReturnType<typeof judgement>) => [judged.decision, ...judged.reasons.map(({ code }) => code)];

  it('orders that add risk must be covered for the initial requirement', () => {
    const judged = judgement(of(100, 250), of(200, 250), house(300, 0, 0));
    expect(codes(judged)).toEqual(['REJECT', 'limit.initial_exceeded']);
    expect(judged.reasons[0]).toMatchObject({ shortfall: 50, ruleId: 'init' });
    expect(codes(judgement(of(100, 300), of(200, 300), house(300, 0, 0)))).toEqual(['ACCEPT']);
  });

  it('orders that lower it are not', () => {
    expect(codes(judgement(of(200, 250), of(150, 250), house(300, 0, 0)))).toEqual(['ACCEPT']);
  });

  it('a limit refuses what breaks it, and any risk while it is broken', () => {
    expect(codes(judgement(of(0, 900), of(100, 900), house(100, 0, 5)))).toEqual(['REJECT', 'limit.leverage']);
    expect(codes(judgement(of(100, 900), of(100, 900), house(100, 5, 5)))).toEqual(['REJECT', 'limit.leverage']);
  });

  it('less risk passes in a violation that it does not make worse', () => {
    const accepted = ['ACCEPT', 'risk_reducing.accepted_in_violation'];
    expect(codes(judgement(of(100, 900), of(90, 900), house(90, 5, 5)))).toEqual(accepted);
    expect(codes(judgement(of(100, 900), of(90, 900), house(90, 5, 6)))).toEqual(['REJECT', 'limit.leverage']);
  });

  it('a deficit and a limit are both said', () => {
    const judged = judgement(of(0, 50), of(100, 50), house(100, 0, 5));
    expect(codes(judged)).toEqual(['REJECT', 'limit.excess_exceeded', 'limit.leverage']);
  });
});
