import { MARGIN_CALL_KINDS } from '@app/rules';
import { MARGIN_CALL_STATUSES } from '@app/store';
import { ApiProperty } from '@nestjs/swagger';
import { AccountIdField } from '../fields/account-id.js';
import { CalendarDateField } from '../fields/date-fields.js';
import { TextField } from '../fields/text-fields.js';
import { money } from '../what-if/money-change.dto.js';

const CALL_CAUSES = ['DEPOSIT', 'TRADES', 'MARKET', 'RULES'] as const;
const EVENT_TYPES = ['OPENED', 'CHANGED', 'OVERDUE', 'EXTENDED', 'WAIVED', 'REVIVED', 'MET'] as const;

const date = (description: string, example: string) => ({ type: String, format: 'date', description, example });

export class MarginCallDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'demo-in-deficit' })
  accountId!: string;

  @ApiProperty({ description: 'The desk of the account.', example: 'demo' })
  desk!: string;

  @ApiProperty({
    enum: MARGIN_CALL_KINDS,
    description:
      'MARGIN_DEFICIENCY: equity under the rule book’s requirement. HOUSE: what house rules ask beyond it. ' +
      'MINIMUM_EQUITY: equity under the least that portfolio margin takes. MAINTENANCE: of a REG_T account.',
  })
  kind!: string;

  @ApiProperty({
    enum: MARGIN_CALL_STATUSES,
    description:
      'OVERDUE from the day after `dueOn` on, by the date of the latest prices of the account. WAIVED: followed on, and ' +
      'open again as soon as more is missing than when it was waived.',
  })
  status!: string;

  @ApiProperty(money('Equity that is missing, dollars; 0.00 where the call is met.', '91204.50'))
  amount!: string;

  @ApiProperty(money('What was missing when the call was opened.', '91204.50'))
  openedAmount!: string;

  @ApiProperty(money('What equity has to reach.', '201204.50'))
  required!: string;

  @ApiProperty(money('Equity when it was last valued.', '110000.00'))
  equity!: string;

  @ApiProperty(date('Exchange date of the valuation that opened it.', '2026-06-12'))
  openedOn!: string;

  @ApiProperty(date('The last day to meet it on: business days of the exchange after it was opened.', '2026-06-17'))
  dueOn!: string;

  @ApiProperty({ ...date('Exchange date of the valuation that found it met.', '2026-06-16'), nullable: true })
  closedOn!: string | null;

  @ApiProperty({
    enum: CALL_CAUSES,
    isArray: true,
    description:
      'What met it: DEPOSIT where money paid in was enough by itself, else all that changed since the valuation before ' +
      '(DEPOSIT, TRADES, MARKET prices, RULES). Empty until then.',
  })
  metBy!: readonly string[];

  @ApiProperty({ description: 'Snapshot it was last valued on.' })
  snapshotId!: string;

  @ApiProperty({ format: 'date-time', description: 'The instant of those prices.' })
  asOf!: string;

  @ApiProperty({ description: 'Rules it was last valued under.' })
  ruleSetVersion!: string;

  @ApiProperty({ description: 'Version of the account it was last valued at.', example: '1' })
  positionsVersion!: string;

  @ApiProperty({ type: 'integer', description: 'Number of its last event; also the ETag.', example: 1 })
  version!: number;
}

export class MarginCallEventDto {
  @ApiProperty({ type: 'integer', description: '1, 2, 3 …', example: 1 })
  number!: number;

  @ApiProperty({ enum: EVENT_TYPES })
  type!: string;

  @ApiProperty(date('Exchange date.', '2026-06-12'))
  happenedOn!: string;

  @ApiProperty(money('Missing from then on.', '91204.50'))
  amount!: string;

  @ApiProperty(date('Due from then on.', '2026-06-17'))
  dueOn!: string;

  @ApiProperty(money('Paid in since the valuation before, less what was paid out.', '0.00'))
  deposits!: string;

  @ApiProperty({ enum: CALL_CAUSES, isArray: true, description: 'What changed since the valuation before.' })
  causes!: readonly string[];

  @ApiProperty(money('What equity had to reach.', '201204.50'))
  required!: string;

  @ApiProperty(money('Equity.', '110000.00'))
  equity!: string;

  @ApiProperty({ description: 'Snapshot it was valued on.' })
  snapshotId!: string;

  @ApiProperty({ description: 'Rules it was valued under.' })
  ruleSetVersion!: string;

  @ApiProperty({ example: '1' })
  positionsVersion!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Who extended or waived it; null for a valuation.' })
  author!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Why; null for a valuation.' })
  reason!: string | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

export class MarginCallHistoryDto extends MarginCallDto {
  @ApiProperty({ type: [MarginCallEventDto], description: 'Everything that happened to it, in order.' })
  history!: readonly MarginCallEventDto[];
}

export class ReviewCallsDto {
  @AccountIdField({ description: 'The account to value.', example: 'demo-in-deficit' })
  accountId!: string;
}

export class WaiveCallDto {
  @TextField({ maxLength: 500, description: 'Why, for whoever asks later.', example: 'Agreed with the client.' })
  reason!: string;
}

export class ExtendCallDto extends WaiveCallDto {
  @CalendarDateField({
    description: 'The new last day: a business day of the exchange later than the one it was due on.',
    example: '2026-06-24',
  })
  dueOn!: string;
}
