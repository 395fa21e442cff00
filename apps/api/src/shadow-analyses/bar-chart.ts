import { Markup, markup } from './markup.js';

export interface Bar {
  /** Dollars; may be negative. */
  readonly value: number;
  /** Which style it is drawn in: of the report's style sheet. */
  readonly kind: 'portfolio' | 'reg-t' | 'freed' | 'cost';
}

export interface BarRow {
  readonly label: string;
  readonly bars: readonly Bar[];
}

const WIDTH = 360;
const LABEL_WIDTH = 70;
/** Room for the figure beside a bar. */
const FIGURE_WIDTH = 58;
/** Of a bar and between rows; thinner where there are many, so that a page holds them. */
const ROOMY = { bar: 11, gap: 7 };
const DENSE = { bar: 10, gap: 1 };
const ROOMY_ROWS = 10;

/** Horizontal bars from a common zero, a figure beside each. As an SVG that scales with the page. */
export function barChart(title: string, rows: readonly BarRow[]): Markup {
  const values = rows.flatMap(({ bars }) => bars.map(({ value }) => value));
  const [least, most] = [Math.min(0, ...values), Math.max(0, ...values)];
  const left = LABEL_WIDTH + (least < 0 ? FIGURE_WIDTH : 0);
  const scale = (WIDTH - FIGURE_WIDTH - left) / (most - least || 1);
  const zero = left - least * scale;
  const { bar: height, gap } = rows.length > ROOMY_ROWS ? DENSE : ROOMY;
  let y = 2;
  const drawn = rows.map(({ label, bars }) => {
    const middle = y + (bars.length * height) / 2 + 4;
    const row = markup`<text x="${LABEL_WIDTH - 8}" y="${rounded(middle)}" text-anchor="end">${label}</text>${bars.map(
      (bar, index) => drawnBar(bar, y + index * height, height, zero, scale),
    )}`;
    y += bars.length * height + gap;
    return row;
  });
  return markup`<svg viewBox="0 0 ${WIDTH} ${y}" role="img" aria-label="${title}">${drawn}<line class="zero" x1="${rounded(zero)}" x2="${rounded(zero)}" y1="0" y2="${y - gap + 2}"/></svg>`;
}

function drawnBar({ value, kind }: Bar, y: number, height: number, zero: number, scale: number): Markup {
  const width = Math.abs(value) * scale;
  const x = value < 0 ? zero - width : zero;
  const [end, anchor] = value < 0 ? [x - 4, 'end'] : [x + width + 4, 'start'];
  return markup`<rect class="${kind}" x="${rounded(x)}" y="${y}" width="${rounded(width)}" height="${height - 2}"/><text class="figure" x="${rounded(end)}" y="${y + height - 3}" text-anchor="${anchor}">${dollars(value)}</text>`;
}

function rounded(length: number): string {
  return length.toFixed(1);
}

/** Whole dollars with thousands apart: what a chart can say. */
export function dollars(value: number): string {
  const digits = Math.abs(Math.round(value)).toString();
  return `${value <= -0.5 ? '−' : ''}${digits.replaceAll(/\B(?=(\d{3})+$)/g, ',')}`;
}
