import type { FillCase, WorstFill } from '@app/margin';
import { centsText } from '@app/portfolio';
import type { FillCaseDto, WorstFillDto } from './worst-fill.dto.js';

/** What working orders can come to, in the contract's form. */
export function worstFillReply(found: WorstFill): WorstFillDto {
  const { proof, nothing, everything, worst, mostRequired, leastExcess, greatestRequirement } = found;
  return {
    ...{ proof, nothing: fillCase(nothing), everything: fillCase(everything) },
    ...{ worst: fillCase(worst), mostRequired: fillCase(mostRequired) },
    ...{ leastExcess: centsText(leastExcess), greatestRequirement: centsText(greatestRequirement) },
  };
}

function fillCase({ filled, requirement, equity, excess }: FillCase): FillCaseDto {
  return { filled, requirement: centsText(requirement), equity: centsText(equity), excess: centsText(excess) };
}
