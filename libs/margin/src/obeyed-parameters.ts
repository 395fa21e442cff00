import { HOUSE_PARAMETERS } from '@app/rules';

/** The house's numbers that a margin calculation heeds: every one there is. */
export const OBEYED_PARAMETERS = HOUSE_PARAMETERS;
