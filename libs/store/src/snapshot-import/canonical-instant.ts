import { exchangeDate } from '@app/market';

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?(?:Z|[+-]\d\d:\d\d)$/;

/** An RFC 3339 instant as UTC with milliseconds; `undefined` for anything else. */
export function canonicalInstant(text: string): string | undefined {
  const instant = new Date(text);
  if (!INSTANT.test(text) || Number.isNaN(instant.getTime())) return undefined;
  const canonical = instant.toISOString();
  // A date that rolls over (30 February) is no date, in whichever zone it stands.
  const offset = /([+-])(\d\d):(\d\d)$/.exec(text);
  const minutes = offset ? Number(`${offset[1]}1`) * (Number(offset[2]) * 60 + Number(offset[3])) : 0;
  const local = new Date(instant.getTime() + minutes * 60_000).toISOString();
  return local.startsWith(text.slice(0, 19)) && isExchangeDate(canonical) ? canonical : undefined;
}

/** Within the years that calendar dates have here. */
function isExchangeDate(instant: string): boolean {
  return /^(?:19|20|21)\d\d-/.test(exchangeDate(instant));
}
