import { barChart, dollars } from './bar-chart.js';

/** Left end and width of every bar. */
function bars(svg: string): { kind: string; x: number; width: number }[] {
  return [...svg.matchAll(/<rect class="([\w-]+)" x="([\d.]+)" y="[\d.]+" width="([\d.]+)"/g)].map(
    ([, kind, x, width]) => ({ kind, x: Number(x), width: Number(width) }),
  );
}

describe('barChart', () => {
  it('draws lengths in proportion, from one zero to both sides', () => {
    const rows = [
      { label: 'A', bars: [{ value: 100, kind: 'freed' as const }] },
      { label: 'B', bars: [{ value: -50, kind: 'cost' as const }] },
    ];
    const [a, b] = bars(barChart('Freed', rows).text);
    expect([a.kind, b.kind]).toEqual(['freed', 'cost']);
    expect(a.width / b.width).toBeCloseTo(2, 1);
    expect(b.x + b.width).toBeCloseTo(a.x, 1);
  });

  it('stays inside its frame, and is empty where there is nothing', () => {
    const rows = Array.from({ length: 20 }, (_, i) => ({
      label: `2026-05-${i}`,
      bars: [{ value: (i - 7) * 1e9, kind: 'freed' as const }],
    }));
    const all = bars(barChart('Freed', rows).text);
    expect(all.every(({ x, width }) => x >= 0 && x + width <= 360)).toBe(true);
    expect(bars(barChart('Nothing', [{ label: 'A', bars: [{ value: 0, kind: 'freed' }] }]).text)).toEqual([
      { kind: 'freed', x: 70, width: 0 },
    ]);
  });

  it('escapes labels', () => {
    expect(barChart('"', [{ label: '<x>', bars: [] }]).text).toMatch(/aria-label="&quot;".*&lt;x&gt;/s);
  });
});

it.each([
  [0, '0'],
  [999.5, '1,000'],
  [-1234567.4, '−1,234,567'],
  [-0.4, '0'],
])('dollars(%p) is %s', (value, text) => {
  expect(dollars(value)).toBe(text);
});
