import type { ValidationError } from 'class-validator';
import { jsonPointer } from '../json-body/json-pointer.js';
import { type FieldError, MAX_FIELD_ERRORS } from '../problem.js';

/** class-validator names constraints in camelCase; codes are snake_case. */
const snakeCase = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

type Path = readonly (string | number)[];

/** One error per broken constraint, but only one where the field is simply not there. */
function ownErrors({ constraints = {}, value, property }: ValidationError, path: Path): FieldError[] {
  const pointer = jsonPointer(path);
  if ('whitelistValidation' in constraints) {
    // class-validator's own text repeats the name, which is the caller's.
    return [{ pointer, code: 'field.unknown', detail: 'There is no such field.' }];
  }
  const broken = Object.entries(constraints);
  if (broken.length > 0 && value === undefined) {
    return [{ pointer, code: 'field.required', detail: `${property} is required.` }];
  }
  return broken.map(([name, detail]) => ({ pointer, code: `field.${snakeCase(name)}`, detail }));
}

function collect(errors: readonly ValidationError[], path: Path, inList: boolean, found: FieldError[]): void {
  for (const error of errors) {
    if (found.length > MAX_FIELD_ERRORS) return;
    const here = [...path, inList ? Number(error.property) : error.property];
    found.push(...ownErrors(error, here));
    collect(error.children ?? [], here, Array.isArray(error.value), found);
  }
}

/** class-validator's tree of errors as a list with pointers, in the order of the DTO's fields. */
export function fieldErrors(errors: readonly ValidationError[]): FieldError[] {
  const found: FieldError[] = [];
  collect(errors, [], false, found);
  return found;
}
