import { Body, Controller, Get, Param, Put, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Caller, Roles } from '../auth/caller.js';
import { ApiProblems } from '../console/api-problems.js';
import { answered, ApiBookChange } from './api-book-change.js';
import { BookChanges } from './book-changes.js';
import { DryRunDto, DryRunQueryDto } from './dry-run.dto.js';
import { SwitchPackDto } from './house-rule.dto.js';
import { PACK_EXAMPLES } from './house-rule-examples.js';
import { HouseRulePackListDto } from './house-rule-pack.dto.js';
import { WrittenChangeDto } from './house-rule-reply.dto.js';
import { HouseRules } from './house-rules.js';
import { packSwitch } from './pack-changes.js';

@ApiTags('house rules')
@ApiBearerAuth()
@Controller('v1/house-rule-packs')
export class HouseRulePacksController {
  constructor(
    private readonly rules: HouseRules,
    private readonly book: BookChanges,
  ) {}

  @Get()
  @Roles('risk')
  @ApiOperation({
    summary: 'Published house rules of brokers',
    description: 'Role risk. Each rule with where it is published; and what is published that no rule here can say.',
  })
  @ApiOkResponse({ type: HouseRulePackListDto, description: 'All packs.' })
  @ApiProblems(401, 403, 503)
  listHouseRulePacks(): Promise<HouseRulePackListDto> {
    return this.rules.packs();
  }

  @Put(':name')
  @ApiParam({ name: 'name', description: 'Name of the pack.', example: 'ibkr' })
  @ApiBookChange({
    summary: 'Switch a pack on or off',
    description: 'One change, all its rules for the firm. Rules of the book that set the same number are a 409.',
    body: SwitchPackDto,
    examples: PACK_EXAMPLES,
  })
  async switchPack(
    @Param('name') name: string,
    @Body() request: SwitchPackDto,
    @Query() query: DryRunQueryDto,
    @Caller() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<WrittenChangeDto | DryRunDto> {
    const make = packSwitch(name, request, this.rules.today());
    return answered(response, await this.book.make(make, { caller, reason: request.reason, query }));
  }
}
