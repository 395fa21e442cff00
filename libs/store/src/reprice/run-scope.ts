import { escapeLiteral } from 'pg';
import type { RepriceScope } from '../generated/client.js';

/** Which accounts a run is about. */
export interface RunScope {
  readonly scope: RepriceScope;
  /** The one desk of a DESK run. */
  readonly desk: string | null;
  /** The accounts of a LIST run. */
  readonly accountIds: readonly string[];
}

/** The condition on `accounts a`: in scope, and priced by the run's feed. COPY takes no parameters, so values stand in it. */
export function scopeCondition({ scope, desk, accountIds }: RunScope, feed: string): string {
  const conditions = [`(a.feed IS NULL OR a.feed = ${escapeLiteral(feed)})`];
  if (scope === 'DESK') conditions.push(`a.desk = ${escapeLiteral(desk ?? '')}`);
  if (scope === 'LIST') conditions.push(`a.id IN (${accountIds.map((id) => escapeLiteral(id)).join(', ')})`);
  return conditions.join(' AND ');
}
