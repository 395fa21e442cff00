import { type CalendarDate, osiSymbolText } from '@app/market';

/** The symbol of a call of the demo: roots are the underlyings' tickers. */
export function call(root: string, expiry: CalendarDate, strike: number): string {
  return osiSymbolText({ root, expiry, right: 'CALL', strike });
}

export function put(root: string, expiry: CalendarDate, strike: number): string {
  return osiSymbolText({ root, expiry, right: 'PUT', strike });
}
