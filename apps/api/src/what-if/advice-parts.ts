import { type Attribution, attribution, distance, wayMarkets } from '@app/advice';
import { centsText, netPositions, type Order, orderPositions, type Portfolio } from '@app/portfolio';
import { Turns } from '../turns.js';
import type { AttributionDto, ClassGroupDistanceDto } from './advice-reply.dto.js';
import type { Include } from './asked-parts.js';
import type { Judged } from './regimes.js';

export interface AdviceParts {
  readonly attribution?: AttributionDto;
  readonly distance?: readonly ClassGroupDistanceDto[];
}

/** The parts of an answer that take searches of their own, where they are asked for. */
export async function adviceParts(
  portfolio: Portfolio,
  orders: readonly Order[],
  { portfolioMargin, leftOut }: Judged,
  include: readonly Include[],
): Promise<AdviceParts> {
  // Part of a book has no price: what moves it is not known.
  if (portfolioMargin === null || leftOut !== undefined) return {};
  const { context, result } = portfolioMargin;
  return {
    ...(include.includes('attribution') && {
      attribution: attributionReply(attribution(portfolio, orders, result, context)),
    }),
    ...(include.includes('distance') && { distance: await distances(portfolio, orders, portfolioMargin) }),
  };
}

function attributionReply(found: Attribution): AttributionDto {
  const orNull = (cents: number | null): string | null => (cents === null ? null : centsText(cents));
  return {
    requirement: centsText(found.requirement),
    equity: centsText(found.equity),
    orders: found.orders.map(({ clOrdId, requirement, equity, standAlone, leaveOneOut, legs }) => ({
      clOrdId,
      requirement: centsText(requirement),
      equity: centsText(equity),
      standAlone: orNull(standAlone),
      leaveOneOut: orNull(leaveOneOut),
      legs: legs.map((leg) => ({ symbol: leg.symbol, requirement: centsText(leg.requirement) })),
    })),
    classGroups: found.classGroups.map(({ classGroup, requirement, rules }) => ({
      classGroup,
      requirement: centsText(requirement),
      rules: rules.map((rule) => ({ rule: rule.rule, requirement: centsText(rule.requirement) })),
    })),
    aboveClassGroups: centsText(found.aboveClassGroups),
  };
}

/** A root is found for every class group: other requests go on between two of them. */
async function distances(
  { positions }: Portfolio,
  orders: readonly Order[],
  { context, result }: NonNullable<Judged['portfolioMargin']>,
): Promise<readonly ClassGroupDistanceDto[]> {
  const { before, after } = result;
  const names = [...new Set([...before.classGroups.keys(), ...after.classGroups.keys()])].sort();
  const held = netPositions(positions);
  const left = netPositions([...positions, ...orders.flatMap(orderPositions)]);
  const turns = new Turns();
  const lines: ClassGroupDistanceDto[] = [];
  for (const classGroup of names) {
    const onTheWay = wayMarkets(classGroup, context);
    const now = distance(before, held, classGroup, context, onTheWay);
    const isSame = before === after || orders.length === 0;
    lines.push({
      classGroup,
      before: now,
      after: isSame ? now : distance(after, left, classGroup, context, onTheWay),
    });
    await turns.pause();
  }
  return lines;
}
