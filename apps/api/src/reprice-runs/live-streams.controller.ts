import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Caller, Roles } from '../auth/caller.js';
import { ApiProblems } from '../console/api-problems.js';
import { pathAccountId } from '../fields/account-id.js';
import { LiveStreams } from './live-streams.js';

const LastEventId = (): MethodDecorator =>
  ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'Id of the last event seen: the stream goes on after it, and nothing between is lost.',
  });
const EVENTS = (example: string) => ({
  description:
    'Server-sent events until the caller hangs up. An event `bookmark` says how far the stream is while nothing else ' +
    'happens. A reader that falls a megabyte behind is cut off and may resume.',
  content: { 'text/event-stream': { schema: { type: 'string' as const }, example } },
});
const AMOUNTS =
  '"requirement":"15930.00","regulatoryRequirement":"15930.00","equity":"92400.00","excess":"76470.00","maintenanceExcess":"76470.00"';
const RUN = '"runId":"00000000-0000-4000-8000-000000000000"';

@ApiTags('live')
@ApiBearerAuth()
@Controller('v1')
export class LiveStreamsController {
  constructor(private readonly streams: LiveStreams) {}

  @Get('accounts/:accountId/margin/stream')
  @LastEventId()
  @ApiParam({ name: 'accountId', description: 'Id of the account.', example: 'demo-long-stock' })
  @ApiOperation({
    summary: 'The margin of an account, live',
    description:
      'An event `margin` for every reprice run that margins it, beginning with the latest; dollars. Every role; a desk ' +
      'only its own.',
  })
  @ApiOkResponse(EVENTS(`id: 17\nevent: margin\ndata: {${RUN},"accountId":"demo-long-stock",${AMOUNTS}}\n\n`))
  @ApiProblems(400, 401, 404, 503)
  streamAccount(
    @Param('accountId') id: string,
    @Caller() caller: Caller,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    return this.streams.ofAccount(pathAccountId(id), caller, request, response);
  }

  @Get('desks/:desk/margin/stream')
  @LastEventId()
  @ApiParam({ name: 'desk', description: 'Name of the desk.', example: 'demo' })
  @ApiOperation({
    summary: 'The margins of a desk, live',
    description:
      'An event `margins` for every piece of a reprice run that holds accounts of the desk, from now on; dollars. Every ' +
      'role; a desk only its own.',
  })
  @ApiOkResponse(
    EVENTS(
      `id: 17\nevent: margins\ndata: {${RUN},"desk":"demo","accounts":[{"accountId":"demo-long-stock",${AMOUNTS}}]}\n\n`,
    ),
  )
  @ApiProblems(400, 401, 404, 503)
  streamDesk(
    @Param('desk') desk: string,
    @Caller() caller: Caller,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    return this.streams.ofDesk(pathAccountId(desk), caller, request, response);
  }

  @Get('reprice-runs/:runId/events')
  @Roles('risk')
  @LastEventId()
  @ApiParam({ name: 'runId', description: 'Id of the run.', example: '00000000-0000-4000-8000-000000000000' })
  @ApiOperation({
    summary: 'A reprice run, live',
    description:
      'Role risk. From its beginning: an event `state` for every change of state, an event `results` for every piece ' +
      'whose results came in, in the order in which they became visible.',
  })
  @ApiOkResponse(
    EVENTS(
      `id: 16\nevent: state\ndata: {${RUN},"state":"RUNNING"}\n\n` +
        `id: 17\nevent: results\ndata: {${RUN},"firstAccountId":"demo-covered-call","lastAccountId":"demo-two-stocks-no-netting","accounts":14}\n\n`,
    ),
  )
  @ApiProblems(400, 401, 403, 404, 503)
  streamRun(@Param('runId') id: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    return this.streams.ofRun(id, request, response);
  }
}
