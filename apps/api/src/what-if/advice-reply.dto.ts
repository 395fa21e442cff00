import { ApiProperty } from '@nestjs/swagger';
import { money } from './money-change.dto.js';

const nullableMoney = (description: string) => ({ ...money(description), nullable: true });

export class LegShareDto {
  @ApiProperty({ example: 'HLVN  260717C00225000' })
  symbol!: string;

  @ApiProperty(money('Its part of the change in requirement, + where it adds.'))
  requirement!: string;
}

export class OrderShareDto {
  @ApiProperty({ example: 'T-1' })
  clOrdId!: string;

  @ApiProperty(money('Its part of the change in requirement; the parts of all orders add up to all of it.'))
  requirement!: string;

  @ApiProperty(money('Its part of the change in equity: its price against the mark.', '0.00'))
  equity!: string;

  @ApiProperty(nullableMoney('The change in requirement were it the only order; null where too large to be exact.'))
  standAlone!: string | null;

  @ApiProperty(nullableMoney('How much less the change were without it; null where too large to be exact.'))
  leaveOneOut!: string | null;

  @ApiProperty({ type: [LegShareDto], description: 'In the order of the request; they add up to `requirement`.' })
  legs!: readonly LegShareDto[];
}

export class RuleShareDto {
  @ApiProperty({
    enum: ['SCAN_LOSS', 'MINIMUM_CHARGE', 'OTHER'],
    description: 'What the class group owed while it changed; OTHER: further rules of the house.',
  })
  rule!: string;

  @ApiProperty(money('Part of the change under it.'))
  requirement!: string;
}

export class ClassGroupShareDto {
  @ApiProperty({ example: 'HLVN' })
  classGroup!: string;

  @ApiProperty(money('The change of its requirement.'))
  requirement!: string;

  @ApiProperty({ type: [RuleShareDto], description: 'They add up to `requirement`.' })
  rules!: readonly RuleShareDto[];
}

export class AttributionDto {
  @ApiProperty(money('The change in requirement that is split.'))
  requirement!: string;

  @ApiProperty(money('The change in equity that is split.', '0.00'))
  equity!: string;

  @ApiProperty({ type: [OrderShareDto], description: 'In the order of the request.' })
  orders!: readonly OrderShareDto[];

  @ApiProperty({ type: [ClassGroupShareDto], description: 'Those that the orders touch or change.' })
  classGroups!: readonly ClassGroupShareDto[];

  @ApiProperty(money('What is decided above class groups; with them it adds up to `requirement`.', '0.00'))
  aboveClassGroups!: string;
}

export class DistanceDto {
  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'Fall of the price, a fraction ≤ 0; 0 in deficit, null where excess lasts down to −0.99.',
    example: -0.176471,
  })
  down!: number | null;

  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'Rise of the price, a fraction ≥ 0; 0 in deficit, null where excess lasts up to 0.99.',
    example: null,
  })
  up!: number | null;
}

export class ClassGroupDistanceDto {
  @ApiProperty({ example: 'HLVN' })
  classGroup!: string;

  @ApiProperty({ type: DistanceDto, description: 'On the portfolio as it is.' })
  before!: DistanceDto;

  @ApiProperty({ type: DistanceDto, description: 'When every order has filled whole.' })
  after!: DistanceDto;
}
