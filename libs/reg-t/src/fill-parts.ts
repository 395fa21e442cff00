import { type OrderLinks, orderLinks } from '@app/portfolio';
import type { RegTFill } from './working-fill.js';

/** Orders that stand in one class group, or that an order or a link joins. */
export interface FillPart {
  readonly fills: readonly RegTFill[];
  readonly links: OrderLinks;
  /** Names. */
  readonly classGroups: readonly string[];
}

/** Parts of the orders that have nothing to do with each other. */
export function fillParts(fills: readonly RegTFill[]): readonly FillPart[] {
  let joined: { readonly keys: ReadonlySet<string>; readonly fills: readonly RegTFill[] }[] = [];
  for (const fill of fills) {
    const keys = keysOf(fill);
    const touching = joined.filter((part) => keys.some((key) => part.keys.has(key)));
    const merged = {
      keys: new Set([...keys, ...touching.flatMap((part) => [...part.keys])]),
      fills: [...touching.flatMap((part) => part.fills), fill],
    };
    joined = [...joined.filter((part) => !touching.includes(part)), merged];
  }
  return joined.map((part) => ({
    fills: part.fills,
    links: orderLinks(part.fills.map(({ working }) => working)),
    classGroups: [...part.keys].filter((key) => key.startsWith(GROUP)).map((key) => key.slice(GROUP.length)),
  }));
}

const GROUP = 'group ';

function keysOf({ holdings, working: { order, after, oneOf } }: RegTFill): string[] {
  return [
    ...holdings.map(({ underlying }) => `${GROUP}${underlying.classGroup}`),
    `order ${order.clOrdId}`,
    ...(after === null ? [] : [`order ${after}`]),
    ...(oneOf === null ? [] : [`one of ${oneOf}`]),
  ];
}
