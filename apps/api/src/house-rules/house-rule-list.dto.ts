import { ChoiceField } from '../fields/choice-field.js';
import { AccountIdField } from '../fields/account-id.js';
import { CalendarDateField, InstantField } from '../fields/date-fields.js';
import { CursorField, LimitField } from '../fields/page-fields.js';

const text = (value: string): string | undefined => (/^[\x20-\x7e]{1,200}$/.test(value) ? value : undefined);

export class HouseRuleListQueryDto {
  @CalendarDateField({
    optional: true,
    description: 'Only rules in force on this exchange date, with the value they have on it. Absent: every rule.',
    example: '2026-06-12',
  })
  asOf?: string;

  @InstantField({
    optional: true,
    description: 'The book as it was known at this instant. Absent: as it is known now.',
  })
  knownAt?: string;

  @AccountIdField({
    optional: true,
    description: 'Only rules that bind this account: its own, its groups’, the firm’s.',
  })
  accountId?: string;

  @LimitField('Rules')
  limit?: string;

  @CursorField(text)
  cursor?: string;
}

export class AccountGroupListQueryDto {
  @LimitField('Groups')
  limit?: string;

  @CursorField(text)
  cursor?: string;
}

export class ChangeListQueryDto {
  @ChoiceField({
    optional: true,
    choices: ['PENDING'],
    description: 'Only what waits for approval. Absent: all changes.',
  })
  state?: 'PENDING';

  @LimitField('Changes')
  limit?: string;

  @CursorField((value) => (/^\d{1,9}$/.test(value) ? value : undefined))
  cursor?: string;
}
