import { ApiProperty } from '@nestjs/swagger';
import { HOUSE_PARAMETERS, HOUSE_RULE_SCOPES, type HouseValue } from '@app/rules';
import { PRODUCT_CLASSES } from './house-rule.dto.js';
import { HOUSE_VALUE_SCHEMA } from './house-value-field.js';

const RULE_STATES = ['PROPOSED', 'IN_FORCE', 'WITHDRAWN', 'REJECTED'] as const;
export type RuleState = (typeof RULE_STATES)[number];

const CHANGE_STATES = ['IN_FORCE', 'PROPOSED', 'APPROVED', 'REJECTED'] as const;
export type ReportedState = (typeof CHANGE_STATES)[number];

const NULLABLE_TEXT = { type: String, nullable: true } as const;

export class DecisionDto {
  @ApiProperty({ enum: ['APPROVED', 'REJECTED'] })
  outcome!: string;

  @ApiProperty({ type: 'integer', description: 'Number of the change that decided.', example: 12 })
  sequence!: number;

  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty({ description: 'Whom the key was given to.', example: 'Demo admin' })
  author!: string;

  @ApiProperty({ example: 'Agreed with the desk' })
  reason!: string;
}

export class ChangeDto {
  @ApiProperty({ type: 'integer', description: 'Number in the log, 1, 2, 3 … without a gap.', example: 11 })
  sequence!: number;

  @ApiProperty({ format: 'date-time', description: 'When it became known.' })
  at!: string;

  @ApiProperty({ description: 'What was done: rule.create, rule.amend, group.members, pack.switch …' })
  act!: string;

  @ApiProperty({ description: 'What it was done to: id of a rule or group, name of a pack, number of a change.' })
  subject!: string;

  @ApiProperty({
    enum: CHANGE_STATES,
    description: 'PROPOSED: it loosens something, and counts once another person has approved it.',
  })
  state!: ReportedState;

  @ApiProperty({ description: 'Id of the key that made it.' })
  authorKey!: string;

  @ApiProperty({ description: 'Whom the key was given to.', example: 'Demo risk' })
  author!: string;

  @ApiProperty({ example: 'Earnings season' })
  reason!: string;

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'The change itself, by its act.' })
  content!: object;

  @ApiProperty({ type: DecisionDto, nullable: true, description: 'Of a proposal that was decided.' })
  decision!: DecisionDto | null;
}

export class WrittenChangeDto extends ChangeDto {
  @ApiProperty({ description: 'Hash of the change before; 64 zeros of the first.' })
  previousHash!: string;

  @ApiProperty({
    description:
      'SHA-256 over the change and the hash before: kept elsewhere, it proves later that nothing was altered.',
  })
  hash!: string;
}

export class ChangeListDto {
  @ApiProperty({ type: [ChangeDto], description: 'The latest first.' })
  items!: readonly ChangeDto[];

  @ApiProperty({ ...NULLABLE_TEXT, description: 'Opaque: asks for the next page; null on the last.' })
  nextCursor!: string | null;
}

export class RulePeriodDto {
  @ApiProperty({
    ...HOUSE_VALUE_SCHEMA,
    description: 'A number, a yes or no, or several numbers by name.',
    example: -0.2,
  })
  value!: HouseValue;

  @ApiProperty({ format: 'date', description: 'First exchange date in force.', example: '2026-06-01' })
  effectiveFrom!: string;

  @ApiProperty({ ...NULLABLE_TEXT, format: 'date', description: 'Last one, inclusive; null: no end.' })
  effectiveTo!: string | null;
}

export class StoredHouseRuleDto extends RulePeriodDto {
  @ApiProperty({ example: '5b9b7a44-8f1f-4c0e-9c39-0d4f6d1f7d10' })
  ruleId!: string;

  @ApiProperty({
    type: 'integer',
    description: 'Changes made or proposed so far; also the ETag. 0 of a rule of a pack.',
  })
  version!: number;

  @ApiProperty({ enum: RULE_STATES, description: 'IN_FORCE: in the book, on its days.' })
  state!: RuleState;

  @ApiProperty({ enum: HOUSE_RULE_SCOPES })
  scope!: string;

  @ApiProperty({ ...NULLABLE_TEXT, description: 'Of scope GROUP.' })
  groupId!: string | null;

  @ApiProperty({ ...NULLABLE_TEXT, description: 'Of scope ACCOUNT.' })
  accountId!: string | null;

  @ApiProperty({ type: String, enum: PRODUCT_CLASSES, nullable: true, description: 'Null: all.' })
  productClass!: string | null;

  @ApiProperty({ ...NULLABLE_TEXT, description: 'Null: all.' })
  classGroup!: string | null;

  @ApiProperty({ ...NULLABLE_TEXT, description: 'Null: all.' })
  symbol!: string | null;

  @ApiProperty({ enum: HOUSE_PARAMETERS })
  parameter!: string;

  @ApiProperty({ ...NULLABLE_TEXT, description: 'The pack it is of.' })
  pack!: string | null;
}

export class HouseRuleListDto {
  @ApiProperty({ type: [StoredHouseRuleDto], description: 'In the order of their ids.' })
  items!: readonly StoredHouseRuleDto[];

  @ApiProperty({ type: 'integer', description: 'Number of the last change that is counted.', example: 11 })
  sequence!: number;

  @ApiProperty({ ...NULLABLE_TEXT, description: 'Opaque: asks for the next page; null on the last.' })
  nextCursor!: string | null;
}

export class HouseRuleHistoryDto extends StoredHouseRuleDto {
  @ApiProperty({ type: [RulePeriodDto], description: 'The values in the book, the earliest first.' })
  periods!: readonly RulePeriodDto[];

  @ApiProperty({ type: [ChangeDto], description: 'Every change made or proposed, the oldest first.' })
  changes!: readonly ChangeDto[];
}

export class AccountGroupDto {
  @ApiProperty({ example: 'hedge-funds' })
  id!: string;

  @ApiProperty({ example: 'Hedge funds' })
  name!: string;

  @ApiProperty({ type: 'integer', description: 'Changes made or proposed so far; also the ETag.', example: 1 })
  version!: number;

  @ApiProperty({ type: [String], description: 'Ids of accounts, in order.', example: ['demo-short-strangle'] })
  members!: readonly string[];
}

export class AccountGroupListDto {
  @ApiProperty({ type: [AccountGroupDto], description: 'In the order of their ids.' })
  items!: readonly AccountGroupDto[];

  @ApiProperty({ ...NULLABLE_TEXT, description: 'Opaque: asks for the next page; null on the last.' })
  nextCursor!: string | null;
}
