import { type CalendarDate, NO_FACTS, type UnderlyingFacts } from '@app/market';

/** Beta to the demo's large index; shares outstanding and a day's volume in millions; the next day of results. */
type Row = readonly [
  beta: number,
  sharesMillions: number | null,
  volumeMillions: number | null,
  earningsDate: CalendarDate | null,
];

/** What house rules may ask of the demo's underlyings. Of a leveraged fund, the beta is its index's. */
const FACTS: Readonly<Record<string, Row>> = {
  MDX: [1, null, null, null],
  MDXE: [1, 880, 62, null],
  MDXU: [1, 41, 9.5, null],
  QSX: [1.15, null, null, null],
  QSXE: [1.15, 240, 24, null],
  XQE: [0.85, 310, 17, null],
  HLVN: [1.2, 7_300, 41, '2026-07-24'],
  NVRD: [1.7, 2_450, 47, '2026-08-19'],
  QBRT: [1.5, 310, 6.2, '2026-06-16'],
  ORVL: [0.9, 2_020, 11, '2026-07-31'],
  TSKN: [1.1, 460, 5.4, '2026-08-13'],
  BRWK: [0.5, 1_280, 6.8, '2026-07-22'],
  LMNE: [1.4, 85, 1.9, '2026-08-05'],
  PYLM: [0.8, 390, 2.3, '2026-07-28'],
  SVTL: [0.4, 720, 3.9, '2026-08-04'],
  WEXM: [1.05, 1_150, 8.7, '2026-07-14'],
  GRZN: [1.3, 190, 2.6, '2026-08-06'],
};

/** Of a symbol that is not named above nothing is known. */
export function demoFacts(symbol: string, price: string): UnderlyingFacts & Pick<typeof NO_FACTS, 'forwards'> {
  if (!Object.hasOwn(FACTS, symbol)) return NO_FACTS;
  const [beta, sharesMillions, volumeMillions, earningsDate] = FACTS[symbol];
  const millions = (count: number | null): number | null => (count === null ? null : Math.round(count * 1e6));
  const sharesOutstanding = millions(sharesMillions);
  const marketCap = sharesOutstanding === null ? null : Math.round(sharesOutstanding * Number(price));
  return {
    ...NO_FACTS,
    beta,
    marketCap,
    sharesOutstanding,
    averageDailyVolume: millions(volumeMillions),
    earningsDate,
  };
}
