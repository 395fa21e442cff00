import { barredByCall } from './call-bar.js';
import { judgement } from './decision.js';

const CALL = { id: 'c-1', dueOn: '2026-06-22', amount: 100_050 };

const healthy = (requirement: number) => ({ requirement, equity: 50_000 });

describe('barredByCall', () => {
  it('leaves every judgement as it is where no call is overdue', () => {
    const judged = judgement(healthy(10_000), healthy(20_000));
    expect(barredByCall(judged, null)).toBe(judged);
  });

  it('refuses what does not lower the requirement, naming the call, though equity would cover it', () => {
    for (const after of [10_000, 20_000]) {
      expect(barredByCall(judgement(healthy(10_000), healthy(after)), CALL)).toEqual({
        decision: 'REJECT',
        riskReducing: false,
        reasons: [
          {
            code: 'margin_call.overdue',
            detail:
              'A margin call of 1000.50 was due on 2026-06-22 and is not met: until it is, only orders that lower the requirement may be sent.',
            shortfall: 100_050,
            marginCallId: 'c-1',
          },
        ],
      });
    }
  });

  it('lets pass what lowers the requirement, and keeps the reasons of a refusal', () => {
    const reducing = judgement(healthy(20_000), healthy(10_000));
    expect(barredByCall(reducing, CALL)).toBe(reducing);
    const refused = barredByCall(judgement(healthy(60_000), healthy(70_000)), CALL);
    expect(refused.reasons.map(({ code }) => code)).toEqual(['limit.excess_exceeded', 'margin_call.overdue']);
  });
});
