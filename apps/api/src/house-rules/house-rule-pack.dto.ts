import { ApiProperty } from '@nestjs/swagger';
import { HOUSE_PARAMETERS, type HouseValue } from '@app/rules';
import { PRODUCT_CLASSES } from './house-rule.dto.js';
import { HOUSE_VALUE_SCHEMA } from './house-value-field.js';

const NULLABLE_TEXT = { type: String, nullable: true, description: 'Null: all.' } as const;

export class PackRuleDto {
  @ApiProperty({ example: 'ibkr.1' })
  ruleId!: string;

  @ApiProperty({ enum: HOUSE_PARAMETERS })
  parameter!: string;

  @ApiProperty({
    ...HOUSE_VALUE_SCHEMA,
    description: 'A number, a yes or no, or several numbers by name.',
    example: 0.15,
  })
  value!: HouseValue;

  @ApiProperty({ ...NULLABLE_TEXT, enum: PRODUCT_CLASSES })
  productClass!: string | null;

  @ApiProperty(NULLABLE_TEXT)
  classGroup!: string | null;

  @ApiProperty(NULLABLE_TEXT)
  symbol!: string | null;

  @ApiProperty({ description: 'Where it is published.' })
  citation!: string;
}

export class UnexpressedRuleDto {
  @ApiProperty({ description: 'What the broker publishes, and where.' })
  published!: string;

  @ApiProperty({ description: 'Why no rule says it here.' })
  why!: string;
}

export class HouseRulePackDto {
  @ApiProperty({ example: 'ibkr' })
  name!: string;

  @ApiProperty({ example: 'Interactive Brokers, portfolio margin as published' })
  title!: string;

  @ApiProperty({ description: 'Whether its rules are in the book.' })
  enabled!: boolean;

  @ApiProperty({ type: [PackRuleDto], description: 'What it sets, each with its source.' })
  rules!: readonly PackRuleDto[];

  @ApiProperty({ type: [UnexpressedRuleDto], description: 'What is published beside, and not set.' })
  unexpressed!: readonly UnexpressedRuleDto[];
}

export class HouseRulePackListDto {
  @ApiProperty({ type: [HouseRulePackDto], description: 'All of them.' })
  items!: readonly HouseRulePackDto[];
}
