import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiCreatedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import type { StoredReservation } from '@app/store';
import type { Request, Response } from 'express';
import { etag } from '../accounts/account-reply.js';
import { requireVersion } from '../accounts/if-match.js';
import { Caller } from '../auth/caller.js';
import { ApiProblems } from '../console/api-problems.js';
import { reservationAccounts, reservationExamples } from '../console/request-examples.js';
import { pathAccountId } from '../fields/account-id.js';
import { send } from '../idempotency/given-answer.js';
import { AnswersKeyItself } from '../idempotency/idempotency.interceptor.js';
import { ApiIdempotencyKey } from '../idempotency/api-idempotency-key.js';
import { fingerprint, idempotencyKey } from '../idempotency/idempotency-key.js';
import { requestId } from '../request-id.js';
import { FieldFaults } from '../what-if/field-faults.js';
import { linkedOrders } from '../what-if/linked-orders.js';
import { ordersFromDto } from '../what-if/orders.js';
import { GateDecisionDto } from './decision.dto.js';
import { Gate } from './gate.js';
import {
  EndRequestDto,
  FillDto,
  FillRequestDto,
  ReservationDto,
  ReservationListDto,
  ReservationListQueryDto,
  ReservationRequestDto,
} from './reservation.dto.js';
import { reservationReply } from './reservation-reply.js';
import { Reservations } from './reservations.js';

const ETAG = { ETag: { description: 'Version of the reservation.', schema: { type: 'string' }, example: '"1"' } };
const LOCATION = { Location: { description: 'Of the reservation.', schema: { type: 'string' } } };
const ReservationParam = (): MethodDecorator =>
  ApiParam({ name: 'reservationId', description: 'Id of the reservation.', format: 'uuid' });
const IfMatch = (): MethodDecorator =>
  ApiHeader({
    name: 'If-Match',
    required: false,
    description: 'ETag of the version that is meant. Absent: whatever it is at.',
    example: '"1"',
  });

@ApiTags('reservations')
@ApiBearerAuth()
@Controller('v1')
export class ReservationsController {
  constructor(
    private readonly gate: Gate,
    private readonly reservations: Reservations,
  ) {}

  @Post('accounts/:accountId/reservations')
  @HttpCode(200)
  @AnswersKeyItself()
  @ApiIdempotencyKey()
  @ApiOperation({
    summary: 'May these orders be sent? If so, hold their margin',
    description:
      'Decides and holds in one step, however many ask at once. The orders are judged at their worst: whichever of them, ' +
      'and of the orders held already, execute, whole or in part. ACCEPT holds the margin until `validUntil`, and it ' +
      'counts in every answer about the account from then on; REJECT holds nothing. Equity decides, and the limits of ' +
      'the account, its desk and the firm. Dollars; + change means the orders cost margin.',
  })
  @ApiParam({ name: 'accountId', description: 'Id of the account.', examples: reservationAccounts })
  @ApiBody({ type: ReservationRequestDto, examples: reservationExamples })
  @ApiCreatedResponse({ type: GateDecisionDto, headers: LOCATION, description: 'ACCEPT: the margin is held.' })
  @ApiOkResponse({ type: GateDecisionDto, description: 'REJECT: nothing is held.' })
  @ApiProblems(400, 401, 404, 409, 413, 415, 422, 503)
  async reserve(
    @Param('accountId') accountId: string,
    @Body() request: ReservationRequestDto,
    @Caller() caller: Caller,
    @Req() sent: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.decide({ accountId: pathAccountId(accountId), replaces: null, request, caller }, sent, response);
  }

  @Get('accounts/:accountId/reservations')
  @ApiParam({ name: 'accountId', description: 'Id of the account.', example: 'demo-empty' })
  @ApiOperation({
    summary: 'Reservations of an account',
    description: 'The latest first, page by page. Every role; a desk only its own.',
  })
  @ApiOkResponse({ type: ReservationListDto, description: 'A page of reservations.' })
  @ApiProblems(400, 401, 404, 503)
  listReservations(
    @Param('accountId') accountId: string,
    @Query() query: ReservationListQueryDto,
    @Caller() caller: Caller,
  ): Promise<ReservationListDto> {
    return this.reservations.list(pathAccountId(accountId), query, caller);
  }

  @Get('reservations/:reservationId')
  @ReservationParam()
  @ApiOperation({ summary: 'A reservation', description: 'What is held and what has executed. A desk only its own.' })
  @ApiOkResponse({ type: ReservationDto, headers: ETAG, description: 'As it is now.' })
  @ApiProblems(401, 404, 503)
  async findReservation(
    @Param('reservationId') id: string,
    @Caller() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ReservationDto> {
    const found = await this.reservations.find(id, caller);
    response.set('ETag', etag(found.version));
    return reservationReply(found);
  }

  @Post('reservations/:reservationId/fills')
  @HttpCode(200)
  @ReservationParam()
  @ApiIdempotencyKey()
  @ApiOperation({
    summary: 'Book an execution',
    description:
      'Turns a part of the hold into positions and cash, once for each `execId`: told again it answers the same. An ' +
      'execution that arrives after the reservation was cancelled or ran out is booked too, and marked `late`.',
  })
  @ApiOkResponse({ type: FillDto, headers: ETAG, description: 'It is booked.' })
  @ApiProblems(400, 401, 404, 409, 413, 415, 422, 503)
  async fillReservation(
    @Param('reservationId') id: string,
    @Body() request: FillRequestDto,
    @Caller() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<FillDto> {
    const fill = await this.reservations.fill(id, request, caller);
    response.set('ETag', etag(fill.reservation.version));
    return fill;
  }

  @Post('reservations/:reservationId/replace')
  @HttpCode(200)
  @AnswersKeyItself()
  @ReservationParam()
  @ApiIdempotencyKey()
  @IfMatch()
  @ApiOperation({
    summary: 'Replace the orders of a reservation',
    description:
      'Judged as if the old hold were gone, in one step: ACCEPT ends the old reservation and makes a new one, with new ' +
      'order ids; REJECT leaves the old one as it is. What has executed of the old orders stays executed.',
  })
  @ApiCreatedResponse({ type: GateDecisionDto, headers: LOCATION, description: 'ACCEPT: the new hold is in place.' })
  @ApiOkResponse({ type: GateDecisionDto, description: 'REJECT: the old one stays.' })
  @ApiProblems(400, 401, 404, 409, 412, 413, 415, 422, 503)
  async replaceReservation(
    @Param('reservationId') id: string,
    @Body() request: ReservationRequestDto,
    @Headers('if-match') ifMatch: string | undefined,
    @Caller() caller: Caller,
    @Req() sent: Request,
    @Res() response: Response,
  ): Promise<void> {
    const found = await this.reservations.find(id, caller);
    askedVersion(ifMatch, found);
    await this.decide({ accountId: found.accountId, replaces: found.id, request, caller }, sent, response);
  }

  @Post('reservations/:reservationId/cancel')
  @HttpCode(200)
  @ReservationParam()
  @ApiIdempotencyKey()
  @IfMatch()
  @ApiOperation({ summary: 'Cancel a reservation', description: 'Nothing is held for it from now on.' })
  @ApiOkResponse({ type: ReservationDto, headers: ETAG, description: 'It is cancelled.' })
  @ApiProblems(400, 401, 404, 409, 412, 413, 415, 503)
  cancelReservation(
    @Param('reservationId') id: string,
    @Body() _request: EndRequestDto,
    @Headers('if-match') ifMatch: string | undefined,
    @Caller() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ReservationDto> {
    return this.end(id, 'CANCELLED', ifMatch, caller, response);
  }

  @Post('reservations/:reservationId/expire')
  @HttpCode(200)
  @ReservationParam()
  @ApiIdempotencyKey()
  @IfMatch()
  @ApiOperation({
    summary: 'Let a reservation run out now',
    description: 'As at its `validUntil`, which needs no call: nothing is held for it from now on.',
  })
  @ApiOkResponse({ type: ReservationDto, headers: ETAG, description: 'It has expired.' })
  @ApiProblems(400, 401, 404, 409, 412, 413, 415, 503)
  expireReservation(
    @Param('reservationId') id: string,
    @Body() _request: EndRequestDto,
    @Headers('if-match') ifMatch: string | undefined,
    @Caller() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ReservationDto> {
    return this.end(id, 'EXPIRED', ifMatch, caller, response);
  }

  private async end(
    id: string,
    state: 'CANCELLED' | 'EXPIRED',
    ifMatch: string | undefined,
    caller: Caller,
    response: Response,
  ): Promise<ReservationDto> {
    const version = askedVersion(ifMatch, await this.reservations.find(id, caller));
    const ended = await this.reservations.end(id, state, version, caller);
    response.set('ETag', etag(ended.version));
    return ended;
  }

  private async decide(
    asked: { accountId: string; replaces: string | null; request: ReservationRequestDto; caller: Caller },
    sent: Request,
    response: Response,
  ): Promise<void> {
    const faults = new FieldFaults();
    const orders = ordersFromDto(asked.request.orders, faults);
    const linked = linkedOrders(orders, asked.request.links, faults);
    faults.throwIfAny();
    const key = idempotencyKey(sent);
    const answer = await this.gate.decide({
      ...asked,
      orders,
      linked,
      idempotencyKey: key,
      fingerprint: key === null ? '' : fingerprint(sent),
      requestId: requestId(sent),
    });
    send(response, answer);
  }
}

/** @throws Problem 412 where If-Match names another version. */
function askedVersion(ifMatch: string | undefined, { version }: StoredReservation): number | undefined {
  if (ifMatch === undefined || ifMatch.trim() === '*') return undefined;
  requireVersion(ifMatch, version);
  return version;
}
