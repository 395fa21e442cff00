import { centsText } from '@app/portfolio';
import type { LimitRepository, StoredLimit } from '@app/store';
import { Decimal } from 'decimal.js';
import { requireVersion } from '../accounts/if-match.js';
import type { Caller } from '../auth/caller.js';
import { cursorOf, cursorText, pageLimit } from '../fields/page-fields.js';
import { conflict, invalidFields, notFound, preconditionFailed } from '../problems.js';
import type { ChangeLimitDto, CreateLimitDto, LimitDto, LimitListDto } from './limit.dto.js';
import type { LimitListQueryDto } from './limit-list.dto.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The limits over what orders may hold. */
export class Limits {
  constructor(private readonly limits: LimitRepository) {}

  async list({ limit, cursor }: LimitListQueryDto): Promise<LimitListDto> {
    const most = pageLimit(limit);
    const found = await this.limits.list(cursor === undefined ? undefined : cursorText(cursor), most + 1);
    const items = found.slice(0, most).map(limitReply);
    return { items, nextCursor: found.length > most ? cursorOf(items[most - 1].id) : null };
  }

  /** @throws Problem 404. */
  async find(id: string): Promise<StoredLimit> {
    const limit = UUID.test(id) ? await this.limits.find(id) : undefined;
    if (limit === undefined) throw notFound();
    return limit;
  }

  /** @throws Problem 400 naming every fault, 409 where there is one already. */
  async create({ scope, subject = '', amount, reason }: CreateLimitDto, caller: Caller): Promise<StoredLimit> {
    if ((scope === 'FIRM') !== (subject === '')) {
      const detail = 'subject names the desk or the account, and is absent for the firm.';
      throw invalidFields([{ pointer: '/subject', code: 'limit.subject', detail }]);
    }
    const details = { amountCents: cents(amount), author: caller.keyId, reason };
    const limit = await this.limits.create({ scope, subject }, details);
    if (limit === undefined) {
      const detail = 'There is a limit for this scope and subject already: change that one.';
      throw conflict('limit.exists', detail, [{ pointer: '/subject', code: 'limit.exists', detail }]);
    }
    return limit;
  }

  /** @throws Problem 404, 428 or 400 (If-Match), 412. */
  async change(
    id: string,
    ifMatch: string | undefined,
    { amount, reason, forgetUsed = false }: ChangeLimitDto,
    caller: Caller,
  ): Promise<StoredLimit> {
    const { version } = await this.find(id);
    requireVersion(ifMatch, version);
    const details = { amountCents: cents(amount), author: caller.keyId, reason };
    const limit = await this.limits.change(id, version, details, forgetUsed);
    if (limit === undefined) throw preconditionFailed();
    return limit;
  }
}

/** Rounded down: never a cent more than was meant. */
function cents(amount: string | number): number {
  return new Decimal(amount).times(100).floor().toNumber();
}

export function limitReply(limit: StoredLimit): LimitDto {
  const { id, scope, subject, amountCents, heldCents, usedCents, version, author, reason } = limit;
  return {
    id,
    scope,
    subject: subject === '' ? null : subject,
    amount: centsText(amountCents),
    held: centsText(heldCents),
    used: centsText(usedCents),
    usedSince: limit.usedSince.toISOString(),
    room: centsText(amountCents - heldCents - usedCents),
    version,
    author,
    reason,
    createdAt: limit.createdAt.toISOString(),
    updatedAt: limit.updatedAt.toISOString(),
  };
}
