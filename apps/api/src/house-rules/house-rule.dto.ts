import type { ProductClass } from '@app/market';
import {
  HOUSE_PARAMETERS,
  HOUSE_RULE_SCOPES,
  type HouseParameter,
  type HouseRuleScope,
  type HouseValue,
} from '@app/rules';
import { AccountIdField } from '../fields/account-id.js';
import { ChoiceField, FlagField } from '../fields/choice-field.js';
import { CalendarDateField } from '../fields/date-fields.js';
import { SymbolField, TextField } from '../fields/text-fields.js';
import { HouseValueField } from './house-value-field.js';

export const PRODUCT_CLASSES = ['EQUITY', 'NARROW_INDEX', 'BROAD_INDEX', 'HIGH_CAP_INDEX'] as const;
const MEMBERS_MOST = 10_000;

/** What every change states: it is recorded with the key that made it. */
export class StatedReasonDto {
  @TextField({ maxLength: 500, description: 'Why. Recorded for good.', example: 'Earnings season' })
  reason!: string;
}

export class NewHouseRuleDto extends StatedReasonDto {
  @ChoiceField({ choices: HOUSE_RULE_SCOPES, description: 'Whom it binds.', example: 'FIRM' })
  scope!: HouseRuleScope;

  @AccountIdField({ optional: true, nullable: true, description: 'With scope GROUP, and only then: the group.' })
  groupId?: string | null;

  @AccountIdField({ optional: true, nullable: true, description: 'With scope ACCOUNT, and only then: the account.' })
  accountId?: string | null;

  @ChoiceField({
    optional: true,
    nullable: true,
    choices: PRODUCT_CLASSES,
    description: 'Binds only this product class. Absent or null: all.',
  })
  productClass?: ProductClass | null;

  @SymbolField({ optional: true, nullable: true, description: 'Binds only this class group. Absent or null: all.' })
  classGroup?: string | null;

  @SymbolField({
    optional: true,
    nullable: true,
    description:
      'Binds only this symbol; of a parameter of class groups, the class group of this ticker. Absent or null: all.',
  })
  symbol?: string | null;

  @ChoiceField({
    choices: HOUSE_PARAMETERS,
    description: 'What it sets; see METHODOLOGY.md.',
    example: 'priceMove.down',
  })
  parameter!: HouseParameter;

  @HouseValueField({ description: 'A value looser than the rule book changes nothing.', example: -0.2 })
  value!: HouseValue;

  @CalendarDateField({ optional: true, description: 'First exchange date in force. Absent: today.' })
  effectiveFrom?: string;

  @CalendarDateField({
    optional: true,
    nullable: true,
    description: 'Last exchange date in force. Absent or null: no end.',
  })
  effectiveTo?: string | null;
}

export class AmendHouseRuleDto extends StatedReasonDto {
  @HouseValueField({ description: 'From effectiveFrom on.', example: -0.25 })
  value!: HouseValue;

  @CalendarDateField({ optional: true, description: 'First exchange date of the new value. Absent: today.' })
  effectiveFrom?: string;

  @CalendarDateField({
    optional: true,
    nullable: true,
    description: 'Last exchange date in force. Absent or null: no end.',
  })
  effectiveTo?: string | null;
}

export class EndHouseRuleDto extends StatedReasonDto {
  @CalendarDateField({ description: 'Last exchange date in force.', example: '2026-12-31' })
  effectiveTo!: string;
}

export class NewAccountGroupDto extends StatedReasonDto {
  @AccountIdField({ description: 'Chosen by the caller, for good.', example: 'hedge-funds' })
  id!: string;

  @TextField({ maxLength: 200, description: 'For people.', example: 'Hedge funds' })
  name!: string;

  @AccountIdField({ optional: true, list: { maxItems: MEMBERS_MOST }, description: 'Ids of accounts.' })
  members?: string[];
}

export class MemberChangeDto extends StatedReasonDto {
  @AccountIdField({ optional: true, list: { maxItems: MEMBERS_MOST }, description: 'Accounts that join.' })
  add?: string[];

  @AccountIdField({ optional: true, list: { maxItems: MEMBERS_MOST }, description: 'Accounts that leave.' })
  remove?: string[];
}

export class SwitchPackDto extends StatedReasonDto {
  @FlagField({ description: 'Whether its rules bind the firm.', example: true })
  enabled!: boolean;

  @CalendarDateField({ optional: true, description: 'First exchange date with its rules, or without. Absent: today.' })
  effectiveFrom?: string;
}
