/** Which regime decides about an account. */
export type Methodology = 'PORTFOLIO_MARGIN' | 'REG_T';

/** Which parts of an answer the caller asked for. */
export const INCLUDES = [
  ...(['classGroups', 'scenarios', 'positions', 'regulatory', 'regT'] as const),
  ...(['attribution', 'distance', 'worstFill'] as const),
] as const;
export type Include = (typeof INCLUDES)[number];

export const DEFAULT_INCLUDE: readonly Include[] = ['classGroups', 'regulatory'];

/** Of a question that names no parts. */
export function defaultInclude(methodology: Methodology): readonly Include[] {
  return methodology === 'REG_T' ? ['regT'] : DEFAULT_INCLUDE;
}

/** Parts of an answer that only portfolio margin has; the worst fill is the account's own regime's. */
const PORTFOLIO_MARGIN_PARTS: readonly Include[] = INCLUDES.filter((part) => part !== 'regT' && part !== 'worstFill');

export function asksPortfolioMargin(methodology: Methodology, include: readonly Include[]): boolean {
  return methodology === 'PORTFOLIO_MARGIN' || include.some((part) => PORTFOLIO_MARGIN_PARTS.includes(part));
}

export function asksRegT(methodology: Methodology, include: readonly Include[]): boolean {
  return methodology === 'REG_T' || include.includes('regT');
}
