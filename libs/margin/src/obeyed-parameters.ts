import type { HouseParameter } from '@app/rules';

/** The house's numbers that a margin calculation heeds: a rule for any other may not be taken, it would change nothing. */
export const OBEYED_PARAMETERS = [
  'priceMove.down',
  'priceMove.up',
  'minimumCharge',
] as const satisfies readonly HouseParameter[];
