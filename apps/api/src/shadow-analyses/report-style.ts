import { createHash } from 'node:crypto';

/** The report's only style sheet: for a screen, and for one page of A4. Bars differ in lightness, for grey printers. */
export const REPORT_STYLE = `
@page { size: A4; margin: 12mm 13mm; }
* { box-sizing: border-box; }
body { font: 12px/1.4 system-ui, -apple-system, "Segoe UI", "Helvetica Neue", Arial, sans-serif; color: #1c2733; margin: 0 auto; max-width: 780px; padding: 20px; }
h1 { font-size: 20px; margin: 0; }
h2 { font-size: 13px; margin: 16px 0 5px; border-bottom: 1px solid #c9d2dc; padding-bottom: 2px; }
p { margin: 2px 0; }
.sub, .note { color: #55626f; }
.note { font-size: 10.5px; margin-top: 8px; overflow-wrap: anywhere; }
.warn { border-left: 4px solid #b3541e; background: #fbf1ea; padding: 5px 9px; margin: 9px 0; }
.cards { display: grid; grid-template-columns: repeat(4, 1fr); gap: 8px; margin: 12px 0 4px; }
.card { border: 1px solid #c9d2dc; border-radius: 4px; padding: 7px 9px; }
.card b { display: block; font-size: 17px; font-variant-numeric: tabular-nums; }
.card span { color: #55626f; font-size: 10.5px; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 18px; }
.words td:first-child { white-space: nowrap; }
svg { width: 100%; height: auto; display: block; }
svg text { font-size: 10.5px; fill: #1c2733; }
svg .figure { font-size: 9.5px; fill: #55626f; }
svg .zero { stroke: #1c2733; stroke-width: 0.8; }
.portfolio { fill: #17456f; background: #17456f; }
.reg-t { fill: #8fb4d6; background: #8fb4d6; }
.freed { fill: #2c7a56; background: #2c7a56; }
.cost { fill: #d98b5f; background: #d98b5f; }
.key { font-size: 10.5px; margin-bottom: 3px; }
.key i { display: inline-block; width: 10px; height: 10px; margin: 0 4px 0 10px; vertical-align: -1px; }
table { border-collapse: collapse; width: 100%; font-size: 10.5px; }
th, td { text-align: right; padding: 2px 5px; border-bottom: 1px solid #e3e8ed; font-variant-numeric: tabular-nums; vertical-align: top; }
th { color: #55626f; font-weight: 600; }
th:first-child, td:first-child, .words th, .words td { text-align: left; }
tr.total td { font-weight: 700; border-top: 1.5px solid #1c2733; }
.FAILS { color: #a02c1c; font-weight: 700; }
.TO_CONFIRM { color: #8a5a00; font-weight: 700; }
.MEETS { color: #226b49; }
@media print {
  body { max-width: none; padding: 0; font-size: 10px; line-height: 1.3; }
  h1 { font-size: 17px; }
  table, .note, .card span, .key { font-size: 9.5px; }
  th, td { padding: 1px 4px; }
  .cards { margin: 8px 0 2px; }
  .card { padding: 5px 8px; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  h2, svg, table, .cards { break-inside: avoid; }
  h2 { break-after: avoid; margin: 9px 0 3px; }
}
`;

/** Nothing but that style may be loaded or run: an answer that holds a caller's text stays text. */
export const REPORT_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(REPORT_STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
