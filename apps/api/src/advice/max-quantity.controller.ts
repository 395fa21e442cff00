import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Caller } from '../auth/caller.js';
import { ApiProblems } from '../console/api-problems.js';
import { GIVEN_EXAMPLES, STORED_EXAMPLES } from './max-quantity-examples.js';
import { MaxQuantities } from './max-quantities.js';
import { MaxQuantityRequestDto, ShadowMaxQuantityRequestDto } from './max-quantity.dto.js';
import { MaxQuantityReplyDto } from './max-quantity-reply.dto.js';

const WHAT =
  'Which whole numbers of units of an order (any legs and ratios) would be accepted, exactly: requirement and equity ' +
  'are straight lines between bends, every bend and every crossing is computed and put to the engine, which also ' +
  'judges the largest and one more. What stops one more is named. A REG_T account’s requirement is no such line: there ' +
  'ranges of units are bounded from both sides and halved, and what stays undecided is named. Nothing is stored.';

@ApiTags('advice')
@ApiBearerAuth()
@Controller('v1')
export class MaxQuantityController {
  constructor(private readonly quantities: MaxQuantities) {}

  @Post('accounts/:accountId/max-quantity')
  @HttpCode(200)
  @ApiOperation({ summary: 'How many would pass, on a stored account?', description: WHAT })
  @ApiParam({ name: 'accountId', description: 'Id of the account.', example: 'demo-empty' })
  @ApiBody({ type: MaxQuantityRequestDto, examples: STORED_EXAMPLES })
  @ApiOkResponse({ type: MaxQuantityReplyDto, description: 'What passes, and what stops more.' })
  @ApiProblems(400, 401, 404, 413, 415, 422, 503)
  maxQuantity(
    @Param('accountId') accountId: string,
    @Body() request: MaxQuantityRequestDto,
    @Caller() caller: Caller,
  ): Promise<MaxQuantityReplyDto> {
    return this.quantities.stored(accountId, request, caller);
  }

  @Post('max-quantity')
  @HttpCode(200)
  @ApiOperation({ summary: 'How many would pass, on a portfolio given here?', description: WHAT })
  @ApiBody({ type: ShadowMaxQuantityRequestDto, examples: GIVEN_EXAMPLES })
  @ApiOkResponse({ type: MaxQuantityReplyDto, description: 'What passes, and what stops more.' })
  @ApiProblems(400, 401, 404, 413, 415, 422, 503)
  shadowMaxQuantity(@Body() request: ShadowMaxQuantityRequestDto): Promise<MaxQuantityReplyDto> {
    return this.quantities.given(request);
  }
}
