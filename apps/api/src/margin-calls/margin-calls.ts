import { isBusinessDay } from '@app/market';
import type { CallDecision, MarginCall, MarginCallRepository } from '@app/store';
import { requireVersion } from '../accounts/if-match.js';
import type { Caller } from '../auth/caller.js';
import { conflict, notFound, preconditionFailed } from '../problems.js';
import { FieldFaults } from '../what-if/field-faults.js';
import { mayRead, type StoredWhatIfs } from '../what-if/stored-what-ifs.js';
import type { ExtendCallDto, MarginCallHistoryDto, WaiveCallDto } from './margin-call.dto.js';
import { callPage, cursorOfCall, type MarginCallListDto, type MarginCallsQueryDto } from './margin-call-list.dto.js';
import { callEventReply, marginCallReply } from './margin-call-reply.js';
import { valuedAccount } from './valued-account.js';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Margin calls: who owes, how much and until when. */
export class MarginCalls {
  constructor(
    private readonly calls: MarginCallRepository,
    private readonly whatIfs: StoredWhatIfs,
  ) {}

  /** A page of the calls the caller may see. */
  async list(query: MarginCallsQueryDto, caller: Caller): Promise<MarginCallListDto> {
    const own = caller.role === 'DESK' ? (caller.desk ?? '') : undefined;
    if (own !== undefined && query.desk !== undefined && query.desk !== own) return { items: [], nextCursor: null };
    const { limit, ...page } = callPage({ ...query, desk: own ?? query.desk });
    const found = await this.calls.list({ ...page, limit: limit + 1 });
    const shown = found.slice(0, limit);
    return {
      items: shown.map(marginCallReply),
      nextCursor: found.length > limit ? cursorOfCall(shown[limit - 1]) : null,
    };
  }

  /** @throws Problem 404 for an unknown or foreign account. */
  async listOf(accountId: string, query: MarginCallsQueryDto, caller: Caller): Promise<MarginCallListDto> {
    await this.whatIfs.standing(accountId, caller);
    return this.list({ ...query, account: accountId }, caller);
  }

  /** @throws Problem 404 for an unknown or foreign call. */
  async find(id: string, caller: Caller): Promise<MarginCallHistoryDto> {
    const call = await this.call(id, caller);
    const events = await this.calls.events(id);
    return { ...marginCallReply(call), history: events.map(callEventReply) };
  }

  /**
   * Values an account on the latest prices and takes its calls to where they stand; its unmet calls.
   * @throws Problem 404, 422 with everything that is missing.
   */
  async review(accountId: string, caller: Caller): Promise<MarginCallListDto> {
    const base = await this.whatIfs.baseOf(await this.whatIfs.standing(accountId, caller));
    const valuedOn = { snapshotId: base.snapshotId, asOf: new Date(base.market.asOf) };
    await this.calls.follow(valuedOn, [await valuedAccount(base)]);
    const unmet = (await this.unmet(accountId)).map(marginCallReply);
    return { items: unmet, nextCursor: null };
  }

  /** Of every kind at most one. */
  async unmet(accountId: string): Promise<readonly MarginCall[]> {
    const page = { desk: undefined, accountId, status: undefined, after: undefined, limit: 500 };
    return (await this.calls.list(page)).filter(({ state }) => state !== 'MET');
  }

  /** @throws Problem 404, 428 or 412 (If-Match), 409 where it is not open, 400 for a day that is no later business day. */
  async extend(
    id: string,
    ifMatch: string | undefined,
    asked: ExtendCallDto,
    caller: Caller,
  ): Promise<MarginCallHistoryDto> {
    const call = await this.open(id, ifMatch, caller);
    const faults = new FieldFaults();
    if (asked.dueOn <= call.dueOn) {
      faults.add('/dueOn', 'margin_call.not_later', 'Must be later than the day the call is due on.');
    }
    if (!isBusinessDay(asked.dueOn)) {
      faults.add('/dueOn', 'margin_call.no_business_day', 'Must be a day on which the exchange is open.');
    }
    faults.throwIfAny();
    const decided = await this.calls.extend(decision(call, asked, caller), asked.dueOn, call.marketDate);
    if (!decided) throw preconditionFailed();
    return this.find(id, caller);
  }

  /** @throws Problem 404, 428 or 412 (If-Match), 409 where it is not open. */
  async waive(
    id: string,
    ifMatch: string | undefined,
    asked: WaiveCallDto,
    caller: Caller,
  ): Promise<MarginCallHistoryDto> {
    const call = await this.open(id, ifMatch, caller);
    if (!(await this.calls.waive(decision(call, asked, caller), call.marketDate))) throw preconditionFailed();
    return this.find(id, caller);
  }

  private async call(id: string, caller: Caller): Promise<MarginCall> {
    const call = UUID.test(id) ? await this.calls.find(id) : undefined;
    if (call === undefined || !mayRead(caller, call.desk)) throw notFound();
    return call;
  }

  private async open(id: string, ifMatch: string | undefined, caller: Caller): Promise<MarginCall> {
    const call = await this.call(id, caller);
    requireVersion(ifMatch, call.version);
    if (call.state !== 'OPEN') throw conflict('margin_call.not_open', 'The call is met or waived already.');
    return call;
  }
}

function decision({ id, version }: MarginCall, { reason }: WaiveCallDto, caller: Caller): CallDecision {
  return { id, version, author: caller.keyName, reason };
}
