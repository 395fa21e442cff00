import type { FillCase, WorstFill } from '@app/margin';
import { centsText } from '@app/portfolio';
import type { RegTFillCase, RegTWorstFill } from '@app/reg-t';
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

/** The same under Regulation T. */
export function regTWorstFillReply({ proof, nothing, everything, worst, leastExcess }: RegTWorstFill): WorstFillDto {
  return {
    ...{ proof, nothing: regTCase(nothing), everything: regTCase(everything), worst: regTCase(worst) },
    leastExcess: centsText(leastExcess),
  };
}

function regTCase({ filled, partly, margin: { initial, equity, excess } }: RegTFillCase): FillCaseDto {
  return {
    filled,
    ...(partly.length > 0 && { partly: partly.map(({ clOrdId, units }) => ({ clOrdId, lastQty: units.toFixed() })) }),
    ...{ requirement: centsText(initial), equity: centsText(equity), excess: centsText(excess) },
  };
}
