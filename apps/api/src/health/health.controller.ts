import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '../auth/caller.js';
import { ApiProblems } from '../console/api-problems.js';
import { Problem } from '../problem.js';
import { READINESS, type Readiness } from './readiness.js';

const STATUS_SCHEMA = { type: 'object', properties: { status: { type: 'string' } }, required: ['status'] };

@ApiTags('operations')
@Controller('health')
@Public()
export class HealthController {
  constructor(@Inject(READINESS) private readonly readiness: Readiness) {}

  @Get('live')
  @ApiOperation({ summary: 'Is the process alive?', description: 'Always 200 while the process answers at all.' })
  @ApiOkResponse({ description: 'It is.', schema: { ...STATUS_SCHEMA, example: { status: 'live' } } })
  live(): { readonly status: 'live' } {
    return { status: 'live' };
  }

  @Get('ready')
  @ApiOperation({
    summary: 'Would a what-if be answered?',
    description:
      '200 when the database is reachable and migrated and a market snapshot is stored; otherwise 503, and `errors` ' +
      'says what is missing.',
  })
  @ApiOkResponse({ description: 'It would.', schema: { ...STATUS_SCHEMA, example: { status: 'ready' } } })
  @ApiProblems(503)
  async ready(): Promise<{ readonly status: 'ready' }> {
    const gaps = await this.readiness.gaps().catch(() => ['The readiness check failed.']);
    if (gaps.length === 0) return { status: 'ready' };
    throw new Problem({
      status: 503,
      code: 'service.not_ready',
      title: 'Not ready',
      errors: gaps.map((detail) => ({ pointer: '', code: 'service.not_ready', detail })),
      headers: { 'Retry-After': '2' },
    });
  }
}
