import { ApiProperty } from '@nestjs/swagger';
import { canonicalSymbol } from '@app/market';
import { HOUSE_PARAMETERS, type HouseValue } from '@app/rules';
import { field } from '../fields/field.js';
import { LostRuleDto } from '../what-if/what-if-reply.dto.js';
import { HOUSE_VALUE_SCHEMA } from './house-value-field.js';

const SYMBOLS_MOST = 100;

const isSymbolList = (value: unknown): boolean =>
  typeof value === 'string' &&
  value.length <= SYMBOLS_MOST * 22 &&
  value.split(',').length <= SYMBOLS_MOST &&
  value.split(',').every((symbol) => canonicalSymbol(symbol) !== undefined);

export class EffectiveRulesQueryDto {
  @field(
    'symbols',
    {
      optional: true,
      description: `Symbols to be told about beside those held, with commas between; at most ${SYMBOLS_MOST}.`,
    },
    { type: 'string', maxLength: SYMBOLS_MOST * 22 },
    (value) => (isSymbolList(value) ? undefined : `must be at most ${SYMBOLS_MOST} symbols with commas between`),
  )
  symbols?: string;
}

export class EffectiveRuleDto {
  @ApiProperty({ enum: HOUSE_PARAMETERS })
  parameter!: string;

  @ApiProperty({
    ...HOUSE_VALUE_SCHEMA,
    description: 'A number, a yes or no, or several numbers by name.',
    example: -0.15,
  })
  value!: HouseValue;

  @ApiProperty({ enum: ['regulatory', 'house'] })
  source!: string;

  @ApiProperty({ type: String, nullable: true, description: 'The house rule that set it.' })
  ruleId!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Where the rule book says so; null for a house rule.' })
  citation!: string | null;

  @ApiProperty({ type: [LostRuleDto], description: 'House rules for the same number that did not set it, and why.' })
  lost!: readonly LostRuleDto[];
}

class ClassGroupRulesDto {
  @ApiProperty({ example: 'HLVN' })
  classGroup!: string;

  @ApiProperty({ example: 'EQUITY' })
  productClass!: string;

  @ApiProperty({ type: [EffectiveRuleDto], description: 'One line a number in force.' })
  rules!: readonly EffectiveRuleDto[];
}

class SymbolRulesDto {
  @ApiProperty({ example: 'HLVN' })
  symbol!: string;

  @ApiProperty({ type: [EffectiveRuleDto], description: 'One line a number in force.' })
  rules!: readonly EffectiveRuleDto[];
}

export class EffectiveRulesDto {
  @ApiProperty({ example: 'demo-short-strangle' })
  accountId!: string;

  @ApiProperty({
    format: 'date',
    description: 'The day they are in force on: that of the prices.',
    example: '2026-06-12',
  })
  asOf!: string;

  @ApiProperty({ description: 'The regulatory rules and every house rule in force.' })
  ruleSetVersion!: string;

  @ApiProperty({ type: [EffectiveRuleDto], description: 'Of the account as a whole.' })
  account!: readonly EffectiveRuleDto[];

  @ApiProperty({ type: [ClassGroupRulesDto], description: 'Of each class group held or asked about, in their order.' })
  classGroups!: readonly ClassGroupRulesDto[];

  @ApiProperty({ type: [SymbolRulesDto], description: 'Of each symbol held or asked about that a house rule binds.' })
  symbols!: readonly SymbolRulesDto[];

  @ApiProperty({ type: [String], description: 'Symbols that the prices do not have: their class group is not known.' })
  unknown!: readonly string[];
}
