import type { AccountMargin } from '@app/margin';
import type { Cents } from '@app/portfolio';
import type { StoredAccount } from '@app/store';
import { moneyChange } from '../what-if/money-change.js';
import type { DryRunDto, HitAccountDto, CodedAccountDto } from './dry-run.dto.js';

interface Hit {
  readonly accountId: string;
  readonly desk: string;
  readonly requirement: readonly [before: Cents, after: Cents];
  readonly excess: readonly [before: Cents, after: Cents];
}

const rise = ({ requirement: [before, after] }: Hit): number => after - before;

/** What a dry run finds out, account by account: sums of everything, and the first few of each list. */
export class DryRunTally {
  private counts = {
    accounts: 0,
    regT: 0,
    changed: 0,
    intoDeficit: 0,
    outOfDeficit: 0,
    intoViolation: 0,
    notComputable: 0,
  };
  private before: Cents = 0;
  private after: Cents = 0;
  private readonly changed: Ranking;
  private readonly intoDeficit: Ranking;
  private readonly missing: CodedAccountDto[] = [];
  private readonly violating: CodedAccountDto[] = [];

  constructor(private readonly limit: number) {
    this.changed = new Ranking(limit, (a, b) => rise(b) - rise(a));
    this.intoDeficit = new Ranking(limit, (a, b) => a.excess[1] - b.excess[1]);
  }

  /** An account that house rules do not touch. */
  skip(): void {
    this.counts.accounts++;
    this.counts.regT++;
  }

  unknown(accountId: string, codes: readonly string[]): void {
    this.counts.accounts++;
    this.counts.notComputable++;
    if (this.missing.length < this.limit) this.missing.push({ accountId, codes });
  }

  /** An account that would be past limits it is not past now. */
  violates(accountId: string, codes: readonly string[]): void {
    this.counts.intoViolation++;
    if (this.violating.length < this.limit) this.violating.push({ accountId, codes });
  }

  known({ id, desk }: Pick<StoredAccount, 'id' | 'desk'>, before: AccountMargin, after: AccountMargin): void {
    this.counts.accounts++;
    if (before.requirement === after.requirement) return;
    this.counts.changed++;
    this.before += before.requirement;
    this.after += after.requirement;
    const excess = [before.equity - before.requirement, after.equity - after.requirement] as const;
    const hit: Hit = { accountId: id, desk, requirement: [before.requirement, after.requirement], excess };
    this.changed.add(hit);
    if (excess[0] >= 0 && excess[1] < 0) {
      this.counts.intoDeficit++;
      this.intoDeficit.add(hit);
    }
    if (excess[0] < 0 && excess[1] >= 0) this.counts.outOfDeficit++;
  }

  reply(): Pick<DryRunDto, 'counts' | 'requirement' | 'changed' | 'intoDeficit' | 'intoViolation' | 'notComputable'> {
    return {
      counts: this.counts,
      requirement: moneyChange(this.before, this.after),
      changed: this.changed.first().map(hitReply),
      intoDeficit: this.intoDeficit.first().map(hitReply),
      intoViolation: this.violating,
      notComputable: this.missing,
    };
  }
}

function hitReply({ accountId, desk, requirement, excess }: Hit): HitAccountDto {
  return { accountId, desk, requirement: moneyChange(...requirement), excess: moneyChange(...excess) };
}

/** The first few by an order, of any number; equals by their ids. Never holds more than twice as many. */
class Ranking {
  private hits: Hit[] = [];

  constructor(
    private readonly limit: number,
    private readonly order: (a: Hit, b: Hit) => number,
  ) {}

  add(hit: Hit): void {
    this.hits.push(hit);
    if (this.hits.length >= 2 * this.limit) this.hits = this.first();
  }

  first(): Hit[] {
    return this.hits.sort((a, b) => this.order(a, b) || (a.accountId < b.accountId ? -1 : 1)).slice(0, this.limit);
  }
}
