import { type Bar, barChart, type BarRow, dollars } from './bar-chart.js';
import { Markup, markup } from './markup.js';
import { REPORT_STYLE } from './report-style.js';
import type {
  DayAnalysisDto,
  RegimesDto,
  ShadowAnalysisReplyDto,
  UnderlyingRegimesDto,
} from './shadow-analysis-reply.dto.js';

/** Rows a page has room for; what comes after is added up in one. */
const ROWS_MOST = 8;
const LISTED_MOST = 5;
/** More days than this are in their chart only. */
const DAYS_IN_TABLE = 6;

const CONDITION_WORD = { MEETS: 'meets', FAILS: 'fails', TO_CONFIRM: 'to confirm', NOT_ASKED: 'not met, not asked' };
const VERDICT_WORD = { YES: 'eligible', NO: 'not eligible', TO_CONFIRM: 'eligible if confirmed' };

/** One page about a book: what it needs under both regimes on the last day asked, and how that went over the days. */
export function reportHtml(analysis: ShadowAnalysisReplyDto): string {
  const { name, type, days, complete } = analysis;
  const last = days.reduce((latest, day) => (day.provenance.asOf >= latest.provenance.asOf ? day : latest));
  const title = `Portfolio margin beside Reg T${name === null ? '' : `: ${name}`}`;
  const page = markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${new Markup(REPORT_STYLE)}</style></head>
<body>
<h1>${title}</h1>
<p class="sub">Prices of ${last.date}, ${analysis.positions} positions, cash ${money(analysis.cash)}, account type ${type}: ${VERDICT_WORD[last.eligible]}</p>
${complete ? [] : [incomplete(analysis)]}
${cards(last)}
<div class="pair"><section><h2>Requirement by underlying</h2>
<p class="key"><i class="portfolio"></i>portfolio margin<i class="reg-t"></i>Reg T initial</p>
${barChart('Requirement by underlying under both regimes', requirementRows(last))}</section>
<section>${freedChart(days, last)}</section></div>
<h2>By underlying, dollars</h2>
${underlyingTable(last)}
${days.length > 1 && days.length <= DAYS_IN_TABLE ? [markup`<h2>By day, dollars</h2>`, dayTable(days)] : []}
${eligibility(last)}
<p class="note">Capital freed is excess under portfolio margin less excess under Reg T, where listed options count for nothing up to nine months from expiry. Reg T is the least requirement over all permitted pairings${allOptimal(last) ? ', proven' : '; not all of them are proven, see the gaps in the data'}. Prices as of ${last.provenance.asOf}, snapshot ${last.provenance.snapshotId ?? 'given with the request'}; rules ${last.provenance.ruleSetVersion} and ${last.provenance.regTRuleSetVersion}; engine ${last.provenance.engineVersion}.</p>
</body></html>
`;
  return page.text;
}

function incomplete({ days, missing }: ShadowAnalysisReplyDto): Markup {
  const gaps = days.flatMap(({ date, gaps: of }) =>
    of.map(({ symbol, detail }) => `${date} ${symbol ?? ''}: ${detail}`),
  );
  const all = [...missing.map(({ detail }) => detail), ...gaps];
  const more = all.length > LISTED_MOST ? [markup`<br>and ${all.length - LISTED_MOST} more.`] : [];
  const lines = all.slice(0, LISTED_MOST).map((line) => markup`<br>${line}`);
  return markup`<p class="warn"><b>Incomplete.</b> What could not be priced is left out of every figure:${lines}${more}</p>`;
}

function cards({ total }: DayAnalysisDto): Markup {
  const card = (figure: string, words: string) => markup`<div class="card"><b>${figure}</b><span>${words}</span></div>`;
  const shares = `of long market value, against ${percent(total.regTInitialRatio)} under Reg T`;
  return markup`<div class="cards">${[
    card(money(total.capitalFreed), 'capital freed by portfolio margin'),
    card(money(total.portfolioMargin), 'portfolio-margin requirement'),
    card(money(total.regTInitial), `Reg T initial; maintenance ${money(total.regTMaintenance)}`),
    card(percent(total.portfolioMarginRatio), shares),
  ]}</div>`;
}

function requirementRows({ underlyings }: DayAnalysisDto): BarRow[] {
  return topLines(underlyings).map(({ label, portfolioMargin, regTInitial }) => ({
    label,
    bars: [
      { value: portfolioMargin, kind: 'portfolio' },
      { value: regTInitial, kind: 'reg-t' },
    ],
  }));
}

/** Over the days where there are several, else by underlying. */
function freedChart(days: readonly DayAnalysisDto[], last: DayAnalysisDto): Markup {
  const bar = (value: number): Bar => ({ value, kind: value < 0 ? 'cost' : 'freed' });
  const severalDays = days.length > 1;
  const rows = severalDays
    ? days.map(({ date, total }) => ({ label: date, bars: [bar(Number(total.capitalFreed))] }))
    : topLines(last.underlyings).map(({ label, capitalFreed }) => ({ label, bars: [bar(capitalFreed)] }));
  const title = severalDays ? 'Capital freed over the days' : 'Capital freed by underlying';
  return markup`<h2>${title}</h2><p class="key"><i class="freed"></i>set free<i class="cost"></i>asked for in addition</p>${barChart(title, rows)}`;
}

interface TopLine {
  readonly label: string;
  readonly portfolioMargin: number;
  readonly regTInitial: number;
  readonly capitalFreed: number;
}

function topLines(underlyings: readonly UnderlyingRegimesDto[]): TopLine[] {
  const line = (label: string, of: readonly UnderlyingRegimesDto[]): TopLine => ({
    label,
    portfolioMargin: sum(of, 'portfolioMargin'),
    regTInitial: sum(of, 'regTInitial'),
    capitalFreed: sum(of, 'capitalFreed'),
  });
  const [top, rest] = [underlyings.slice(0, ROWS_MOST), underlyings.slice(ROWS_MOST)];
  const own = top.map((each) => line(each.classGroup, [each]));
  return rest.length === 0 ? own : [...own, line(`${rest.length} others`, rest)];
}

function sum(
  lines: readonly UnderlyingRegimesDto[],
  figure: 'portfolioMargin' | 'regTInitial' | 'capitalFreed',
): number {
  return lines.reduce((total, line) => total + Number(line[figure]), 0);
}

const FIGURES = [
  'longMarketValue',
  'shortMarketValue',
  'portfolioMargin',
  'regTInitial',
  'regTMaintenance',
  'capitalFreed',
] as const;
const HEADS = markup`<th>long value</th><th>short value</th><th>portfolio margin</th><th>Reg T initial</th><th>maintenance</th><th>capital freed</th><th>PM ratio</th><th>Reg T ratio</th>`;

function underlyingTable({ underlyings, total }: DayAnalysisDto): Markup {
  const shown = underlyings.slice(0, ROWS_MOST).map((line) => tableRow(line.classGroup, line));
  const hidden = underlyings.length - shown.length;
  const others = hidden > 0 ? [markup`<tr><td colspan="9">${hidden} others are in the total</td></tr>`] : [];
  return markup`<table><thead><tr><th>underlying</th>${HEADS}</tr></thead><tbody>${shown}${others}${tableRow('Total', total, 'total')}</tbody></table>`;
}

function dayTable(days: readonly DayAnalysisDto[]): Markup {
  const rows = days.map(({ date, total }) => tableRow(date, total));
  return markup`<table><thead><tr><th>date</th>${HEADS}</tr></thead><tbody>${rows}</tbody></table>`;
}

function tableRow(label: string, line: RegimesDto, style = ''): Markup {
  const cells = [
    ...FIGURES.map((figure) => money(line[figure])),
    percent(line.portfolioMarginRatio),
    percent(line.regTInitialRatio),
  ];
  return markup`<tr class="${style}"><td>${label}</td>${cells.map((cell) => markup`<td>${cell}</td>`)}</tr>`;
}

function eligibility({ conditions, ineligiblePositions }: DayAnalysisDto): Markup {
  const rows = conditions
    .filter(({ status }) => status !== 'NOT_ASKED')
    .map(({ status, detail }) => wordsRow(status, CONDITION_WORD[status], detail));
  const listed = ineligiblePositions
    .slice(0, LISTED_MOST)
    .map(({ symbol, detail }) => wordsRow('FAILS', symbol, detail));
  const hidden = ineligiblePositions.length - listed.length;
  const more = hidden > 0 ? [wordsRow('', '', `and ${hidden} more positions`)] : [];
  const none = listed.length === 0 ? [wordsRow('MEETS', 'none', 'No position is known to be ineligible.')] : [];
  const table = (lines: readonly Markup[]) => markup`<table class="words"><tbody>${lines}</tbody></table>`;
  return markup`<div class="pair"><section><h2>Eligibility of the account</h2>${table(rows)}</section><section><h2>Ineligible positions</h2>${table([...listed, ...more, ...none])}</section></div>`;
}

function wordsRow(style: string, head: string, words: string): Markup {
  return markup`<tr><td class="${style}">${head}</td><td>${words}</td></tr>`;
}

function allOptimal({ underlyings }: DayAnalysisDto): boolean {
  return underlyings.every(({ optimal }) => optimal);
}

function money(text: string): string {
  return dollars(Number(text));
}

function percent(ratio: number | null): string {
  return ratio === null ? '–' : `${(ratio * 100).toFixed(1)} %`;
}
