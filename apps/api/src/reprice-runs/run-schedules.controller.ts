import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { type RunSchedule, RunScheduleRepository } from '@app/store';
import { Caller, Roles } from '../auth/caller.js';
import { ApiProblems } from '../console/api-problems.js';
import { conflict, notFound } from '../problems.js';
import { PRIORITIES, RUN_ID } from './reprice-runs.js';
import { NewScheduleDto, RemovedScheduleDto, ScheduleDto, ScheduleListDto } from './run-schedule.dto.js';

@ApiTags('reprice runs')
@ApiBearerAuth()
@Controller('v1/reprice-schedules')
@Roles('risk')
export class RunSchedulesController {
  constructor(private readonly schedules: RunScheduleRepository) {}

  @Post()
  @ApiOperation({
    summary: 'Reprice at a time, or at every snapshot',
    description:
      'Role risk. Asks for a run by itself: at the times of `cron`, read in New York, or without it whenever a snapshot ' +
      'of the feed is stored. A time that passed while no worker ran is made up for once.',
  })
  @ApiCreatedResponse({ type: ScheduleDto, description: 'The schedule as stored.' })
  @ApiProblems(400, 401, 403, 409, 413, 415, 503)
  async createSchedule(@Body() request: NewScheduleDto, @Caller() caller: Caller): Promise<ScheduleDto> {
    const { name, cron = null, tradingDaysOnly = true, feed, desk = null, priority = 'NIGHTLY' } = request;
    const stored = await this.schedules.create({
      ...{ name, cron, tradingDaysOnly, feed, desk },
      scope: desk === null ? 'ALL' : 'DESK',
      priority: PRIORITIES[priority],
      createdBy: caller.keyId,
    });
    if (stored !== undefined) return scheduleReply(stored);
    const detail = 'A schedule with this name exists already.';
    throw conflict('schedule.exists', detail, [{ pointer: '/name', code: 'schedule.exists', detail }]);
  }

  @Get()
  @ApiOperation({ summary: 'Schedules of reprice runs', description: 'Role risk. All of them, by name.' })
  @ApiOkResponse({ type: ScheduleListDto, description: 'The schedules.' })
  @ApiProblems(401, 403, 503)
  async listSchedules(): Promise<ScheduleListDto> {
    return { items: (await this.schedules.list()).map(scheduleReply) };
  }

  @Post(':scheduleId/remove')
  @HttpCode(200)
  @ApiParam({ name: 'scheduleId', description: 'Id of the schedule.', example: '00000000-0000-4000-8000-000000000000' })
  @ApiOperation({
    summary: 'Remove a schedule',
    description: 'Role risk. The body says its name, so that no other goes by mistake. Runs it has asked for stay.',
  })
  @ApiOkResponse({ type: ScheduleDto, description: 'The schedule as it was.' })
  @ApiProblems(400, 401, 403, 404, 413, 415, 503)
  async removeSchedule(@Param('scheduleId') id: string, @Body() { name }: RemovedScheduleDto): Promise<ScheduleDto> {
    const removed = RUN_ID.test(id) ? await this.schedules.remove(id, name) : undefined;
    if (removed === undefined) throw notFound();
    return scheduleReply(removed);
  }
}

function scheduleReply({ id, name, cron, tradingDaysOnly, feed, desk, priority, ...times }: RunSchedule): ScheduleDto {
  const { createdAt, lastFiredAt } = times;
  return {
    ...{ id, name, cron, tradingDaysOnly, feed, desk, priority },
    createdAt: createdAt.toISOString(),
    lastFiredAt: lastFiredAt?.toISOString() ?? null,
  };
}
