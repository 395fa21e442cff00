import { ApiProperty } from '@nestjs/swagger';

export class QuantityChangeDto {
  @ApiProperty({ example: '0' })
  before!: string;

  @ApiProperty({ example: '-10' })
  after!: string;

  @ApiProperty({ example: '-10' })
  change!: string;
}
