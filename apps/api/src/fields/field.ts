import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, ValidateBy, type ValidationArguments } from 'class-validator';
import { MayBeAbsent, MayBeNull } from '../validation/plain-condition.js';

/** What the author of a DTO says about a field; the rest (type, pattern, validation) the decorator knows. */
export interface FieldOptions {
  /** Meaning, unit and sign. */
  readonly description: string;
  readonly example?: unknown;
  /** The field may be left out. */
  readonly optional?: boolean;
  /** The field may be null, which the description explains. */
  readonly nullable?: boolean;
  /** A list of such values. */
  readonly list?: ListOptions;
}

export interface ListOptions {
  readonly minItems?: number;
  readonly maxItems: number;
}

/** JSON schema (OpenAPI 3.1) of one value. */
export type Schema = Readonly<Record<string, unknown>>;

/** Undefined where `value` is right, otherwise what is wrong with it: a sentence without the value itself. */
export type Fault = (value: unknown) => string | undefined;

/** What the constraint of a list field carries. */
export interface ItemContext {
  readonly itemFault: Fault;
}

export function presence({ optional = false, nullable = false }: FieldOptions): PropertyDecorator[] {
  return [...(optional ? [MayBeAbsent()] : []), ...(nullable ? [MayBeNull()] : [])];
}

export function listRules(list: ListOptions | undefined): PropertyDecorator[] {
  if (list === undefined) return [];
  return [IsArray(), ArrayMinSize(list.minItems ?? 0), ArrayMaxSize(list.maxItems)];
}

function documented(options: FieldOptions, schema: Schema): PropertyDecorator {
  const { description, example, optional = false, nullable = false, list } = options;
  const one: Schema = list === undefined ? schema : { type: 'array', items: schema, ...list };
  const forms = Array.isArray(one.oneOf) ? (one.oneOf as Schema[]) : [one];
  const all = nullable ? { oneOf: [...forms, { type: 'null' }] } : one;
  // `example` and not JSON Schema's `examples`: of a query parameter that would be a map, and invalid as a list.
  const stated = example === undefined ? {} : { example };
  // Swagger's own option type knows fewer forms of schema than OpenAPI 3.1 has.
  return ApiProperty({ description, required: !optional, ...stated, ...all } as unknown as ApiPropertyOptions);
}

/**
 * A field's validation and documentation in one decorator. `name` becomes the error's code (`field.<name>`).
 * Where the value is a list, `fault` judges each item.
 */
export function field(name: string, options: FieldOptions, schema: Schema, fault: Fault): PropertyDecorator {
  const each = options.list !== undefined;
  const sentence = ({ property, value }: ValidationArguments): string => {
    const wrong: unknown =
      each && Array.isArray(value) ? (value as unknown[]).find((item) => fault(item) !== undefined) : value;
    return `${each ? `Each item of ${property}` : property} ${fault(wrong) ?? 'is not as expected'}.`;
  };
  const validator = { validate: (value: unknown) => fault(value) === undefined, defaultMessage: sentence };
  return applyDecorators(
    documented(options, schema),
    ...presence(options),
    ...listRules(options.list),
    // With the judgement of one item a list's errors can name the items.
    ValidateBy({ name, validator }, { each, ...(each && { context: { itemFault: fault } satisfies ItemContext }) }),
  );
}
