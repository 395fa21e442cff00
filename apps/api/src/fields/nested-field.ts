import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiProperty, type ApiPropertyOptions, getSchemaPath } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsObject, ValidateNested } from 'class-validator';
import type { DtoClass } from '../validation/compiled-validator.js';
import { type FieldOptions, listRules, presence } from './field.js';

/**
 * An object of a DTO class of its own, or a list of them. `dto` is a function because the class may be declared later.
 * Beside ValidateNested it asks for an object: alone, that takes an array in an object's place, and arrays of arrays.
 */
export function NestedField(dto: () => DtoClass, options: FieldOptions): PropertyDecorator {
  const { list } = options;
  const each = list !== undefined;
  return applyDecorators(
    documented(dto, options),
    ...presence(options),
    ...listRules(list),
    IsObject({ each }),
    ValidateNested({ each }),
    Type(dto),
  );
}

function documented(dto: () => DtoClass, options: FieldOptions): PropertyDecorator {
  const { description, example, optional = false, nullable = false, list } = options;
  const common = { description, required: !optional, ...(example === undefined ? {} : { examples: [example] }) };
  if (!nullable) {
    return ApiProperty({ ...common, type: dto, ...(list ? { isArray: true, ...list } : {}) } as ApiPropertyOptions);
  }
  return (target, key) => {
    ApiExtraModels(dto())(target.constructor);
    const reference = { $ref: getSchemaPath(dto()) };
    const one = list ? { type: 'array', items: reference, ...list } : reference;
    ApiProperty({ ...common, oneOf: [one, { type: 'null' }] } as unknown as ApiPropertyOptions)(target, key);
  };
}
