/** Cents as text, however many, as dollars: `"-1234"` is `"-12.34"`. Sums over a firm are larger than exact numbers. */
export function dollarsOfCents(cents: string): string {
  const isNegative = cents.startsWith('-');
  const digits = cents.slice(isNegative ? 1 : 0).padStart(3, '0');
  return `${isNegative ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** The difference of two such amounts, in dollars. */
export function difference(a: string, b: string): string {
  return dollarsOfCents(String(BigInt(a) - BigInt(b)));
}
