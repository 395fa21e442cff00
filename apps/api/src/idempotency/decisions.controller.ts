import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AnswerRepository } from '@app/store';
import { Caller } from '../auth/caller.js';
import { ApiProblems } from '../console/api-problems.js';
import { notFound } from '../problems.js';
import { DecisionOfKeyDto, DecisionQueryDto } from './decision-of-key.dto.js';

@ApiTags('reservations')
@ApiBearerAuth()
@Controller('v1/decisions')
export class DecisionsController {
  constructor(private readonly answers: AnswerRepository) {}

  @Get()
  @ApiOperation({
    summary: 'What was answered under an idempotency key',
    description:
      'For a caller who lost the answer: what their write came to, or 404 where nothing was done under the key. Keys are ' +
      'the caller’s own: nobody sees those of others.',
  })
  @ApiOkResponse({ type: DecisionOfKeyDto, description: 'The answer that was given.' })
  @ApiProblems(400, 401, 404, 503)
  async findDecision(
    @Query() { idempotencyKey }: DecisionQueryDto,
    @Caller() { keyId }: Caller,
  ): Promise<DecisionOfKeyDto> {
    const known = await this.answers.find({ callerKeyId: keyId, key: idempotencyKey });
    if (known === undefined) throw notFound('Nothing was answered under this key.');
    const text = known.body.toString('utf8');
    const isJson = /json/.test(known.headers['Content-Type'] ?? '');
    return {
      idempotencyKey,
      status: known.status,
      answeredAt: known.createdAt.toISOString(),
      answer: isJson ? (JSON.parse(text) as unknown) : { text },
    };
  }
}
