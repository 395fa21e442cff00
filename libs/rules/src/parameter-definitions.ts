import { ACCOUNT_PARAMETERS } from './account-parameters.js';
import { CLASS_GROUP_PARAMETERS } from './class-group-parameters.js';
import type { ParameterDefinition } from './parameter-definition.js';
import { SYMBOL_PARAMETERS } from './symbol-parameters.js';

const DEFINITIONS = { ...CLASS_GROUP_PARAMETERS, ...ACCOUNT_PARAMETERS, ...SYMBOL_PARAMETERS };

export type HouseParameter = keyof typeof DEFINITIONS;

/** Every number a house may tighten. */
export const PARAMETER_DEFINITIONS: Readonly<Record<HouseParameter, ParameterDefinition>> = DEFINITIONS;

export const HOUSE_PARAMETERS = Object.keys(DEFINITIONS) as readonly HouseParameter[];

export function isHouseParameter(text: string): text is HouseParameter {
  return Object.hasOwn(DEFINITIONS, text);
}
