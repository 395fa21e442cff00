import { ApiProperty } from '@nestjs/swagger';
import { AccountIdField } from '../fields/account-id.js';
import { ChoiceField, FlagField } from '../fields/choice-field.js';
import { field } from '../fields/field.js';
import { TextField } from '../fields/text-fields.js';

const CRON = /^(?:[\d*/,-]{1,40} ){4}[\d*/,-]{1,40}$/;

export class NewScheduleDto {
  @TextField({ maxLength: 100, description: 'Tells it from the others.', example: 'after the close' })
  name!: string;

  @field(
    'cron',
    {
      optional: true,
      description:
        'Five fields of digits, * / , and -: minute, hour, day, month, weekday, in New York time. Absent: whenever a snapshot of the feed is stored.',
      example: '30 17 * * 1-5',
    },
    { type: 'string', maxLength: 204 },
    (value) =>
      typeof value === 'string' && CRON.test(value) ? undefined : 'must have five fields of digits, * / , and -',
  )
  cron?: string;

  @FlagField({ optional: true, description: 'Only on days the exchange is open. Default true.', example: true })
  tradingDaysOnly?: boolean;

  @AccountIdField({ description: 'The feed whose latest snapshot is repriced on.', example: 'main' })
  feed!: string;

  @AccountIdField({ optional: true, description: 'Only the accounts of this desk.', example: 'demo' })
  desk?: string;

  @ChoiceField({
    optional: true,
    choices: ['NIGHTLY', 'INTRADAY'],
    description: 'INTRADAY runs go before NIGHTLY ones. Default NIGHTLY.',
  })
  priority?: 'NIGHTLY' | 'INTRADAY';
}

export class RemovedScheduleDto {
  @TextField({ maxLength: 100, description: 'Of the schedule to be removed.', example: 'after the close' })
  name!: string;
}

export class ScheduleDto {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String, example: 'after the close' })
  name!: string;

  @ApiProperty({ type: String, nullable: true, description: 'In New York time; null: at every snapshot of the feed.' })
  cron!: string | null;

  @ApiProperty({ type: Boolean, description: 'Only on days the exchange is open.' })
  tradingDaysOnly!: boolean;

  @ApiProperty({ type: String, example: 'main' })
  feed!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Null: the accounts of every desk.' })
  desk!: string | null;

  @ApiProperty({ type: 'integer', description: 'Of its runs: higher goes first.' })
  priority!: number;

  @ApiProperty({ type: String, format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When it last asked for a run.' })
  lastFiredAt!: string | null;
}

export class ScheduleListDto {
  @ApiProperty({ type: [ScheduleDto], description: 'In the order of their names.' })
  items!: readonly ScheduleDto[];
}
