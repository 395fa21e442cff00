import { Transform, Type } from 'class-transformer';
import {
  Allow,
  ArrayMaxSize,
  IsArray,
  IsDefined,
  IsEnum,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  Min,
  registerDecorator,
  ValidateIf,
  ValidateNested,
  type ValidationArguments,
} from 'class-validator';
import * as fc from 'fast-check';
import { ChoiceField, FlagField } from '../fields/choice-field.js';
import { CalendarDateField, InstantField } from '../fields/date-fields.js';
import { DecimalField } from '../fields/decimal-field.js';
import { NestedField } from '../fields/nested-field.js';
import { NumberField } from '../fields/number-field.js';
import { IdField, SymbolField, TextField } from '../fields/text-fields.js';
import { compiledValidator, type DtoClass } from './compiled-validator.js';
import { CLASS_VALIDATOR } from './dto.pipe.js';

/** A validator that looks at the object around its value. */
const NotSameAs = (other: string) => (target: object, propertyName: string) =>
  registerDecorator({
    name: 'notSameAs',
    target: target.constructor,
    propertyName,
    validator: {
      validate: (value: unknown, args: ValidationArguments) =>
        value !== (args.object as Record<string, unknown>)[other],
    },
  });

enum Colour {
  Red = 'RED',
  Blue = 'BLUE',
}

class LegDto {
  @SymbolField({ description: '' }) symbol!: string;
  @DecimalField({ description: '', positive: true, whole: true }) ratioQty!: string | number;
  @ChoiceField({ description: '', choices: ['BUY', 'SELL'] }) side!: string;
}

class OrderDto {
  @IdField({ description: '' }) clOrdId!: string;
  @DecimalField({ description: '', optional: true, nullable: true }) price?: string | null;
  @NestedField(() => LegDto, { description: '', list: { minItems: 1, maxItems: 3 } }) legs!: LegDto[];
  @TextField({ description: '', maxLength: 5, optional: true, list: { maxItems: 2 } }) notes?: string[];
}

class BookDto {
  @NestedField(() => OrderDto, { description: '', list: { maxItems: 4 } }) orders!: OrderDto[];
  @NestedField(() => LegDto, { description: '', optional: true, nullable: true }) hedge?: LegDto | null;
  @NumberField({ description: '', min: -1, max: 1, list: { maxItems: 4 }, optional: true }) moves?: number[];
  @FlagField({ description: '', optional: true }) strict?: boolean;
  @CalendarDateField({ description: '', optional: true }) date?: string;
  @InstantField({ description: '', optional: true }) asOf?: string;
}

/** class-validator's own decorators, in the ways people combine them. */
class StockItemDto {
  @IsString() @MaxLength(4) name!: string;
  @IsOptional() @IsInt() @Min(0) count?: number;
  @IsEnum(Colour) colour!: Colour;
}

class StockBaseDto {
  @IsString() @Matches(/^a/) code!: string;
  @Allow() anything?: unknown;
}

class StockDto extends StockBaseDto {
  @ValidateNested() @Type(() => StockItemDto) one!: StockItemDto;
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(3)
  @ValidateNested({ each: true })
  @Type(() => StockItemDto)
  many?: StockItemDto[];
  @IsIn([1, 2], { each: true }) @IsOptional() numbers?: number[];
  @IsDefined() defined!: unknown;
  @IsObject() @IsOptional() loose?: object;
}

class TreeDto {
  @IsInt() value!: number;
  @IsOptional() @IsArray() @ValidateNested({ each: true }) @Type(() => TreeDto) children?: TreeDto[];
}

class SurroundingsDto {
  @IsString() from!: string;
  @IsString() @NotSameAs('from') to!: string;
}

const leg = { symbol: 'IBM   070421C00100000', ratioQty: '1', side: 'SELL' };
const item = { name: 'abc', count: 1, colour: 'RED' };
const VALID: [string, DtoClass, object][] = [
  [
    'own fields',
    BookDto,
    {
      orders: [
        { clOrdId: 'T-1', price: '1.68', legs: [leg, { symbol: 'IBM', ratioQty: 100, side: 'BUY' }] },
        { clOrdId: 'T-2', price: null, legs: [leg], notes: ['a', 'b'] },
      ],
      hedge: leg,
      moves: [-0.15, 0, 0.15],
      strict: true,
      date: '2026-02-28',
      asOf: '2026-02-28T21:00:00.000Z',
    },
  ],
  [
    "class-validator's decorators",
    StockDto,
    { code: 'abc', anything: { a: [1] }, one: item, many: [item, item], numbers: [1, 2], defined: 0, loose: { x: 1 } },
  ],
  [
    'a class that contains itself',
    TreeDto,
    { value: 1, children: [{ value: 2, children: [{ value: 3 }] }, { value: 4 }] },
  ],
];

/** Every place of a value that something can be put into. */
function places(value: unknown): { readonly holder: Record<string, unknown>; readonly key: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...places(holder[key])]);
}

/** Not structuredClone: under Jest its objects have another realm's prototype, and so count as classes. */
const copy = (value: object): unknown => JSON.parse(JSON.stringify(value));

const prototypeless = (value: object): object => Object.assign(Object.create(null) as object, value);
/** Made anew each time: mutations change what they are given. No Set or Map: JSON has none, and they become lists. */
const oddity = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    undefined,
    '',
    0,
    -0,
    NaN,
    Infinity,
    1e308,
    0.1,
    true,
    'RED',
    'abc',
    'IBM',
    '1',
    '-0',
    '1e5',
  ),
  fc.constantFrom<unknown>('2026-02-30', '2026-02-28T24:00:00Z', Symbol.iterator),
  fc
    .constantFrom<() => unknown>(
      () => [],
      () => ({}),
      () => [[]],
      () => [null],
      () => new Date(0),
      () => () => 1,
    )
    .map((make) => make()),
  fc.jsonValue({ maxDepth: 2 }),
  fc.string(),
  fc.double(),
);
const mutation = fc.record({
  at: fc.nat(),
  how: fc.constantFrom('put', 'drop', 'wrap', 'unwrap', 'add', 'copy', 'prototypeless', 'class', 'own proto'),
  odd: oddity,
  name: fc.constantFrom('x', 'constructor', 'toString', 'symbol', 'value', 'legs', 'name'),
});
type Mutation = typeof mutation extends fc.Arbitrary<infer T> ? T : never;

function mutate(root: { value: unknown }, { at, how, odd, name }: Mutation): void {
  const all = places(root);
  if (all.length === 0) return;
  if (all.length === 0) return;
  const { holder, key } = all[at % all.length];
  const old = holder[key];
  const object = typeof old === 'object' && old !== null ? old : undefined;
  if (how === 'put') holder[key] = odd;
  else if (how === 'drop') delete holder[key];
  else if (how === 'wrap') holder[key] = [old];
  else if (how === 'unwrap') holder[key] = Array.isArray(old) ? old[0] : odd;
  else if (how === 'copy' && Array.isArray(old)) old.push(...[...(old as unknown[])].slice(0, 3));
  else if (object === undefined) return;
  else if (how === 'add') (object as Record<string, unknown>)[name] = odd;
  else if (how === 'prototypeless') holder[key] = prototypeless(object);
  else if (how === 'class') holder[key] = Object.assign(new LegDto(), object);
  else if (how === 'own proto')
    Object.defineProperty(object, '__proto__', { value: odd, enumerable: true, configurable: true, writable: true });
}

const accepts = (dto: DtoClass, value: unknown): Promise<boolean> =>
  CLASS_VALIDATOR.transform(value, { type: 'body', metatype: dto }).then(
    () => true,
    () => false,
  ) as Promise<boolean>;

describe.each(VALID)('a validator compiled from %s', (_name, dto, valid) => {
  const surelyValid = compiledValidator(dto);

  it('knows a valid body', () => expect(surelyValid?.(copy(valid))).toBe(true));

  it('never accepts what class-validator refuses', async () => {
    const both = { accepted: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 3 }), async (mutations) => {
        const root = { value: copy(valid) };
        for (const each of mutations) mutate(root, each);
        const compiled = surelyValid?.(root.value); // first: the other one changes what it is given
        const real = await accepts(dto, root.value);
        if (compiled) expect(real).toBe(true);
        if (compiled && real) both.accepted++;
        if (!compiled && !real) both.refused++;
      }),
      { numRuns: 3000, seed: 4210 },
    );
    // Neither side of the comparison may be empty.
    expect(both.accepted).toBeGreaterThan(100);
    expect(both.refused).toBeGreaterThan(1000);
  });
});

describe('compiledValidator', () => {
  it('leaves to class-validator what it does not understand', () => {
    class Transformed {
      @Transform(({ value }) => String(value)) @IsString() a!: string;
    }
    class Converted {
      @Type(() => Number) @IsInt() a!: number;
    }
    class WithDefault {
      @IsInt() a = 1;
    }
    class WithoutRules {
      a!: string;
    }
    class HalfRuled {
      @IsInt() a!: number;
      b?: string;
    }
    class OwnCondition {
      @ValidateIf((object: OwnCondition) => object.b === 1) @IsInt() a!: number;
      @IsInt() b!: number;
    }
    class Untyped {
      @ValidateNested() a!: object;
    }
    for (const dto of [Transformed, Converted, WithDefault, WithoutRules, HalfRuled, OwnCondition, Untyped]) {
      expect([dto.name, compiledValidator(dto)]).toEqual([dto.name, undefined]);
    }
  });

  it('does not know where a validator looks at the object around its value', async () => {
    const surelyValid = compiledValidator(SurroundingsDto);
    expect(surelyValid?.({ from: 'a', to: 'b' })).toBe(false);
    expect(await accepts(SurroundingsDto, { from: 'a', to: 'b' })).toBe(true);
    expect(await accepts(SurroundingsDto, { from: 'a', to: 'a' })).toBe(false);
  });
});
