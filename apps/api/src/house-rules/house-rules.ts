import { exchangeDate } from '@app/market';
import { bookKnownAt, HOUSE_RULE_PACKS, type HouseRuleBook } from '@app/rules';
import type { HouseRuleRepository } from '@app/store';
import { cursorOf, cursorText, pageLimit } from '../fields/page-fields.js';
import { notFound } from '../problems.js';
import type { MarketClock } from '../what-if/market-clock.js';
import { changeReply, groupReply, ruleHistoryReply, ruleReply } from './book-reply.js';
import type { AccountGroupListQueryDto, ChangeListQueryDto, HouseRuleListQueryDto } from './house-rule-list.dto.js';
import type { HouseRulePackListDto } from './house-rule-pack.dto.js';
import type {
  AccountGroupDto,
  AccountGroupListDto,
  ChangeDto,
  ChangeListDto,
  HouseRuleHistoryDto,
  HouseRuleListDto,
} from './house-rule-reply.dto.js';
import { packReply } from './pack-changes.js';

/** The house-rule book, read. */
export class HouseRules {
  constructor(
    private readonly book: HouseRuleRepository,
    private readonly clock: MarketClock,
  ) {}

  /** Exchange date of now: a rule without a first day begins on it. */
  today(): string {
    return exchangeDate(new Date(this.clock.now()).toISOString());
  }

  async list({ asOf, knownAt, accountId, limit, cursor }: HouseRuleListQueryDto): Promise<HouseRuleListDto> {
    const now = await this.book.current();
    const book = knownAt === undefined ? now : bookKnownAt(now, instant(knownAt));
    const binding = accountId === undefined ? null : new Set(book.rulesFor(accountId).map(({ ruleId }) => ruleId));
    const items = [...book.rules.values()]
      .filter(({ ruleId }) => binding === null || binding.has(ruleId))
      .flatMap((history) => ruleReply(history, book, asOf) ?? []);
    return { ...page(items, ({ ruleId }) => ruleId, limit, cursor), sequence: book.sequence };
  }

  /** @throws Problem 404. */
  async find(ruleId: string): Promise<HouseRuleHistoryDto> {
    const book = await this.book.current();
    const history = book.rules.get(ruleId);
    const reply = history && ruleHistoryReply(history, book);
    if (reply === undefined) throw notFound();
    return reply;
  }

  async changes({ state, limit, cursor }: ChangeListQueryDto): Promise<ChangeListDto> {
    const book = await this.book.current();
    const before = cursor === undefined ? Infinity : Number(cursorText(cursor));
    const most = pageLimit(limit);
    const found = book.entries
      .filter(({ sequence }) => sequence < before)
      .filter((entry) => state === undefined || isPending(entry.sequence, book))
      .slice(-most - 1)
      .reverse();
    const items = found.slice(0, most).map((entry) => changeReply(entry, book));
    return { items, nextCursor: found.length > most ? cursorOf(String(items[most - 1].sequence)) : null };
  }

  /** @throws Problem 404. */
  async change(sequence: number): Promise<ChangeDto> {
    const book = await this.book.current();
    const entry = book.entries[sequence - 1];
    if (entry === undefined) throw notFound();
    return changeReply(entry, book);
  }

  async groups({ limit, cursor }: AccountGroupListQueryDto): Promise<AccountGroupListDto> {
    const { groups } = await this.book.current();
    return page([...groups.values()].map(groupReply), ({ id }) => id, limit, cursor);
  }

  /** @throws Problem 404. */
  async group(groupId: string): Promise<AccountGroupDto> {
    const group = (await this.book.current()).groups.get(groupId);
    if (group === undefined) throw notFound();
    return groupReply(group);
  }

  async packs(): Promise<HouseRulePackListDto> {
    const book = await this.book.current();
    return { items: HOUSE_RULE_PACKS.map((pack) => packReply(pack, book)) };
  }
}

function isPending(sequence: number, { entries, decisions }: HouseRuleBook): boolean {
  return entries[sequence - 1].state === 'PROPOSED' && !decisions.has(sequence);
}

/** With its milliseconds, as the log has them: texts of one form are compared. */
function instant(text: string): string {
  return new Date(text).toISOString();
}

function page<T>(all: readonly T[], idOf: (item: T) => string, limit: string | undefined, cursor: string | undefined) {
  const most = pageLimit(limit);
  const after = cursor === undefined ? '' : cursorText(cursor);
  const rest = all.filter((item) => idOf(item) > after).sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
  const items = rest.slice(0, most);
  return { items, nextCursor: rest.length > most ? cursorOf(idOf(items[most - 1])) : null };
}
