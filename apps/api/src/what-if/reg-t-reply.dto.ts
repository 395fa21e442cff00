import { ApiProperty } from '@nestjs/swagger';
import { MoneyChangeDto } from './money-change.dto.js';

export class StrategyLegDto {
  @ApiProperty({ example: 'HLVN  260717C00225000' })
  symbol!: string;

  @ApiProperty({ description: 'Shares or contracts, + long, − short.', example: '-10' })
  quantity!: string;
}

/** Positions that are carried together under one formula. */
export class StrategyDto {
  @ApiProperty({ description: 'Which strategy it is.', example: 'COVERED_CALL' })
  formula!: string;

  @ApiProperty({ type: [StrategyLegDto], description: 'What is held in it, of each position its part.' })
  legs!: readonly StrategyLegDto[];

  @ApiProperty({
    pattern: '^\\d+\\.\\d{2}$',
    description: 'What it requires initially, dollars.',
    example: '106200.00',
  })
  requirement!: string;

  @ApiProperty({ description: 'Where the formula is written.', example: '12 CFR 220.4(b)(4)(ii)' })
  citation!: string;

  @ApiProperty({ enum: ['verified', 'secondary', 'from memory'], description: 'How sure we are of that source.' })
  status!: string;
}

export class PairingDto {
  @ApiProperty({ type: [StrategyDto], description: 'On the portfolio as it is.' })
  before!: readonly StrategyDto[];

  @ApiProperty({ type: [StrategyDto], description: 'When every order has filled whole.' })
  after!: readonly StrategyDto[];
}

/** The same question under Regulation T and the strategy-based rules. */
export class RegTDto {
  @ApiProperty({ type: MoneyChangeDto, description: 'Least initial requirement over all permitted pairings.' })
  initial!: MoneyChangeDto;

  @ApiProperty({ type: MoneyChangeDto, description: 'Least maintenance requirement, of a pairing of its own.' })
  maintenance!: MoneyChangeDto;

  @ApiProperty({
    type: MoneyChangeDto,
    description: 'Cash, stock at its mark and the margin value of options: none up to nine months from expiry.',
  })
  equity!: MoneyChangeDto;

  @ApiProperty({
    type: MoneyChangeDto,
    description: 'Equity less initial requirement: its change is what the orders cost, premiums included.',
  })
  excess!: MoneyChangeDto;

  @ApiProperty({
    type: MoneyChangeDto,
    required: false,
    description:
      'Excess under portfolio margin, house rules included, less excess under Reg T: + is capital that portfolio ' +
      'margin sets free. Absent where portfolio margin was not computed.',
  })
  capitalFreed?: MoneyChangeDto;

  @ApiProperty({ type: PairingDto, description: 'The pairing that reaches the initial requirement.' })
  strategies!: PairingDto;

  @ApiProperty({ description: 'No permitted pairing requires less, before or after: proven.' })
  optimal!: boolean;

  @ApiProperty({
    type: String,
    nullable: true,
    pattern: '^\\d+\\.\\d{2}$',
    description: 'By how much the initial requirement after the orders could be less at most; null where unknown.',
    example: '0.00',
  })
  gap!: string | null;

  @ApiProperty({ description: 'The numbers in force.', example: 'reg-t-2026' })
  ruleSetVersion!: string;
}
