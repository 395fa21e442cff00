import { ApiProperty } from '@nestjs/swagger';
import { AccountIdField, isAccountId } from '../fields/account-id.js';
import { ChoiceField } from '../fields/choice-field.js';
import { CursorField, LimitField } from '../fields/page-fields.js';
import { money } from '../what-if/money-change.dto.js';

export class ResultListQueryDto {
  @LimitField('Results')
  limit?: string;

  @CursorField((text) => (isAccountId(text) ? text : undefined))
  cursor?: string;

  @AccountIdField({ optional: true, description: 'Only accounts of this desk.', example: 'demo' })
  desk?: string;

  @ChoiceField({ optional: true, choices: ['true', 'false'], description: 'Only accounts in deficit. Default false.' })
  deficits?: 'true' | 'false';
}

export class DeadLetterListQueryDto {
  @LimitField('Accounts')
  limit?: string;

  @CursorField((text) => (isAccountId(text) ? text : undefined))
  cursor?: string;
}

export class RunWorstPointDto {
  @ApiProperty({ type: Number, description: 'Fraction of the price of the underlying: −0.15 is 15 % down.' })
  priceMove!: number;

  @ApiProperty({ type: Number, description: 'Fraction of the volatility.' })
  volMove!: number;
}

export class ResultGroupDto {
  @ApiProperty({ type: String, example: 'HLVN' })
  classGroup!: string;

  @ApiProperty(money('Dollars, house rules included.'))
  requirement!: string;

  @ApiProperty(money('Loss at the worst valuation point in dollars, ≥ 0; 0.00 under the strategy-based rules.'))
  scanLoss!: string;

  @ApiProperty(money('Least charge for the contracts held, in dollars; 0.00 under the strategy-based rules.'))
  minimumCharge!: string;

  @ApiProperty({
    oneOf: [{ $ref: '#/components/schemas/RunWorstPointDto' }, { type: 'null' }],
    description: 'The worst valuation point; null under the strategy-based rules.',
  })
  worst!: RunWorstPointDto | null;
}

export class RunResultDto {
  @ApiProperty({ type: String, example: 'demo-long-stock' })
  accountId!: string;

  @ApiProperty({ type: String, description: 'Of the account.', example: 'demo' })
  desk!: string;

  @ApiProperty({ enum: ['PORTFOLIO_MARGIN', 'REG_T'] })
  methodology!: string;

  @ApiProperty(
    money(
      'Dollars, of what is held: house rules included, working reservations not. Of a REG_T account the initial one.',
    ),
  )
  requirement!: string;

  @ApiProperty(money('Dollars, by the rule book alone.'))
  regulatoryRequirement!: string;

  @ApiProperty(money('Net liquidating value in dollars.'))
  equity!: string;

  @ApiProperty(money('Equity less requirement, in dollars; − is a deficit.'))
  excess!: string;

  @ApiProperty(money('Equity less what must be kept, in dollars; differs from excess for REG_T accounts.'))
  maintenanceExcess!: string;

  @ApiProperty({ type: [ResultGroupDto], description: 'In the order of their names.' })
  classGroups!: readonly ResultGroupDto[];

  @ApiProperty({ type: String, description: 'The rules it was margined by.' })
  ruleSetVersion!: string;

  @ApiProperty({ type: String, description: 'Version of the account and its positions.' })
  positionsVersion!: string;
}

export class RunResultListDto {
  @ApiProperty({ type: [RunResultDto], description: 'In the order of the accounts’ ids.' })
  items!: readonly RunResultDto[];

  @ApiProperty({ type: String, nullable: true, description: 'Opaque: asks for the next page; null on the last.' })
  nextCursor!: string | null;
}

export class DeadLetterGapDto {
  @ApiProperty({ type: String, example: 'price.stale' })
  code!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Null where it concerns the account as a whole.' })
  symbol!: string | null;

  @ApiProperty({ type: String, description: 'For people.' })
  detail!: string;
}

export class DeadLetterDto {
  @ApiProperty({ type: String, example: 'demo-stale-symbol' })
  accountId!: string;

  @ApiProperty({ type: String, description: 'Of the account.', example: 'demo' })
  desk!: string;

  @ApiProperty({ type: String, example: 'margin.not_computable' })
  code!: string;

  @ApiProperty({ type: [DeadLetterGapDto], description: 'Everything that was missing or unusable.' })
  gaps!: readonly DeadLetterGapDto[];
}

export class DeadLetterListDto {
  @ApiProperty({ type: [DeadLetterDto], description: 'In the order of the accounts’ ids.' })
  items!: readonly DeadLetterDto[];

  @ApiProperty({ type: String, nullable: true, description: 'Opaque: asks for the next page; null on the last.' })
  nextCursor!: string | null;
}
