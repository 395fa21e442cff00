import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Caller } from '../auth/caller.js';
import { ApiProblems } from '../console/api-problems.js';
import { ExplanationReplyDto, ExplanationRequestDto } from './explanation.dto.js';
import { Explanations } from './explanations.js';

/** Each runs as printed on the demo's account `demo-covered-call`. */
const EXAMPLES = {
  'positions-and-cash': {
    summary: 'What the calls written on the shares changed',
    description: 'Held before: the shares alone. Everything that changed came with the positions.',
    value: { from: { date: '2026-06-12', positions: [{ symbol: 'BRWK', quantity: '1000' }] } },
  },
};

@ApiTags('advice')
@ApiBearerAuth()
@Controller('v1')
export class ExplanationsController {
  constructor(private readonly explanations: Explanations) {}

  @Post('accounts/:accountId/explanations')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Why did the margin of an account change?',
    description:
      'Between two dates, snapshots or what-ifs, with the positions of each: the earlier state is moved into the later ' +
      'one cause by cause, and each has what changed with it, to the cent. In this order: what is not held any more, ' +
      'time, prices, volatilities, the rest of the market, rules, what was added, and what working orders hold. ' +
      'Portfolio margin only. Nothing is stored.',
  })
  @ApiParam({ name: 'accountId', description: 'Id of the account.', example: 'demo-covered-call' })
  @ApiBody({ type: ExplanationRequestDto, examples: EXAMPLES })
  @ApiOkResponse({ type: ExplanationReplyDto, description: 'Both states, and what led from one to the other.' })
  @ApiProblems(400, 401, 404, 409, 413, 415, 422, 503)
  explain(
    @Param('accountId') accountId: string,
    @Body() request: ExplanationRequestDto,
    @Caller() caller: Caller,
  ): Promise<ExplanationReplyDto> {
    return this.explanations.answer(accountId, request, caller);
  }
}
