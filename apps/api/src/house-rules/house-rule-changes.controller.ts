import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Caller, Roles } from '../auth/caller.js';
import { ApiProblems } from '../console/api-problems.js';
import { notFound } from '../problems.js';
import { ApiIdempotencyKey } from '../idempotency/api-idempotency-key.js';
import { answered, ApiBookChange } from './api-book-change.js';
import { BookChanges } from './book-changes.js';
import { DryRunDto, DryRunQueryDto } from './dry-run.dto.js';
import { StatedReasonDto } from './house-rule.dto.js';
import { REASON_EXAMPLES } from './house-rule-examples.js';
import { ChangeListQueryDto } from './house-rule-list.dto.js';
import { ChangeDto, ChangeListDto, WrittenChangeDto } from './house-rule-reply.dto.js';
import { HouseRules } from './house-rules.js';

const SequenceParam = (): MethodDecorator =>
  ApiParam({ name: 'sequence', description: 'Number of the change.', schema: { type: 'integer', example: 5 } });

function pathSequence(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw notFound();
  return Number(text);
}

@ApiTags('house rules')
@ApiBearerAuth()
@Controller('v1/house-rule-changes')
export class HouseRuleChangesController {
  constructor(
    private readonly rules: HouseRules,
    private readonly book: BookChanges,
  ) {}

  @Get()
  @Roles('risk')
  @ApiOperation({
    summary: 'Changes of the house-rule book',
    description: 'Role risk. The audit log, the latest first; or what waits for approval.',
  })
  @ApiOkResponse({ type: ChangeListDto, description: 'A page of changes.' })
  @ApiProblems(400, 401, 403, 503)
  listChanges(@Query() query: ChangeListQueryDto): Promise<ChangeListDto> {
    return this.rules.changes(query);
  }

  @Get(':sequence')
  @Roles('risk')
  @SequenceParam()
  @ApiOperation({ summary: 'A change', description: 'Role risk. With the decision, where it was a proposal.' })
  @ApiOkResponse({ type: ChangeDto, description: 'The change.' })
  @ApiProblems(401, 403, 404, 503)
  findChange(@Param('sequence') sequence: string): Promise<ChangeDto> {
    return this.rules.change(pathSequence(sequence));
  }

  @Post(':sequence/approve')
  @SequenceParam()
  @ApiBookChange({
    summary: 'Approve a proposal',
    description:
      'By anybody but the person who proposed it: neither the key nor one of the same name. A proposal that the book ' +
      'no longer takes is a 409.',
    body: StatedReasonDto,
    examples: REASON_EXAMPLES,
  })
  async approveChange(
    @Param('sequence') sequence: string,
    @Body() { reason }: StatedReasonDto,
    @Query() query: DryRunQueryDto,
    @Caller() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<WrittenChangeDto | DryRunDto> {
    return answered(response, await this.book.approve(pathSequence(sequence), { caller, reason, query }));
  }

  @Post(':sequence/reject')
  @Roles('risk')
  @ApiIdempotencyKey()
  @SequenceParam()
  @ApiOperation({
    summary: 'Reject a proposal',
    description: 'Role risk. By anybody, also by whoever proposed it: the book stays as it is.',
  })
  @ApiCreatedResponse({
    type: WrittenChangeDto,
    description: 'The rejection as written into the log.',
    headers: { Location: { description: 'Of the rejection.', schema: { type: 'string' } } },
  })
  @ApiProblems(400, 401, 403, 404, 409, 413, 415, 503)
  async rejectChange(
    @Param('sequence') sequence: string,
    @Body() { reason }: StatedReasonDto,
    @Caller() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<WrittenChangeDto> {
    return answered(response, await this.book.reject(pathSequence(sequence), { caller, reason, query: {} }));
  }
}
