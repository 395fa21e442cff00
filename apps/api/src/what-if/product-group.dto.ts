import { HOUSE_PARAMETERS } from '@app/rules';
import { ApiProperty } from '@nestjs/swagger';
import { MoneyChangeDto } from './money-change.dto.js';

export class AddOnDto {
  @ApiProperty({ enum: HOUSE_PARAMETERS, example: 'marketValueFloor' })
  parameter!: string;

  @ApiProperty({ type: String, nullable: true, description: 'The house rule that asks it.' })
  ruleId!: string | null;

  @ApiProperty({ type: MoneyChangeDto })
  amount!: MoneyChangeDto;
}

export type BindingText = 'regulatory' | 'house';

export class BindingDto {
  @ApiProperty({ enum: ['regulatory', 'house'], nullable: true, description: 'Null where nothing is held.' })
  before!: BindingText | null;

  @ApiProperty({ enum: ['regulatory', 'house'], nullable: true, description: 'Whose requirement is the greater.' })
  after!: BindingText | null;
}

export class ProductGroupPartDto {
  @ApiProperty({ example: 'US-BROAD' })
  productGroup!: string;

  @ApiProperty({ type: [String], example: ['DJX', 'SPX'] })
  classGroups!: readonly string[];

  @ApiProperty({ description: 'Fraction of gains that offsets losses, in the rule book.', example: 0.9 })
  regulatoryOffset!: number;

  @ApiProperty({ description: 'The fraction in force.', example: 0.9 })
  offset!: number;
}

/** Class groups that combine with offsets. */
export class ProductGroupDto {
  @ApiProperty({ type: String, nullable: true, example: 'US-INDICES' })
  portfolioGroup!: string | null;

  @ApiProperty({ type: [ProductGroupPartDto], description: 'The product groups in it, each with its class groups.' })
  productGroups!: readonly ProductGroupPartDto[];

  @ApiProperty({ type: MoneyChangeDto, description: 'Of the group: what takes the place of its class groups’ own.' })
  requirement!: MoneyChangeDto;

  @ApiProperty({ type: MoneyChangeDto, description: 'Loss at the worst point after offsets, ≥ 0.' })
  scanLoss!: MoneyChangeDto;

  @ApiProperty({ type: MoneyChangeDto, description: 'Of its class groups together.' })
  minimumCharge!: MoneyChangeDto;

  @ApiProperty({ type: MoneyChangeDto, description: 'What its class groups require standing alone, together.' })
  standAlone!: MoneyChangeDto;

  @ApiProperty({ type: MoneyChangeDto, description: 'What standing together saves: standAlone less requirement, ≥ 0.' })
  offset!: MoneyChangeDto;

  @ApiProperty({ type: MoneyChangeDto, description: 'The requirement by the rule book alone.' })
  regulatoryRequirement!: MoneyChangeDto;

  @ApiProperty({ type: BindingDto })
  binding!: BindingDto;
}
