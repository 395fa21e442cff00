import { Body, Controller, Get, Headers, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiExtraModels,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Caller, Roles } from '../auth/caller.js';
import { ApiProblems } from '../console/api-problems.js';
import { ApiIdempotencyKey } from '../idempotency/api-idempotency-key.js';
import { ReadBody } from '../json-body/read-body.decorator.js';
import { AccountDto, CreateAccountDto, CreatedAccountDto } from './account.dto.js';
import { AccountListDto, AccountListQueryDto } from './account-list.dto.js';
import { AccountMarginDto } from './account-margin.dto.js';
import { pathAccountId } from '../fields/account-id.js';
import { accountReply, etag, positionsReply } from './account-reply.js';
import { Accounts } from './accounts.js';
import { newBook } from './new-book.js';
import { PositionsDto, ReplacedPositionsDto, ReplacePositionsDto } from './positions.dto.js';
import { positionsCsv } from './positions-csv.js';

const CSV_TYPE = 'text/csv; charset=utf-8; header=present';
const CSV_EXAMPLE = 'symbol,quantity\r\nIBM,10000\r\nIBM   070421C00100000,-100\r\n';
const CSV_CONTENT = { schema: { type: 'string' as const }, example: CSV_EXAMPLE };

const ETAG = {
  ETag: { description: 'Version of the account, for If-Match.', schema: { type: 'string' }, example: '"3"' },
};
const AccountParam = (): MethodDecorator =>
  ApiParam({ name: 'accountId', description: 'Id of the account.', example: 'demo-long-stock' });

@ApiTags('accounts')
@ApiBearerAuth()
@Controller('v1/accounts')
export class AccountsController {
  constructor(private readonly accounts: Accounts) {}

  @Get()
  @ApiOperation({
    summary: 'Accounts',
    description: 'In the order of their ids, page by page, without positions. A desk key sees only its own desk’s.',
  })
  @ApiOkResponse({ type: AccountListDto, description: 'A page of accounts.' })
  @ApiProblems(400, 401, 503)
  listAccounts(@Query() query: AccountListQueryDto, @Caller() caller: Caller): Promise<AccountListDto> {
    return this.accounts.list(query, caller);
  }

  @Post()
  @Roles('risk')
  @ApiIdempotencyKey()
  @ApiOperation({
    summary: 'Open an account',
    description:
      'Role risk. Stores the account with what it holds: cash in dollars (+ credit, − debit), quantities in shares or ' +
      'contracts (+ long, − short). Symbols that no snapshot prices yet are stored and listed in `unpriced`.',
  })
  @ApiCreatedResponse({
    type: CreatedAccountDto,
    description: 'The account as stored.',
    headers: { ...ETAG, Location: { description: 'Of the account.', schema: { type: 'string' } } },
  })
  @ApiProblems(400, 401, 403, 409, 413, 415, 422, 503)
  async createAccount(
    @Body() request: CreateAccountDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CreatedAccountDto> {
    const { account, unpriced } = await this.accounts.create(request);
    response.set({ Location: `/v1/accounts/${account.id}`, ETag: etag(account.version) });
    return { ...accountReply(account), unpriced };
  }

  @Get(':accountId')
  @AccountParam()
  @ApiOperation({ summary: 'An account', description: 'Without its positions. Every role; a desk only its own.' })
  @ApiOkResponse({ type: AccountDto, description: 'The account.', headers: ETAG })
  @ApiProblems(401, 404, 503)
  async findAccount(
    @Param('accountId') id: string,
    @Caller() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AccountDto> {
    const account = await this.accounts.find(pathAccountId(id), caller);
    response.set('ETag', etag(account.version));
    return accountReply(account);
  }

  @Get(':accountId/positions')
  @AccountParam()
  @ApiOperation({
    summary: 'What an account holds',
    description:
      'Quantities in shares or contracts, + long, − short. JSON, or with `Accept: text/csv` the columns symbol and ' +
      'quantity. Every role; a desk only its own.',
  })
  @ApiExtraModels(PositionsDto)
  @ApiOkResponse({
    description: 'The positions, in the order of their symbols.',
    headers: ETAG,
    content: {
      'application/json': { schema: { $ref: getSchemaPath(PositionsDto) } },
      'text/csv': CSV_CONTENT,
    },
  })
  @ApiProblems(401, 404, 503)
  async findPositions(
    @Param('accountId') id: string,
    @Caller() caller: Caller,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PositionsDto | string> {
    const account = await this.accounts.find(pathAccountId(id), caller);
    response.set('ETag', etag(account.version)).vary('Accept');
    // Whoever accepts neither gets JSON, as RFC 9110 allows.
    if (request.accepts('application/json', 'text/csv') !== 'text/csv') return positionsReply(account);
    response.set('Content-Type', CSV_TYPE);
    return positionsCsv(account.positions);
  }

  @Put(':accountId/positions')
  @Roles('risk')
  @ApiIdempotencyKey()
  @ReadBody({ csv: true })
  @AccountParam()
  @ApiHeader({
    name: 'If-Match',
    required: true,
    description: 'ETag of the version this replaces. `*` names no version and counts as absent.',
    example: '"3"',
  })
  @ApiOperation({
    summary: 'Replace what an account holds',
    description:
      'Role risk. The body is everything held from now on, as JSON (with `cash`, if it changes too) or as CSV with the ' +
      'columns symbol and quantity: shares or contracts, + long, − short; lines of one symbol net. Of two changes based ' +
      'on one version the first wins and the other gets a 412. Symbols that the latest snapshot does not have are ' +
      'stored and listed in `unpriced`. Wrong CSV lines are named by the pointer of the JSON form, /positions/0 being ' +
      'the first line after the header, and by their number in the detail.',
    requestBody: {
      required: true,
      content: {
        'application/json': { schema: { $ref: getSchemaPath(ReplacePositionsDto) } },
        'text/csv': CSV_CONTENT,
      },
    },
  })
  @ApiExtraModels(ReplacePositionsDto)
  @ApiOkResponse({ type: ReplacedPositionsDto, description: 'What is held from now on.', headers: ETAG })
  @ApiProblems(400, 401, 403, 404, 412, 413, 415, 428, 503)
  async replacePositions(
    @Param('accountId') id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body() body: unknown,
    @Caller() caller: Caller,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ReplacedPositionsDto> {
    const book = () => newBook(request.headers['content-type'] ?? '', body);
    const { account, unpriced } = await this.accounts.replacePositions(pathAccountId(id), ifMatch, book, caller);
    response.set('ETag', etag(account.version));
    return { ...positionsReply(account), unpriced };
  }

  @Get(':accountId/margin')
  @AccountParam()
  @ApiOperation({
    summary: 'The margin of an account now',
    description:
      'As it is stored, on the latest snapshot of its feed and under the rules in force. Dollars with two decimals; ' +
      'excess is equity less requirement, − being a deficit. Every role; a desk only its own. Whatever is missing to ' +
      'know it is listed by symbol in a 422.',
  })
  @ApiOkResponse({ type: AccountMarginDto, description: 'The margin now.' })
  @ApiProblems(401, 404, 422, 503)
  findMargin(@Param('accountId') id: string, @Caller() caller: Caller): Promise<AccountMarginDto> {
    return this.accounts.margin(pathAccountId(id), caller);
  }
}
