import { type ArgumentMetadata, Injectable, type PipeTransform, ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import type { Problem } from '../problem.js';
import { badRequest, invalidFields } from '../problems.js';
import { type DtoClass, surelyValid } from './surely-valid.js';
import { withoutSurplus } from './surplus-items.js';
import { fieldErrors } from './field-errors.js';

/** class-validator, strictly: unknown fields are errors, and every error is reported. */
export const CLASS_VALIDATOR = new ValidationPipe({
  transform: true,
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: false,
  stopAtFirstError: false,
  validationError: { target: false, value: true }, // absent and wrong, and lists and objects, are told apart by value
  exceptionFactory: (errors: ValidationError[]) => invalidFields(fieldErrors(errors)),
});

const NOT_VALIDATED = new Set<unknown>([undefined, String, Boolean, Number, Array, Object, Buffer, Date]);

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * `value` where it is what the DTO class asks for. It comes out as it came in, a plain object: a DTO carries no
 * behaviour, and building instances costs more than all the rest of a request. (A DTO that asks class-transformer for
 * a change, by `@Transform`, `@Type(() => Number)` or a default, comes out as class-transformer makes it.)
 * @throws Problem 400 with every offending field.
 */
export function validated<T extends object>(
  dto: new () => T,
  value: unknown,
  type: ArgumentMetadata['type'] = 'body',
): T | Promise<T> {
  const compiled = surelyValid(dto);
  if (compiled?.(value)) return value as T;
  if (!isObject(value)) throw notAnObject();
  const asked = CLASS_VALIDATOR.transform(withoutSurplus(dto, value), { type, metatype: dto }) as Promise<T>;
  // Returned as it came also where class-validator decided, so that both ways give the same value.
  return compiled === undefined ? asked : asked.then(() => value as T);
}

function notAnObject(): Problem {
  const detail = 'A JSON object is expected.';
  return badRequest('request.invalid', detail, [{ pointer: '', code: 'field.is_object', detail }]);
}

/** Validates every parameter of a handler whose type is a DTO class. */
@Injectable()
export class DtoPipe implements PipeTransform {
  transform(value: unknown, { metatype, type }: ArgumentMetadata): unknown {
    if (type === 'custom' || NOT_VALIDATED.has(metatype)) return value;
    return validated(metatype as DtoClass, value, type);
  }
}
