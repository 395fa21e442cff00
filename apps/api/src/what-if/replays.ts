import { NOTHING_HELD_BACK } from '@app/margin';
import type { CalendarDate } from '@app/market';
import { HOUSE_RULE_PACKS, type HouseRule, rulesOfPack } from '@app/rules';
import type { HouseRuleRepository, ReplayableWhatIf, WhatIfRepository } from '@app/store';
import type { Caller } from '../auth/caller.js';
import type { Problem } from '../problem.js';
import { badRequest, conflict, notFound } from '../problems.js';
import { answerText, askedQuestion } from './answer-text.js';
import { type Base, baseOn, isKnown } from './base.js';
import { ENGINE_VERSION } from './engine-version.js';
import { type JudgedOn, judgedOn } from './judged-inputs.js';
import { wholeJson } from './kept-json.js';
import { noSnapshot } from './market-clock.js';
import { overdueCall } from './overdue-call.js';
import type { PairingSolver } from './reg-t-context.js';
import { reading, rulesInForce, rulesOn } from './rules-in-force.js';
import { mayRead } from './stored-what-ifs.js';
import type { SnapshotValuation, Valuations } from './valuations.js';
import type { WhatIfRequestDto } from './what-if.dto.js';

/** House rules to judge by, and how they are read on a market where not by its own day. */
interface RuleChoice {
  readonly rules: readonly HouseRule[];
  readonly rulesOf?: typeof rulesOn;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Stored what-ifs worked out again from what they were judged on. */
export class Replays {
  constructor(
    private readonly answers: WhatIfRepository,
    private readonly houseRules: HouseRuleRepository,
    private readonly valuations: Valuations,
    private readonly solver: PairingSolver,
  ) {}

  /**
   * The answer, computed anew: the bytes that were given.
   * @throws Problem 404; 409 where it cannot come out the same, or does not.
   */
  async replay(id: string, caller: Caller): Promise<string> {
    const stored = await this.stored(id, caller);
    const { provenance } = JSON.parse(stored.reply) as { provenance: { engineVersion: string } };
    if (provenance.engineVersion !== ENGINE_VERSION) {
      const detail = `The answer was given by engine ${provenance.engineVersion}, this is ${ENGINE_VERSION}: numbers may differ. Re-judge it with ?ruleSet=, or replay it with that version.`;
      throw conflict('replay.other_engine', detail);
    }
    const on = judgedOn(stored.inputs);
    const reply = `{"id":"${id}",${(await this.text(stored, on, await this.asKnownThen(on))).slice(1)}`;
    if (reply !== stored.reply) {
      throw conflict(
        'replay.differs',
        'Worked out again the answer is another one. The answer as it was given stands.',
      );
    }
    return reply;
  }

  /**
   * What the answer would have been under other house rules, on the same account, orders and prices.
   * @throws Problem 400 for an unknown set, 404, 409 where the inputs were not kept, 422.
   */
  async rejudged(id: string, ruleSet: string, caller: Caller): Promise<string> {
    const stored = await this.stored(id, caller);
    const on = judgedOn(stored.inputs);
    const text = await this.text(stored, on, await this.chosen(ruleSet, on));
    return `{"whatIfId":"${id}","ruleSet":${JSON.stringify(ruleSet)},${text.slice(1)}`;
  }

  private async stored(id: string, caller: Caller): Promise<ReplayableWhatIf> {
    const stored = await this.answers.findWithInputs(id);
    if (stored === undefined || !mayRead(caller, stored.desk)) throw notFound();
    if (stored.inputs.length > 0) return stored;
    throw inputsNotKept();
  }

  private async text(stored: ReplayableWhatIf, on: JudgedOn, choice: RuleChoice): Promise<string> {
    const priced = await this.valuations.find(stored.snapshotId);
    if (priced === undefined) throw noSnapshot();
    const base = await this.base(on, priced, choice);
    const question = askedQuestion(JSON.parse(stored.request) as WhatIfRequestDto);
    const call = overdueCall(on, base.market.valuationDate);
    const working = async () => {
      await on.holds.load(base);
      return [...on.holds.all()].flatMap(({ orders }) => orders);
    };
    return wholeJson(await answerText({ base, hold: () => held(on, base), working, call }, question));
  }

  private base({ account }: JudgedOn, priced: SnapshotValuation, { rules, rulesOf }: RuleChoice): Promise<Base> {
    return baseOn(account, priced, rules, this.solver, rulesOf);
  }

  private async asKnownThen({ account, houseRulesStamp }: JudgedOn): Promise<RuleChoice> {
    const book = await this.houseRules.at(houseRulesStamp);
    return { rules: book.rulesFor(account.id) };
  }

  private async chosen(ruleSet: string, { account }: JudgedOn): Promise<RuleChoice> {
    if (ruleSet === 'regulatory') return { rules: [] };
    const pack = HOUSE_RULE_PACKS.find(({ name }) => name === ruleSet);
    if (pack !== undefined) return { rules: rulesOfPack(pack, 'FIRM', ALWAYS) };
    const isDate = DATE.test(ruleSet) && !Number.isNaN(Date.parse(ruleSet));
    if (!isDate && ruleSet !== 'current') throw unknownRuleSet();
    const rules = await this.houseRules.findForAccount(account.id);
    return isDate ? { rules, rulesOf: rulesOfDay(ruleSet) } : { rules };
  }
}

/** 409: an answer of an earlier version. */
export function inputsNotKept(): Problem {
  return conflict('replay.inputs_not_kept', 'The answer is of a time when what it was judged on was not kept.');
}

/** Before any snapshot. */
const ALWAYS: CalendarDate = '1900-01-01';

/** What was working, held beside the positions as they were. */
async function held({ holds }: JudgedOn, base: Base) {
  await holds.load(base);
  const beside = base.portfolioMargin();
  return isKnown(beside) ? holds.total(beside) : NOTHING_HELD_BACK;
}

function rulesOfDay(date: CalendarDate): typeof rulesOn {
  return (market, houseRules) => rulesInForce(date, houseRules, reading(market));
}

function unknownRuleSet(): Error {
  const detail = `One of regulatory, current, a date as YYYY-MM-DD, or a pack: ${HOUSE_RULE_PACKS.map(({ name }) => name).join(', ')}.`;
  return badRequest('replay.rule_set_unknown', 'There is no such rule set.', [
    { pointer: '/ruleSet', code: 'replay.rule_set_unknown', detail },
  ]);
}
