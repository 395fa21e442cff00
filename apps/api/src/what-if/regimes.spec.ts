import type { Position } from '@app/portfolio';
import { Decimal } from 'decimal.js';
import { programSolver } from '../../../../test/support/reg-t-answer.js';
import {
  contextOf,
  future,
  indexed,
  marketOf,
  option,
  orderOf,
  positionsOf,
  SEPTEMBER,
  share,
} from '../../../../test/support/sample-market.js';
import type { Methodology } from './asked-parts.js';
import { isAnswerGaps } from './gap-problem.js';
import { type Judged, judged, ruleSetVersion } from './regimes.js';
import { regTContext } from './reg-t-context.js';

// Above the strike, no volatility explains the price of a put.
const noVolatility = option('XYZ', SEPTEMBER, 'PUT', 100, { price: new Decimal(120), impliedVolatility: null });
const market = marketOf([
  share('XYZ', '100'),
  indexed('SPX', '5000', { type: 'INDEX' }),
  future('ESU6', 'SPX', '5010'),
  noVolatility,
]);

async function ask(methodology: Methodology, both: boolean, cash: number, positions: readonly Position[], order = 0) {
  const portfolioMargin = methodology === 'PORTFOLIO_MARGIN' || both ? { context: contextOf(market) } : null;
  const isRegT = methodology === 'REG_T' || both;
  const regT = isRegT ? { context: regTContext(market, await programSolver()) } : null;
  const orders = order === 0 ? [] : [orderOf(order > 0 ? 'BUY' : 'SELL', Math.abs(order), 'XYZ')];
  return judged(methodology, { cash: new Decimal(cash), positions }, orders, { portfolioMargin, regT });
}

async function answered(...given: Parameters<typeof ask>): Promise<Judged> {
  const result = await ask(...given);
  if (isAnswerGaps(result)) throw new Error(JSON.stringify(result));
  return result;
}

describe('judged', () => {
  it('is decided by the account’s own regime, whatever the other would say', async () => {
    // 100 shares for 10,000: half of it under Reg T, 15 % under portfolio margin.
    const [regT, portfolio] = [
      await answered('REG_T', true, 4_000, [], 100),
      await answered('PORTFOLIO_MARGIN', true, 4_000, [], 100),
    ];
    expect([regT.decision, portfolio.decision]).toEqual(['REJECT', 'ACCEPT']);
    expect(regT.reasons).toMatchObject([{ code: 'limit.excess_exceeded', shortfall: 100_000 }]);
    expect([ruleSetVersion(regT), ruleSetVersion(portfolio)]).toEqual(['reg-t-2026', 'customer-portfolio-margin-2006']);
    expect((await answered('REG_T', false, 5_000, [], 100)).decision).toBe('ACCEPT');
  });

  it('lets what lowers an initial requirement in deficit through', async () => {
    const held = positionsOf(['XYZ', 100]);
    const less = await answered('REG_T', false, -6_000, held, -10);
    expect(less).toMatchObject({ decision: 'ACCEPT', riskReducing: true });
    expect((await answered('REG_T', false, -6_000, held, 10)).decision).toBe('REJECT');
  });

  it('computes what is asked, and nothing beside it', async () => {
    expect((await answered('REG_T', false, 1, [])).portfolioMargin).toBeNull();
    expect((await answered('PORTFOLIO_MARGIN', false, 1, [])).regT).toBeNull();
  });

  it('has the gaps of each regime, each once, and only of those asked', async () => {
    const positions = positionsOf(['NONE', 1], ['ESU6', 1], [noVolatility.symbol, 1]);
    const codes = async (...given: Parameters<typeof ask>) => {
      const result = await ask(...given);
      return isAnswerGaps(result) ? result.map(({ code, symbol }) => `${code} ${symbol}`) : [];
    };
    const volatility = `volatility.missing ${noVolatility.symbol}`;
    expect(await codes('PORTFOLIO_MARGIN', false, 0, positions)).toEqual(['symbol.unknown NONE', volatility]);
    expect(await codes('REG_T', false, 0, positions)).toEqual([
      'symbol.unknown NONE',
      'future.not_in_margin_account ESU6',
    ]);
    expect(await codes('REG_T', true, 0, positions)).toEqual([
      'symbol.unknown NONE',
      volatility,
      'future.not_in_margin_account ESU6',
    ]);
  });
});
