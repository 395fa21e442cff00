import {
  accountMargin,
  type AccountMargin,
  accountViolations,
  type Gaps,
  isGaps,
  type MarginContext,
  type Violation,
} from '@app/margin';
import { type BookChange, bookWith, firstDay, type HouseRuleBook, loosens, touchedAccounts } from '@app/rules';
import type { AccountRepository, SnapshotRepository, StoredAccount } from '@app/store';
import { Turns } from '../turns.js';
import type { MarketClock } from '../what-if/market-clock.js';
import type { Valuations } from '../what-if/valuations.js';
import type { DryRunDto } from './dry-run.dto.js';
import { DryRunTally } from './dry-run-tally.js';
import { FeedMarkets, isMissing, type RuledMarket } from './feed-markets.js';

/** Accounts in memory at once. */
const PAGE = 200;

/** Whom a change of the book would hit: every account it can bind is margined under both books, one after the other. */
export class DryRuns {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly snapshots: SnapshotRepository,
    private readonly valuations: Valuations,
    private readonly clock: MarketClock,
  ) {}

  /** `limit`: accounts in each list of the answer, whatever the book's size. */
  async run(book: HouseRuleBook, change: BookChange, limit: number): Promise<DryRunDto> {
    const after = bookWith(book, change);
    const touched = touchedAccounts(book, change);
    const from = firstDay(book, change);
    const markets = new FeedMarkets(this.snapshots, this.valuations, this.clock, [book, after], from);
    const tally = new DryRunTally(limit);
    const turns = new Turns();
    for await (const page of this.accounts.withPositions(touched === 'ALL' ? null : [...touched], PAGE)) {
      for (const account of page) {
        if (account.methodology === 'REG_T') {
          tally.skip();
          continue;
        }
        const market = await markets.of(account.feed, page);
        if (isMissing(market)) tally.unknown(account.id, [market.missing]);
        else await judge(account, [book, after], market, tally, turns);
        await turns.pause();
      }
    }
    const rulesOn = markets.daysAfterPrices ? from : null;
    return { act: change.act, needsApproval: loosens(book, change), rulesOn, ...tally.reply() };
  }
}

async function judge(
  account: StoredAccount,
  books: readonly [HouseRuleBook, HouseRuleBook],
  market: RuledMarket,
  tally: DryRunTally,
  turns: Turns,
): Promise<void> {
  const contexts = books.map((book): MarginContext => ({
    valuation: market.valuation,
    rules: market.rulesOf(book.rulesFor(account.id)),
    strictVolatility: account.strictVolatility,
  }));
  const [before, after] = [await marginUnder(contexts[0]), await marginUnder(contexts[1])];
  if (isGaps(before) || isGaps(after)) {
    const gaps = [before, after].flatMap((margin) => (isGaps(margin) ? margin : []));
    tally.unknown(account.id, [...new Set(gaps.map(({ code }) => code))]);
    return;
  }
  tally.known(account, before, after);
  const exceeded = accountViolations(before, contexts[0].rules).map(limitOf);
  const limits = accountViolations(after, contexts[1].rules).filter((each) => !exceeded.includes(limitOf(each)));
  if (limits.length > 0) tally.violates(account.id, [...new Set(limits.map(({ code }) => code))]);

  /** What is new position by position first: the risk arrays are most of the work, and are kept for the whole. */
  async function marginUnder(context: MarginContext): Promise<AccountMargin | Gaps> {
    const { cash, positions } = account;
    const seen = market.seenUnder(context.rules);
    for (const position of positions) {
      if (seen.has(position.symbol)) continue;
      seen.add(position.symbol);
      accountMargin({ cash, positions: [position] }, context);
      await turns.pause();
    }
    return accountMargin({ cash, positions }, context);
  }
}

function limitOf({ code, subject, ruleId }: Violation): string {
  return `${code} ${subject} ${ruleId}`;
}
