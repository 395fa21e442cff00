import { ApiProperty } from '@nestjs/swagger';
import { AccountIdField } from '../fields/account-id.js';
import { ChoiceField, FlagField } from '../fields/choice-field.js';
import { DecimalField } from '../fields/decimal-field.js';
import { TextField } from '../fields/text-fields.js';
import { money } from '../what-if/money-change.dto.js';

const SCOPES = ['FIRM', 'DESK', 'ACCOUNT'] as const;
/** What cents hold exactly. */
const MOST_DOLLARS = 20_000_000_000_000;

export class CreateLimitDto {
  @ChoiceField({ choices: SCOPES, description: 'Whose orders are limited.', example: 'DESK' })
  scope!: (typeof SCOPES)[number];

  @AccountIdField({
    optional: true,
    description: 'The desk or the account; absent for the firm.',
    example: 'volatility',
  })
  subject?: string;

  @DecimalField({
    min: 0,
    max: MOST_DOLLARS,
    description: 'The most requirement, in dollars, that working orders may hold and executed ones have used.',
    example: '5000000.00',
  })
  amount!: string | number;

  @TextField({ maxLength: 500, description: 'Why, for people.', example: 'Committee of 12 June' })
  reason!: string;
}

export class ChangeLimitDto {
  @DecimalField({ min: 0, max: MOST_DOLLARS, description: 'Dollars, as in a new limit.', example: '2500000.00' })
  amount!: string | number;

  @FlagField({
    optional: true,
    description: 'What has executed until now counts no longer: a new day. Default false.',
  })
  forgetUsed?: boolean;

  @TextField({ maxLength: 500, description: 'Why, for people.', example: 'A new day' })
  reason!: string;
}

export class LimitDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: SCOPES })
  scope!: string;

  @ApiProperty({ type: String, nullable: true, description: 'The desk or the account; null for the firm.' })
  subject!: string | null;

  @ApiProperty(money('Dollars: the most that may be held and used together.', '5000000.00'))
  amount!: string;

  @ApiProperty(money('Dollars of requirement that working reservations hold.'))
  held!: string;

  @ApiProperty(money('Dollars that were held for what has executed since `usedSince`.', '0.00'))
  used!: string;

  @ApiProperty({ format: 'date-time' })
  usedSince!: string;

  @ApiProperty(money('Amount less held and used; − where the limit was lowered below them.'))
  room!: string;

  @ApiProperty({ type: 'integer', description: 'Raised by every change of the limit; also the ETag.', example: 1 })
  version!: number;

  @ApiProperty({ description: 'Id of the key that set it last.' })
  author!: string;

  @ApiProperty({ example: 'Committee of 12 June' })
  reason!: string;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

export class LimitListDto {
  @ApiProperty({ type: [LimitDto], description: 'In the order of their ids.' })
  items!: readonly LimitDto[];

  @ApiProperty({ type: String, nullable: true, description: 'Opaque: asks for the next page; null on the last.' })
  nextCursor!: string | null;
}
