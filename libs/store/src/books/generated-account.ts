import type { Position } from '@app/portfolio';
import { Decimal } from 'decimal.js';
import type { AccountDetails } from '../account.repository.js';
import type { BookMarket } from './book-market.js';
import { bookPositions } from './book-positions.js';
import { randomStream } from './random-stream.js';

/** Which accounts are generated. The same plan on the same market gives the same accounts. */
export interface BookPlan {
  readonly seed: number;
  /** Positions of every account. */
  readonly positions: number;
  /** Account by account in turn. */
  readonly desks: readonly string[];
  /** How many of the accounts have less equity than their requirement, 0 to 1. */
  readonly deficitShare: number;
  /** The market feed that prices them. */
  readonly feed: string;
}

/** What positions require and are worth, in dollars. */
export interface BookMargin {
  readonly requirement: Decimal;
  readonly marketValue: Decimal;
}

export interface GeneratedAccount {
  readonly details: AccountDetails;
  readonly positions: readonly Position[];
}

/** Every generated account's id begins with it, and no other's should. */
export const GENERATED_PREFIX = 'gen-';

/** Equity of an account that is no deficit, in dollars at least: FINRA's least for portfolio margin, and a little more. */
const EQUITY_AT_LEAST = 110_000;

export function generatedId(seed: number, index: number): string {
  return `${GENERATED_PREFIX}${seed}-${String(index).padStart(7, '0')}`;
}

/**
 * Account `index` of a plan, whatever the number of accounts; undefined where the market has too few instruments.
 * `margin` says what positions require, so that cash can be set to the equity wanted: 1.1 to 3 times the requirement,
 * or in deficit 0.4 to 0.9 times.
 */
export function generatedAccount(
  plan: BookPlan,
  market: BookMarket,
  margin: (positions: readonly Position[]) => BookMargin,
  index: number,
): GeneratedAccount | undefined {
  const random = randomStream(accountSeed(plan.seed, index));
  const held = bookPositions(market, plan.positions, random);
  if (held === undefined) return undefined;
  const positions = held.legs
    .map(({ symbol, quantity }) => ({ symbol, quantity: new Decimal(quantity) }))
    .sort((a, b) => (a.symbol < b.symbol ? -1 : 1));
  const { requirement, marketValue } = margin(positions);
  const isDeficit = random() < plan.deficitShare;
  const covered = requirement.times(isDeficit ? 0.4 + 0.5 * random() : 1.1 + 1.9 * random());
  const equity = isDeficit ? covered : Decimal.max(covered, EQUITY_AT_LEAST * (1 + random()));
  const details: AccountDetails = {
    id: generatedId(plan.seed, index),
    name: `Generated: ${held.style}`,
    desk: plan.desks[index % plan.desks.length],
    ...{ type: 'CUSTOMER', methodology: 'PORTFOLIO_MARGIN', strictVolatility: false, feed: plan.feed },
    cash: equity.minus(marketValue).toDecimalPlaces(2),
  };
  return { details, positions };
}

/** Neighbouring seeds and indices give streams that have nothing in common: both are spread over all 32 bits. */
function accountSeed(seed: number, index: number): number {
  return Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(index + 1, 0xc2b2ae35);
}
