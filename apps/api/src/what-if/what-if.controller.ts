import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Caller } from '../auth/caller.js';
import { ApiProblems } from '../console/api-problems.js';
import { exampleAccounts, shadowExamples, storedExamples } from '../console/request-examples.js';
import { ApiIdempotencyKey } from '../idempotency/api-idempotency-key.js';
import { BodyBytes } from '../json-body/body-bytes-parameter.js';
import { notFound } from '../problems.js';
import { RejudgedReplyDto, ReplayQueryDto } from './replay.dto.js';
import { Replays } from './replays.js';
import { ShadowWhatIfs } from './shadow-what-ifs.js';
import { StoredWhatIfs } from './stored-what-ifs.js';
import { ShadowWhatIfRequestDto, WhatIfRequestDto } from './what-if.dto.js';
import { WhatIfReplyDto } from './what-if-reply.dto.js';

const JSON_TYPE = 'application/json; charset=utf-8';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

@ApiTags('what-if')
@ApiBearerAuth()
@Controller('v1')
export class WhatIfController {
  constructor(
    private readonly stored: StoredWhatIfs,
    private readonly shadow: ShadowWhatIfs,
    private readonly replays: Replays,
  ) {}

  @Post('accounts/:accountId/what-if')
  @ApiIdempotencyKey()
  @HttpCode(200)
  @ApiOperation({
    summary: 'What would these orders do to a stored account?',
    description:
      'Judges the orders, all filled whole, against the account as it is stored, on the latest market snapshot of its ' +
      'feed and under the rules in force. Money is in dollars as text with two decimals; + change in requirement means ' +
      'the orders cost margin; excess is equity less requirement. The answer is stored before it is given.',
  })
  @ApiParam({ name: 'accountId', description: 'Id of the account.', examples: exampleAccounts })
  @ApiBody({ type: WhatIfRequestDto, examples: storedExamples })
  @ApiOkResponse({ type: WhatIfReplyDto, description: 'The question was answered: ACCEPT or REJECT.' })
  @ApiProblems(400, 401, 404, 413, 415, 422, 503)
  async whatIf(
    @Param('accountId') accountId: string,
    @Body() request: WhatIfRequestDto,
    @BodyBytes() bytes: Buffer,
    @Caller() caller: Caller,
    @Res() response: Response,
  ): Promise<void> {
    response.type(JSON_TYPE).send(await this.stored.answer(accountId, request, bytes, caller));
  }

  @Post('what-if')
  @HttpCode(200)
  @ApiOperation({
    summary: 'What would these orders do to a portfolio given here?',
    description:
      'The same question about a portfolio in the body: a prospective client, a book that is not on the platform. ' +
      'Prices come from the body too, from a stored snapshot, or from the latest one. Nothing is stored.',
  })
  @ApiBody({ type: ShadowWhatIfRequestDto, examples: shadowExamples })
  @ApiOkResponse({ type: WhatIfReplyDto, description: 'The question was answered: ACCEPT or REJECT.' })
  @ApiProblems(400, 401, 404, 413, 415, 422, 503)
  shadowWhatIf(@Body() request: ShadowWhatIfRequestDto): Promise<Omit<WhatIfReplyDto, 'id'>> {
    return this.shadow.answer(request);
  }

  @Get('what-ifs/:id')
  @ApiOperation({
    summary: 'An answer given before',
    description: 'The same bytes as the first time, whatever has changed since.',
  })
  @ApiParam({ name: 'id', description: 'Id in the answer.', format: 'uuid' })
  @ApiOkResponse({ type: WhatIfReplyDto, description: 'The answer as it was given.' })
  @ApiProblems(401, 404, 503)
  async findWhatIf(@Param('id') id: string, @Caller() caller: Caller, @Res() response: Response): Promise<void> {
    if (!UUID.test(id)) throw notFound();
    response.type(JSON_TYPE).send(await this.stored.find(id.toLowerCase(), caller));
  }

  @Post('what-ifs/:id/replay')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Work an answer out again',
    description:
      'From the account, the working orders, the prices and the house rules as they were when it was given: the same ' +
      'bytes, or a 409 that says why not. With `ruleSet` the same question is judged under other rules; nothing is stored.',
  })
  @ApiParam({ name: 'id', description: 'Id in the answer.', format: 'uuid' })
  @ApiOkResponse({ type: RejudgedReplyDto, description: 'The answer.' })
  @ApiProblems(400, 401, 404, 409, 422, 503)
  async replayWhatIf(
    @Param('id') id: string,
    @Query() { ruleSet }: ReplayQueryDto,
    @Caller() caller: Caller,
    @Res() response: Response,
  ): Promise<void> {
    if (!UUID.test(id)) throw notFound();
    const known = id.toLowerCase();
    const text =
      ruleSet === undefined
        ? await this.replays.replay(known, caller)
        : await this.replays.rejudged(known, ruleSet, caller);
    response.type(JSON_TYPE).send(text);
  }
}
