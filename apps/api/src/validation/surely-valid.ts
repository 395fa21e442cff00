import { compiledValidator, type DtoClass, type SurelyValid } from './compiled-validator.js';

export type { DtoClass };

const COMPILED = new Map<DtoClass, SurelyValid | undefined>();

/** The compiled validator of a DTO class, made once; undefined where class-validator has to decide everything. */
export function surelyValid(dto: DtoClass): SurelyValid | undefined {
  if (!COMPILED.has(dto)) COMPILED.set(dto, compiledValidator(dto));
  return COMPILED.get(dto);
}
