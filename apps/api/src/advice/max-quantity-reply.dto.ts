import { ApiProperty } from '@nestjs/swagger';
import { MoneyChangeDto } from '../what-if/money-change.dto.js';
import { ReasonDto } from '../what-if/reason.dto.js';
import { ProvenanceDto, ValuationPointDto } from '../what-if/what-if-reply.dto.js';

export class UnitIntervalDto {
  @ApiProperty({ description: 'The least number of units that passes.', example: '1' })
  from!: string;

  @ApiProperty({ description: 'The greatest, up to which all pass.', example: '137' })
  to!: string;
}

export class SizedAnswerDto {
  @ApiProperty({ description: 'Units of the order.', example: '137' })
  orderQty!: string;

  @ApiProperty({ type: MoneyChangeDto })
  requirement!: MoneyChangeDto;

  @ApiProperty({ type: MoneyChangeDto })
  equity!: MoneyChangeDto;

  @ApiProperty({ type: MoneyChangeDto, description: 'Equity less requirement.' })
  excess!: MoneyChangeDto;
}

export class BindingClassGroupDto {
  @ApiProperty({ description: 'The class group whose requirement grows most.', example: 'HLVN' })
  classGroup!: string;

  @ApiProperty({ type: MoneyChangeDto, description: 'Its requirement.' })
  requirement!: MoneyChangeDto;

  @ApiProperty({ enum: ['SCAN_LOSS', 'MINIMUM_CHARGE', 'OTHER'], description: 'What it owes; OTHER: house rules.' })
  rule!: string;

  @ApiProperty({ type: ValuationPointDto, description: 'Its worst valuation point.' })
  worst!: ValuationPointDto;
}

export class RefusedSizeDto extends SizedAnswerDto {
  @ApiProperty({ type: [ReasonDto], description: 'Why it does not pass.' })
  reasons!: readonly ReasonDto[];

  @ApiProperty({
    type: BindingClassGroupDto,
    nullable: true,
    description: 'Null where no class group’s requirement grows, and of a REG_T account.',
  })
  binding!: BindingClassGroupDto | null;
}

export class MaxQuantityReplyDto {
  @ApiProperty({
    type: [UnitIntervalDto],
    description: 'All whole numbers of units from 1 to `most` that pass, as intervals, ascending.',
  })
  intervals!: readonly UnitIntervalDto[];

  @ApiProperty({
    type: [UnitIntervalDto],
    description:
      'Numbers of units of which it is not known whether they pass: of a REG_T account with many positions that are ' +
      'paired. Else none.',
  })
  undecided!: readonly UnitIntervalDto[];

  @ApiProperty({ type: SizedAnswerDto, nullable: true, description: 'The least that passes; null where none does.' })
  smallest!: SizedAnswerDto | null;

  @ApiProperty({ type: SizedAnswerDto, nullable: true, description: 'The most that passes; null where none does.' })
  largest!: SizedAnswerDto | null;

  @ApiProperty({
    type: RefusedSizeDto,
    nullable: true,
    description:
      'One unit more than the largest, and what stops it. Null where `most` passes, where that is not known, or where ' +
      'amounts become too large to be exact.',
  })
  refused!: RefusedSizeDto | null;

  @ApiProperty({ description: 'Units looked at, from 1.', example: '1000000' })
  most!: string;

  @ApiProperty({ type: ProvenanceDto })
  provenance!: ProvenanceDto;
}
