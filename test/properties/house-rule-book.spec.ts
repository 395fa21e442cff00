import * as fc from 'fast-check';
import type { ProductClass } from '@app/market';
import {
  type BookChange,
  type BookEntry,
  bookKnownAt,
  bookWith,
  effectiveRules,
  type HouseRuleBook,
  houseRuleBook,
  loosens,
  regulatoryRules,
  tiesOf,
  touchedAccounts,
} from '@app/rules';

const SEED = 20_261_120;
const ACCOUNTS = ['a', 'b', 'c'];
const GROUPS = ['g', 'h'];
const CLASS_GROUPS: readonly (readonly [string, ProductClass])[] = [
  ['IBM', 'EQUITY'],
  ['SPX', 'HIGH_CAP_INDEX'],
];
const DATES = ['2026-06-01', '2026-06-02', '2026-06-03', '2026-06-04', '2026-06-05'];
const BOOK = regulatoryRules(DATES[0])!;

const date = fc.constantFrom(...DATES);
const lastDate = fc.option(date, { nil: null });
const number = fc.constantFrom(
  ...(['priceMove.down', 'priceMove.up', 'minimumCharge'] as const).flatMap((parameter) =>
    [0.16, 0.2, 0.25, 0.5].map((size) => ({ parameter, value: parameter === 'priceMove.down' ? -size : size })),
  ),
);
const bound = fc.oneof(
  fc.constant({ scope: 'FIRM', groupId: null, accountId: null } as const),
  fc.constantFrom(...GROUPS).map((groupId) => ({ scope: 'GROUP', groupId, accountId: null }) as const),
  fc.constantFrom(...ACCOUNTS).map((accountId) => ({ scope: 'ACCOUNT', groupId: null, accountId }) as const),
);
const target = fc.record({
  productClass: fc.option(fc.constantFrom<ProductClass>('EQUITY', 'HIGH_CAP_INDEX'), { nil: null }),
  classGroup: fc.option(fc.constantFrom('IBM', 'SPX'), { nil: null }),
});
const members = fc.subarray(ACCOUNTS);

/** A change of whatever is in the book by then; `place` chooses the rule or the proposal. */
type Step = (book: HouseRuleBook) => BookChange | undefined;

const ruleAt = (book: HouseRuleBook, place: number): string | undefined => {
  const inBook = [...book.rules.values()].filter(({ pieces }) => pieces.length > 0);
  return inBook.length === 0 ? undefined : inBook[place % inBook.length].ruleId;
};
const onRule =
  (place: number, make: (subject: string) => BookChange): Step =>
  (book) => {
    const ruleId = ruleAt(book, place);
    return ruleId === undefined ? undefined : make(ruleId);
  };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(number, bound, target, date, lastDate).map(creation) },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.nat(20), fc.constantFrom(0.16, 0.2, 0.25, 0.5), date, lastDate).map(amendment),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.nat(20), date)
      .map(([place, effectiveTo]) =>
        onRule(place, (subject) => ({ act: 'rule.end', subject, content: { effectiveTo } })),
      ),
  },
  {
    weight: 1,
    arbitrary: fc.nat(20).map((place) => onRule(place, (subject) => ({ act: 'rule.withdraw', subject, content: {} }))),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom(...GROUPS), members, members)
      .map(([subject, add, remove]): Step => () => ({ act: 'group.members', subject, content: { add, remove } })),
  },
);

type Terms = [
  { parameter: 'priceMove.down' | 'priceMove.up' | 'minimumCharge'; value: number },
  { scope: 'FIRM' | 'GROUP' | 'ACCOUNT'; groupId: string | null; accountId: string | null },
  { productClass: ProductClass | null; classGroup: string | null },
  string,
  string | null,
];

function creation([set, binds, aims, effectiveFrom, effectiveTo]: Terms): Step {
  return (book) => {
    if (effectiveTo !== null && effectiveTo < effectiveFrom) return undefined;
    const content = { ...set, ...binds, ...aims, symbol: null, effectiveFrom, effectiveTo };
    return { act: 'rule.create', subject: `r${book.sequence + 1}`, content };
  };
}

function amendment([place, size, effectiveFrom, effectiveTo]: [number, number, string, string | null]): Step {
  return (book) => {
    const subject = ruleAt(book, place);
    if (subject === undefined || (effectiveTo !== null && effectiveTo < effectiveFrom)) return undefined;
    const { parameter } = book.rules.get(subject)!.pieces[0];
    const value = parameter === 'priceMove.down' ? -size : size;
    return { act: 'rule.amend', subject, content: { value, effectiveFrom, effectiveTo } };
  };
}

const GROUPS_MADE: readonly BookChange[] = GROUPS.map((subject, index) => ({
  act: 'group.create',
  subject,
  content: { name: subject, members: ACCOUNTS.slice(index, index + 2) },
}));

const instant = (sequence: number): string => new Date(1_780_000_000_000 + 1_000 * sequence).toISOString();

function entry(book: HouseRuleBook, change: BookChange): BookEntry {
  const sequence = book.sequence + 1;
  return { sequence, at: instant(sequence), state: 'IN_FORCE', authorKey: 'k', author: 'n', reason: 'r', change };
}

/** Every book on the way, with the change that led on from it. */
function walked(steps: readonly Step[]): { before: HouseRuleBook; change: BookChange; after: HouseRuleBook }[] {
  let book = houseRuleBook([]);
  const way: { before: HouseRuleBook; change: BookChange; after: HouseRuleBook }[] = [];
  for (const make of [
    ...GROUPS_MADE.map(
      (change): Step =>
        () =>
          change,
    ),
    ...steps,
  ]) {
    const change = make(book);
    if (change === undefined || tiesOf(book, change).length > 0) continue;
    const after = houseRuleBook([...book.entries, entry(book, change)]);
    way.push({ before: book, change, after });
    book = after;
  }
  return way;
}

/** Every number of every account, class group and day; larger is stricter. */
function numbers(book: HouseRuleBook): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const account of ACCOUNTS) {
    for (const day of DATES) {
      const rules = effectiveRules(BOOK, book.rulesFor(account), day);
      for (const [classGroup, productClass] of CLASS_GROUPS) {
        const { down, up, minimumCharge } = rules.inForce(classGroup, productClass);
        Object.entries({ down: -down, up, minimumCharge }).forEach(([name, value]) =>
          found.set(`${account} ${day} ${classGroup} ${name}`, value),
        );
      }
    }
  }
  return found;
}

const ways = fc.array(step, { maxLength: 25 }).map(walked);

describe('the house-rule book', () => {
  it('lets no change through at once that lowers a number of anybody on any day', () => {
    let atOnce = 0;
    let lowered = 0;
    fc.assert(
      fc.property(ways, (way) => {
        for (const { before, change, after } of way) {
          const [old, now] = [numbers(before), numbers(after)];
          const looser = [...now].filter(([key, value]) => value < old.get(key)!).map(([key]) => key);
          if (loosens(before, change)) {
            lowered += looser.length > 0 ? 1 : 0;
            continue;
          }
          atOnce++;
          expect([change, looser]).toEqual([change, []]);
        }
      }),
      { seed: SEED, numRuns: 150 },
    );
    // Both kinds came up.
    expect(atOnce).toBeGreaterThan(300);
    expect(lowered).toBeGreaterThan(30);
  });

  it('touches nobody but the accounts it says', () => {
    fc.assert(
      fc.property(ways, (way) => {
        for (const { before, change, after } of way) {
          const touched = touchedAccounts(before, change);
          if (touched === 'ALL') continue;
          const [old, now] = [numbers(before), numbers(after)];
          const hit = [...now].filter(([key, value]) => value !== old.get(key)).map(([key]) => key.split(' ')[0]);
          expect(hit.filter((account) => !touched.has(account))).toEqual([]);
        }
      }),
      { seed: SEED, numRuns: 100 },
    );
  });

  it('is recreated as it was known at every instant, and leaves no two values for one number', () => {
    fc.assert(
      fc.property(ways, (way) => {
        const last = way.at(-1)!.after;
        for (const { before, change, after } of way) {
          const recreated = bookKnownAt(last, instant(after.sequence));
          expect([...recreated.rules.values()].map(({ pieces }) => pieces)).toEqual(
            [...after.rules.values()].map(({ pieces }) => pieces),
          );
          expect(numbers(recreated)).toEqual(numbers(after));
          expect(numbers(bookWith(before, change))).toEqual(numbers(after));
        }
        for (const { pieces } of last.rules.values()) {
          for (const day of DATES) {
            const on = pieces.filter((piece) => piece.effectiveFrom <= day && day <= (piece.effectiveTo ?? '9999'));
            expect(on.length).toBeLessThanOrEqual(1);
          }
        }
      }),
      { seed: SEED, numRuns: 40 },
    );
  });
});
