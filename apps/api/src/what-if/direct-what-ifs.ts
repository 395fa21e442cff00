import type { DirectRoute } from '../direct-lane.js';
import type { StoredWhatIfs } from './stored-what-ifs.js';
import { WhatIfRequestDto } from './what-if.dto.js';

/** `POST /v1/accounts/{accountId}/what-if`, the call of order systems. A refusal has no effect: it is stored nowhere. */
export function directWhatIfs(stored: StoredWhatIfs): DirectRoute<WhatIfRequestDto> {
  return {
    pattern: '/v1/accounts/:accountId/what-if',
    path: /^\/v1\/accounts\/([A-Za-z0-9._-]+)\/what-if$/,
    dto: WhatIfRequestDto,
    answer: (accountId, request, bytes, caller) => stored.answer(accountId, request, bytes, caller),
  };
}
