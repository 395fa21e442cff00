import { type Instrument, type Market, underlyingOf } from '@app/market';
import { type Cents, centsText, type Position } from '@app/portfolio';
import { type Cited, EQUITY_TIERS, type EquityTier, PORTFOLIO_MARGIN_ELIGIBILITY } from '@app/rules';
import { Decimal } from 'decimal.js';
import { fieldSymbol } from '../fields/symbol.js';
import type { ConditionDto, IneligiblePositionDto } from './shadow-analysis-reply.dto.js';
import type { ProspectDto, ShadowAnalysisRequestDto } from './shadow-analysis.dto.js';

/** What decides eligibility beside the market. */
export interface Asked {
  readonly account: ProspectDto;
  readonly equityTier: EquityTier;
  /** Dollars, in place of the tier's. */
  readonly minimumEquity: Decimal | null;
  /** Dollars per share. */
  readonly lowPrice: Decimal;
  readonly nonMargin: ReadonlySet<string>;
}

const RULES = PORTFOLIO_MARGIN_ELIGIBILITY;

export function askedOf(request: ShadowAnalysisRequestDto): Asked {
  const { account, equityTier = 'REAL_TIME_MONITORING', minimumEquity, lowPrice, nonMargin = [] } = request;
  return {
    account,
    equityTier,
    minimumEquity: minimumEquity === undefined ? null : new Decimal(minimumEquity),
    lowPrice: new Decimal(lowPrice ?? RULES.lowPrice.value),
    nonMargin: new Set(nonMargin.map(fieldSymbol)),
  };
}

const TIER_DETAIL: Readonly<Record<EquityTier, string>> = {
  REAL_TIME_MONITORING: 'with accounts monitored in real time',
  INTRADAY_MONITORING: 'with accounts monitored during the day',
  EXECUTED_AWAY: 'with trades executed away',
};

/** Every condition an account has to meet, met or not; `equity` is cash and all positions at their marks. */
export function conditions(asked: Asked, equity: Cents): ConditionDto[] {
  const { account } = asked;
  return [
    {
      code: 'account.type',
      status: account.type === 'IRA' ? 'FAILS' : 'MEETS',
      detail:
        account.type === 'IRA'
          ? 'Portfolio margin does not apply to Individual Retirement Accounts.'
          : 'The account is not an Individual Retirement Account.',
      citation: cited(RULES.retirementAccounts),
    },
    ...equityConditions(asked, equity),
    stated(
      'approval.uncovered_options',
      account.uncoveredOptionsApproved,
      'Everyone who trades in the account must be approved for uncovered options.',
      RULES.uncoveredOptionApproval,
    ),
    stated(
      'disclosure.acknowledged',
      account.disclosureAcknowledged,
      'The special disclosure statement must be given and acknowledged before the first trade.',
      RULES.disclosure,
    ),
  ];
}

/** All tiers, so that a report shows how far the equity reaches; only the one asked for decides. */
function equityConditions({ equityTier, minimumEquity }: Asked, equity: Cents): ConditionDto[] {
  const meets = (dollars: Decimal): ConditionDto['status'] => (dollars.times(100).lte(equity) ? 'MEETS' : 'FAILS');
  const sentence = (dollars: Decimal, when: string) =>
    `Equity of ${centsText(equity)} against the minimum of ${dollars.toFixed(2)} ${when}.`;
  const tiers = EQUITY_TIERS.map((tier): ConditionDto => {
    const rule = RULES.minimumEquity[tier];
    const least = new Decimal(rule.value);
    const decides = minimumEquity === null && tier === equityTier;
    return {
      code: `equity.${tier.toLowerCase()}`,
      status: decides || meets(least) === 'MEETS' ? meets(least) : 'NOT_ASKED',
      detail: sentence(least, TIER_DETAIL[tier]),
      citation: cited(rule),
    };
  });
  if (minimumEquity === null) return tiers;
  const own: ConditionDto = {
    code: 'equity.own_minimum',
    status: meets(minimumEquity),
    detail: sentence(minimumEquity, 'of the request'),
    citation: null,
  };
  return [own, ...tiers];
}

function stated(code: string, given: boolean | undefined, detail: string, rule: Cited<boolean>): ConditionDto {
  const status = given === undefined ? 'TO_CONFIRM' : given ? 'MEETS' : 'FAILS';
  return { code, status, detail, citation: cited(rule) };
}

function cited({ citation, status }: Cited<unknown>): string {
  return status === 'verified' ? citation : `${citation} (${status})`;
}

/** Positions that would stay on strategy-based terms, and why. */
export function ineligiblePositions(
  positions: readonly Position[],
  market: Market,
  { lowPrice, nonMargin }: Pick<Asked, 'lowPrice' | 'nonMargin'>,
): IneligiblePositionDto[] {
  return positions.flatMap(({ symbol }) => {
    const instrument = market.instrument(symbol);
    const underlying = instrument && underlyingOf(instrument, market);
    if (instrument === undefined || underlying === undefined) return [];
    const of = whatItIs(instrument);
    const reasons: IneligiblePositionDto[] = [];
    if (nonMargin.has(underlying.symbol)) {
      const detail = `${of} has no loan value, so that it is no eligible product.`;
      reasons.push({ symbol, code: 'position.non_margin', detail, citation: cited(RULES.nonMarginStock) });
    }
    if (underlying.type !== 'INDEX' && underlying.price?.lt(lowPrice) === true) {
      const detail = `${of} is priced under ${lowPrice.toFixed(2)} a share.`;
      reasons.push({ symbol, code: 'position.low_priced', detail, citation: cited(RULES.lowPrice) });
    }
    return reasons;
  });
}

function whatItIs({ kind }: Instrument): string {
  return kind === 'UNDERLYING' ? 'The stock' : 'The stock it is written on';
}
