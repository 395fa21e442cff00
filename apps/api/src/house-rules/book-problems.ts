import { Problem } from '../problem.js';
import { conflict } from '../problems.js';
import type { BookRule } from '@app/rules';

/** 409: two values for one number on one day; every rule that is in the way is named. */
export function tied(ties: readonly (readonly [BookRule, BookRule])[]): Problem {
  const code = 'house_rule.conflict';
  const errors = ties.map(([{ ruleId }]) => ({
    pointer: '',
    code,
    detail: `The rule ${ruleId} sets the same number for the same target on some of the same days.`,
  }));
  return conflict(code, 'Rules of the book set the same number for the same target: see errors.', errors);
}

/** 403: four eyes. */
export function ownChange(): Problem {
  const detail = 'Whoever proposed a change may not approve it: another person has to, with a key of their own.';
  return new Problem({ status: 403, code: 'change.own', title: 'Not allowed', detail });
}

export function decidedAlready(): Problem {
  return conflict('change.not_pending', 'The change does not wait for approval: it is in force, or was decided.');
}

export function unchanged(): Problem {
  return conflict('change.without_effect', 'That is how it is already: there is nothing to change.');
}

export function notInBook(): Problem {
  return conflict('house_rule.not_in_force', 'The rule is not in the book: proposed, rejected or withdrawn.');
}

export function ofPack(): Problem {
  return conflict('house_rule.of_pack', 'The rule is of a pack, which is switched on and off as a whole.');
}
