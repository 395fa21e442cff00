import type { Problem } from '../problem.js';
import { conflict, notComputable } from '../problems.js';

export function notWorking(): Problem {
  const detail = 'The reservation is no longer working: it has been filled, cancelled or replaced, or has run out.';
  return conflict('reservation.not_working', detail);
}

export function duplicateOrder(): Problem {
  const code = 'order.duplicate';
  const detail = 'An order id of the request has been used in this account before.';
  return conflict(code, detail, [{ pointer: '/orders', code, detail }]);
}

export function tooLarge(): Problem {
  const code = 'amount.too_large';
  const detail = 'A quantity or amount of cash would have more digits than can be stored.';
  return notComputable(code, detail, [{ pointer: '', code, detail }]);
}
