import { ApiProperty } from '@nestjs/swagger';

export class FieldErrorDto {
  @ApiProperty({
    description: "RFC 6901 pointer into the body; /name for a path or query parameter; '' for the whole.",
    example: '/orders/0/legs/0/symbol',
  })
  pointer!: string;

  @ApiProperty({ description: 'Stable, for programs.', example: 'symbol.unknown' })
  code!: string;

  @ApiProperty({ description: 'For people.', example: 'The market has no such instrument.' })
  detail!: string;

  @ApiProperty({ required: false, description: 'The instrument it is about.', example: 'IBM' })
  symbol?: string;
}

/** RFC 9457. */
export class ProblemDto {
  @ApiProperty({ example: 'urn:marginal:problem:request.invalid' })
  type!: string;

  @ApiProperty({ example: 'Bad request' })
  title!: string;

  @ApiProperty({ example: 400 })
  status!: number;

  @ApiProperty({ required: false, example: 'Some fields are not as the contract asks: see errors.' })
  detail?: string;

  @ApiProperty({ description: 'Stable, for programs.', example: 'request.invalid' })
  code!: string;

  @ApiProperty({ description: 'Of this request: also in X-Request-Id and in the log.' })
  requestId!: string;

  @ApiProperty({ type: [FieldErrorDto], required: false, description: 'Every offending field or item.' })
  errors?: FieldErrorDto[];
}
