import { osiSymbol } from './osi-symbol.js';

/** Shorter than the shortest unpadded option symbol (16), so that no text can be both. */
const TICKER = /^[A-Z0-9][A-Z0-9.\-/^]{0,14}$/;

/** A share, ETF, index or future: capital letters and digits, with the marks of share classes (`BRK.B`, `BRK-B`). */
export function isTicker(text: string): boolean {
  return TICKER.test(text);
}

/** The one spelling under which an instrument is known: padded OSI, or the ticker; `undefined` for neither. */
export function canonicalSymbol(text: string): string | undefined {
  return osiSymbol(text)?.symbol ?? (isTicker(text) ? text : undefined);
}
