import type { Cited } from './cited.js';

/** How a member watches its portfolio-margin accounts, which decides the equity it asks for. */
export const EQUITY_TIERS = ['REAL_TIME_MONITORING', 'INTRADAY_MONITORING', 'EXECUTED_AWAY'] as const;
export type EquityTier = (typeof EQUITY_TIERS)[number];

/** What an account and its positions must be before they can be margined as a portfolio. */
export interface EligibilityRules {
  /** Least equity in dollars. Interpretations of FINRA's, not rule text: a member may ask for more. */
  readonly minimumEquity: Readonly<Record<EquityTier, Cited<number>>>;
  readonly retirementAccounts: Cited<boolean>;
  /** Whether everyone who trades in the account must be approved for uncovered options, and must have been told of the risk. */
  readonly uncoveredOptionApproval: Cited<boolean>;
  readonly disclosure: Cited<boolean>;
  /** Dollars per share under which members leave a stock to the strategy-based rules: a convention, no rule. */
  readonly lowPrice: Cited<number>;
  /** Whether stock without loan value may be margined as part of a portfolio. */
  readonly nonMarginStock: Cited<boolean>;
}

export const PORTFOLIO_MARGIN_ELIGIBILITY: EligibilityRules = {
  minimumEquity: {
    REAL_TIME_MONITORING: {
      value: 100_000,
      citation: 'FINRA 4210(g), interpretation: accounts monitored in real time during the day',
      status: 'from memory',
    },
    INTRADAY_MONITORING: {
      value: 150_000,
      citation: 'FINRA 4210(g), interpretation: introduced accounts, monitored during the day',
      status: 'from memory',
    },
    EXECUTED_AWAY: {
      value: 500_000,
      citation: 'FINRA, portfolio margin FAQ: trades executed away and reported at the end of the day',
      status: 'secondary',
    },
  },
  retirementAccounts: {
    value: false,
    citation: 'FINRA 4210(g): "shall not apply to Individual Retirement Accounts"',
    status: 'verified',
  },
  uncoveredOptionApproval: {
    value: true,
    citation: 'FINRA 4210(g)(5), Rule 2360: approval for uncovered short options',
    status: 'verified',
  },
  disclosure: {
    value: true,
    citation: 'FINRA Rule 2360, Notice to Members 07-14: special written disclosure statement, acknowledged',
    status: 'verified',
  },
  lowPrice: {
    value: 5,
    citation: 'Convention of members (published by Schwab): stocks under $5 stay on strategy-based terms',
    status: 'verified',
  },
  nonMarginStock: {
    value: false,
    citation: 'FINRA 4210(g)(6)(B)(i): margin equity securities only',
    status: 'from memory',
  },
};
