import type { HouseRule } from './house-rule.js';
import type { RegulatoryRules } from './regulatory-rules.js';

/** Characters of rule names a version carries before it carries their digest. */
const NAMES_LENGTH = 120;

/** Names the regulatory numbers and every house rule in force; many of them by number and digest. */
export function ruleSetVersion(
  book: RegulatoryRules,
  inForce: readonly HouseRule[],
  digestOf?: (text: string) => string,
): string {
  const sorted = inForce.toSorted((a, b) => (a.ruleId < b.ruleId ? -1 : 1));
  const names = sorted.map(({ ruleId }) => ruleId).join('+');
  if (names === '') return book.version;
  if (digestOf === undefined || names.length <= NAMES_LENGTH) return `${book.version}+${names}`;
  return `${book.version}+${sorted.length} house rules ${digestOf(JSON.stringify(sorted))}`;
}
