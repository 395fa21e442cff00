export function quantLibComparison() {
  console.log('QuantLib: skipped, libquantlib0-dev is not installed.');
  return null;
}
