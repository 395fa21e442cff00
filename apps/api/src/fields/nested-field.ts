import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
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
  return ApiProperty({
    description,
    required: !optional,
    ...(example === undefined ? {} : { example }),
    type: () => dto(), // swagger takes a function for a class that is not there yet only by the name `type`
    ...(list ? { isArray: true, ...list } : {}),
    ...(nullable ? { nullable: true } : {}), // becomes a null alternative in OpenAPI 3.1
  } as ApiPropertyOptions);
}
