import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Caller } from '../auth/caller.js';
import { ApiProblems } from '../console/api-problems.js';
import { HedgeRequestDto, ShadowHedgeRequestDto } from './hedge.dto.js';
import { GIVEN_EXAMPLES, STORED_EXAMPLES } from './hedge-examples.js';
import { HedgeReplyDto } from './hedge-reply.dto.js';
import { Hedges } from './hedges.js';

const WHAT =
  'The cheapest whole lots after which excess is what is wanted: an integer program over the valuation points, its ' +
  'answer judged by the engine. A lot costs what it loses against its mark: bought at the offer, sold at the bid, and ' +
  'at the mark where nobody quotes, as `priceFrom` says. Portfolio margin only. Nothing is stored.';

@ApiTags('advice')
@ApiBearerAuth()
@Controller('v1')
export class HedgesController {
  constructor(private readonly hedges: Hedges) {}

  @Post('accounts/:accountId/hedges')
  @HttpCode(200)
  @ApiOperation({ summary: 'What would cure a stored account, or set an amount free?', description: WHAT })
  @ApiParam({ name: 'accountId', description: 'Id of the account.', example: 'demo-in-deficit' })
  @ApiBody({ type: HedgeRequestDto, examples: STORED_EXAMPLES })
  @ApiOkResponse({ type: HedgeReplyDto, description: 'The orders, and what they do.' })
  @ApiProblems(400, 401, 404, 413, 415, 422, 503)
  findHedge(
    @Param('accountId') accountId: string,
    @Body() request: HedgeRequestDto,
    @Caller() caller: Caller,
  ): Promise<HedgeReplyDto> {
    return this.hedges.stored(accountId, request, caller);
  }

  @Post('hedges')
  @HttpCode(200)
  @ApiOperation({ summary: 'The same of a portfolio given here', description: WHAT })
  @ApiBody({ type: ShadowHedgeRequestDto, examples: GIVEN_EXAMPLES })
  @ApiOkResponse({ type: HedgeReplyDto, description: 'The orders, and what they do.' })
  @ApiProblems(400, 401, 404, 413, 415, 422, 503)
  findShadowHedge(@Body() request: ShadowHedgeRequestDto): Promise<HedgeReplyDto> {
    return this.hedges.given(request);
  }
}
