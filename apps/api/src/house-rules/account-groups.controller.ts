import { Body, Controller, Get, Headers, Param, Post, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { etag } from '../accounts/account-reply.js';
import { Caller, Roles } from '../auth/caller.js';
import { ApiProblems } from '../console/api-problems.js';
import { pathAccountId } from '../fields/account-id.js';
import { answered, ApiBookChange } from './api-book-change.js';
import { BookChanges } from './book-changes.js';
import { DryRunDto, DryRunQueryDto } from './dry-run.dto.js';
import { membersChange, newGroup } from './group-changes.js';
import { MemberChangeDto, NewAccountGroupDto } from './house-rule.dto.js';
import { GROUP_EXAMPLES, MEMBER_EXAMPLES } from './house-rule-examples.js';
import { AccountGroupListQueryDto } from './house-rule-list.dto.js';
import { AccountGroupDto, AccountGroupListDto, WrittenChangeDto } from './house-rule-reply.dto.js';
import { HouseRules } from './house-rules.js';

const ETAG = {
  ETag: { description: 'Version of the group, for If-Match.', schema: { type: 'string' as const }, example: '"1"' },
};
const GroupParam = (): MethodDecorator =>
  ApiParam({ name: 'groupId', description: 'Id of the group.', example: 'short-volatility' });

@ApiTags('house rules')
@ApiBearerAuth()
@Controller('v1/account-groups')
export class AccountGroupsController {
  constructor(
    private readonly rules: HouseRules,
    private readonly book: BookChanges,
  ) {}

  @Get()
  @Roles('risk')
  @ApiOperation({ summary: 'Groups of accounts', description: 'Role risk. An account may be in several.' })
  @ApiOkResponse({ type: AccountGroupListDto, description: 'A page of groups.' })
  @ApiProblems(400, 401, 403, 503)
  listAccountGroups(@Query() query: AccountGroupListQueryDto): Promise<AccountGroupListDto> {
    return this.rules.groups(query);
  }

  @Get(':groupId')
  @Roles('risk')
  @GroupParam()
  @ApiOperation({ summary: 'A group of accounts', description: 'Role risk.' })
  @ApiOkResponse({ type: AccountGroupDto, description: 'The group.', headers: ETAG })
  @ApiProblems(401, 403, 404, 503)
  async findAccountGroup(
    @Param('groupId') id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AccountGroupDto> {
    const group = await this.rules.group(pathAccountId(id));
    response.set('ETag', etag(group.version));
    return group;
  }

  @Post()
  @ApiBookChange({
    summary: 'A new group of accounts',
    description: 'For rules that bind some accounts and not all.',
    body: NewAccountGroupDto,
    examples: GROUP_EXAMPLES,
  })
  async createAccountGroup(
    @Body() request: NewAccountGroupDto,
    @Query() query: DryRunQueryDto,
    @Caller() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<WrittenChangeDto | DryRunDto> {
    await this.book.refuseUnknownAccounts({ members: request.members });
    return answered(response, await this.book.make(newGroup(request), { caller, reason: request.reason, query }));
  }

  @Post(':groupId/members')
  @GroupParam()
  @ApiBookChange({
    summary: 'Accounts join or leave',
    description: 'Who leaves a group that has rules is bound by less, and that has to be approved.',
    body: MemberChangeDto,
    examples: MEMBER_EXAMPLES,
    ifMatch: true,
  })
  async changeMembers(
    @Param('groupId') id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body() request: MemberChangeDto,
    @Query() query: DryRunQueryDto,
    @Caller() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<WrittenChangeDto | DryRunDto> {
    await this.book.refuseUnknownAccounts({ add: request.add });
    const make = membersChange(pathAccountId(id), ifMatch, request);
    return answered(response, await this.book.make(make, { caller, reason: request.reason, query }));
  }
}
