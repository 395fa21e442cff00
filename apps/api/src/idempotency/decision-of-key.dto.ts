import { ApiProperty } from '@nestjs/swagger';
import { field } from '../fields/field.js';
import { isIdempotencyKey } from './idempotency-key.js';

export class DecisionQueryDto {
  @field(
    'idempotency_key',
    { description: 'The Idempotency-Key the write was sent with.', example: 'order-7-attempt' },
    { type: 'string', pattern: '^[\\x21-\\x7e]{1,255}$' },
    (value) => (isIdempotencyKey(value) ? undefined : 'must be 1 to 255 printable ASCII characters without spaces'),
  )
  idempotencyKey!: string;
}

export class DecisionOfKeyDto {
  @ApiProperty({ example: 'order-7-attempt' })
  idempotencyKey!: string;

  @ApiProperty({ type: 'integer', description: 'HTTP status of the answer.', example: 201 })
  status!: number;

  @ApiProperty({ format: 'date-time', description: 'When it was given.' })
  answeredAt!: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'The answer’s body: of a reservation the decision, of a refusal the problem.',
  })
  answer!: unknown;
}
