import { ApiProperty } from '@nestjs/swagger';
import { IdField } from '../fields/text-fields.js';
import { WhatIfReplyDto } from './what-if-reply.dto.js';

export class ReplayQueryDto {
  @IdField({
    optional: true,
    description:
      'Judges the question again under other rules: `regulatory` (no house rules), `current` (the house rules as they ' +
      'are now), a date (both rule books of that day), or the name of a pack.',
    example: 'regulatory',
  })
  ruleSet?: string;
}

export class RejudgedReplyDto extends WhatIfReplyDto {
  @ApiProperty({ required: false, format: 'uuid', description: 'The what-if that was judged again under other rules.' })
  whatIfId?: string;

  @ApiProperty({
    required: false,
    description: 'The rules it was judged by; absent in a plain replay.',
    example: 'regulatory',
  })
  ruleSet?: string;
}
