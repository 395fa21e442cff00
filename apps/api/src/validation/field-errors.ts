import type { ValidationError } from 'class-validator';
import type { ItemContext } from '../fields/field.js';
import { jsonPointer } from '../json-body/json-pointer.js';
import { type FieldError, MAX_FIELD_ERRORS } from '../problem.js';

/** class-validator names constraints in camelCase; codes are snake_case. */
const snakeCase = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

type Path = readonly (string | number)[];

/** One error per broken constraint, but only one where the field is simply not there. */
function ownErrors(error: ValidationError, path: Path): FieldError[] {
  const { constraints = {}, property } = error;
  const pointer = jsonPointer(path);
  if ('whitelistValidation' in constraints) {
    // class-validator's own text repeats the name, which is the caller's.
    return [{ pointer, code: 'field.unknown', detail: 'There is no such field.' }];
  }
  const broken = Object.entries(constraints);
  if (broken.length > 0 && error.value === undefined) {
    return [{ pointer, code: 'field.required', detail: `${property} is required.` }];
  }
  return broken.flatMap(([name, detail]) => {
    const code = `field.${snakeCase(name)}`;
    const items = itemErrors(error, name, code, path);
    return items.length > 0 ? items : [{ pointer, code, detail }];
  });
}

/** One error per item at fault, where the constraint can judge a single item. */
function itemErrors(
  { contexts, value, property }: ValidationError,
  name: string,
  code: string,
  path: Path,
): FieldError[] {
  const { itemFault } = (contexts?.[name] ?? {}) as Partial<ItemContext>;
  if (itemFault === undefined || !Array.isArray(value)) return [];
  return value.flatMap((item: unknown, index) => {
    const fault = itemFault(item);
    return fault === undefined
      ? []
      : [{ pointer: jsonPointer([...path, index]), code, detail: `${property} ${fault}.` }];
  });
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
