import type { ParameterDefinition } from './parameter-definition.js';

const LIMIT = 'FINRA 4210(g)(1): concentrated positions are to be monitored; a limit is the house’s own';

/** What a single symbol is held to. */
export const SYMBOL_PARAMETERS = {
  positionLimit: {
    level: 'SYMBOL',
    kind: 'NUMBER',
    number: { unit: 'shares or contracts, long or short', least: 0, most: 1e12, stricter: -1 },
    default: 'none',
    doc: 'A larger position in the symbol itself is a violation.',
    citation: LIMIT,
  },
  notionalLimit: {
    level: 'SYMBOL',
    kind: 'NUMBER',
    number: { unit: 'dollars of gross market value', least: 0, most: 1e13, stricter: -1 },
    default: 'none',
    doc: 'More than this in a symbol is a violation; an underlying’s limit binds what is written on it as well.',
    citation: LIMIT,
  },
  closingOnly: {
    level: 'SYMBOL',
    kind: 'FLAG',
    stricter: true,
    default: 'false',
    doc: 'Restricted: only orders that close positions; of an underlying, with what is written on it.',
    citation: 'The restricted list every member keeps',
  },
  leastEligiblePrice: {
    level: 'SYMBOL',
    kind: 'NUMBER',
    number: { unit: 'dollars per share', least: 0, most: 1e6, stricter: 1 },
    default: 'none',
    doc: 'A stock priced under it is margined by strategy rules.',
    citation: 'Schwab: stocks under $5 are not eligible (schwab.com/margin/portfolio-margin)',
  },
} as const satisfies Readonly<Record<string, ParameterDefinition>>;
