import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBearerAuth,
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Caller, Roles } from '../auth/caller.js';
import { ApiProblems } from '../console/api-problems.js';
import { NewRunDto, RunChangeDto } from './new-run.dto.js';
import { RepriceRuns } from './reprice-runs.js';
import { RunComparisonDto } from './run-comparison.dto.js';
import { resultsCsv } from './run-reply.js';
import { RunDto, RunListDto, RunListQueryDto, RunWithTotalsDto } from './run-reply.dto.js';
import {
  DeadLetterListDto,
  DeadLetterListQueryDto,
  ResultListQueryDto,
  RunResultListDto,
  RunWorstPointDto,
} from './run-result.dto.js';

const CSV_TYPE = 'text/csv; charset=utf-8; header=present';
const CSV_EXAMPLE =
  'accountId,desk,methodology,requirement,regulatoryRequirement,equity,excess,maintenanceExcess,ruleSetVersion,positionsVersion\r\n' +
  'demo-empty,demo,PORTFOLIO_MARGIN,0.00,0.00,250000.00,250000.00,250000.00,customer-portfolio-margin-2006,1\r\n';
const RunParam = (): MethodDecorator =>
  ApiParam({ name: 'runId', description: 'Id of the run.', example: '00000000-0000-4000-8000-000000000000' });

@ApiTags('reprice runs')
@ApiBearerAuth()
@Controller('v1/reprice-runs')
@Roles('risk')
export class RepriceRunsController {
  constructor(private readonly runs: RepriceRuns) {}

  @Post()
  @HttpCode(202)
  @ApiOperation({
    summary: 'Reprice accounts',
    description:
      'Role risk. Margins every account in scope on one snapshot, under the rule book and the house rules as they ' +
      'stand now. Workers do it; the answer says where to look. Accounts pinned to another feed than the snapshot’s ' +
      'are not in scope.',
  })
  @ApiAcceptedResponse({
    type: RunDto,
    description: 'It is asked for.',
    headers: { Location: { description: 'Of the run.', schema: { type: 'string' } } },
  })
  @ApiProblems(400, 401, 403, 404, 413, 415, 422, 503)
  async createRun(
    @Body() request: NewRunDto,
    @Caller() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RunDto> {
    const run = await this.runs.create(request, caller);
    response.set('Location', `/v1/reprice-runs/${run.id}`);
    return run;
  }

  @Get()
  @ApiOperation({ summary: 'Reprice runs', description: 'Role risk. Latest first, page by page.' })
  @ApiOkResponse({ type: RunListDto, description: 'A page of runs.' })
  @ApiProblems(400, 401, 403, 503)
  listRuns(@Query() query: RunListQueryDto): Promise<RunListDto> {
    return this.runs.list(query);
  }

  @Get(':runId')
  @RunParam()
  @ApiOperation({
    summary: 'A reprice run',
    description: 'Role risk. How far it is, and the sums of its results so far.',
  })
  @ApiOkResponse({ type: RunWithTotalsDto, description: 'The run.' })
  @ApiProblems(401, 403, 404, 503)
  findRun(@Param('runId') id: string): Promise<RunWithTotalsDto> {
    return this.runs.withTotals(id);
  }

  @Patch(':runId')
  @RunParam()
  @ApiOperation({
    summary: 'Cancel or resume a run',
    description:
      'Role risk. A run that is CANCELLED keeps what is stored, and once this is answered no further result appears; ' +
      'REQUESTED again, it goes on where it stopped.',
  })
  @ApiOkResponse({ type: RunDto, description: 'The run in its new state.' })
  @ApiProblems(400, 401, 403, 404, 409, 413, 415, 503)
  changeRun(@Param('runId') id: string, @Body() { state }: RunChangeDto): Promise<RunDto> {
    return state === 'CANCELLED' ? this.runs.cancel(id) : this.runs.resume(id);
  }

  @Get(':runId/results')
  @RunParam()
  @ApiOperation({
    summary: 'Results of a run',
    description:
      'Role risk. By account, page by page; of one desk, or deficits only. JSON, or with `Accept: text/csv` without the ' +
      'class groups and with the next page in the header `Next-Cursor`. Dollars.',
  })
  @ApiExtraModels(RunResultListDto, RunWorstPointDto)
  @ApiOkResponse({
    description: 'A page of results.',
    headers: { 'Next-Cursor': { description: 'Of CSV: asks for the next page.', schema: { type: 'string' } } },
    content: {
      'application/json': { schema: { $ref: getSchemaPath(RunResultListDto) } },
      'text/csv': { schema: { type: 'string' }, example: CSV_EXAMPLE },
    },
  })
  @ApiProblems(400, 401, 403, 404, 503)
  async listResults(
    @Param('runId') id: string,
    @Query() query: ResultListQueryDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RunResultListDto | string> {
    const page = await this.runs.resultPage(id, query);
    response.vary('Accept');
    if (request.accepts('application/json', 'text/csv') !== 'text/csv') return page;
    if (page.nextCursor !== null) response.set('Next-Cursor', page.nextCursor);
    response.set('Content-Type', CSV_TYPE);
    return resultsCsv(page.items);
  }

  @Get(':runId/dead-letters')
  @RunParam()
  @ApiOperation({
    summary: 'Accounts a run could not margin',
    description: 'Role risk. With everything that was missing or unusable for each.',
  })
  @ApiOkResponse({ type: DeadLetterListDto, description: 'A page of accounts.' })
  @ApiProblems(400, 401, 403, 404, 503)
  listDeadLetters(@Param('runId') id: string, @Query() query: DeadLetterListQueryDto): Promise<DeadLetterListDto> {
    return this.runs.deadLetters(id, query);
  }

  @Get(':runId/comparison')
  @RunParam()
  @ApiOperation({
    summary: 'What changed since the run before',
    description:
      'Role risk. Beside the last finished run of the same accounts on the same feed: who crossed into deficit, the ' +
      'largest changes of excess, and whether prices, positions or rules differ. 404 where there is none.',
  })
  @ApiOkResponse({ type: RunComparisonDto, description: 'The comparison.' })
  @ApiProblems(401, 403, 404, 503)
  compareRun(@Param('runId') id: string): Promise<RunComparisonDto> {
    return this.runs.comparison(id);
  }
}
