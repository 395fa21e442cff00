import { valuation } from '@app/margin';
import { givenMarket } from '@app/market';
import { shadowAnswer, shadowQuestion } from '../../apps/api/src/what-if/shadow-answer.js';
import type { ShadowWhatIfRequestDto } from '../../apps/api/src/what-if/what-if.dto.js';
import type { WhatIfReplyDto } from '../../apps/api/src/what-if/what-if-reply.dto.js';

/** The answer to a question that brings its own market, without HTTP. @throws Problem as the call answers. */
export function inlineAnswer(request: ShadowWhatIfRequestDto): Omit<WhatIfReplyDto, 'id'> {
  const question = shadowQuestion(request);
  if (question.prices === null) throw new Error('the request names no inline market');
  return shadowAnswer(request, question, valuation(givenMarket(question.prices)));
}
