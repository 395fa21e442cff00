import type { DayAnalysisDto, RegimesDto, ShadowAnalysisReplyDto } from './shadow-analysis-reply.dto.js';

const HEADER =
  'date,snapshot_id,class_group,underlyings,long_market_value,short_market_value,portfolio_margin,reg_t_initial,' +
  'reg_t_maintenance,capital_freed,portfolio_margin_ratio,reg_t_initial_ratio,reg_t_maintenance_ratio,optimal,gap,complete';

/**
 * One row a class group and day and a row TOTAL for each day (RFC 4180). Every value is a symbol, a figure or one of
 * our words: none holds a character that would need quotation marks.
 */
export function analysisCsv({ days }: Pick<ShadowAnalysisReplyDto, 'days'>): string {
  return [HEADER, ...days.flatMap(rows), ''].join('\r\n');
}

function rows(day: DayAnalysisDto): string[] {
  const { date, provenance, total, underlyings, complete } = day;
  const row = (name: string, members: readonly string[], figures: RegimesDto, optimal: boolean, gap: string | null) =>
    [
      date,
      provenance.snapshotId ?? '',
      name,
      members.join(' '),
      ...cells(figures),
      optimal,
      gap ?? '',
      complete,
    ].join();
  const all = underlyings.map((line) => row(line.classGroup, line.underlyings, line, line.optimal, line.gap));
  const optimal = underlyings.every((line) => line.optimal);
  return [...all, row('TOTAL', [], total, optimal, optimal ? '0.00' : null)];
}

function cells(figures: RegimesDto): (string | number)[] {
  return [
    figures.longMarketValue,
    figures.shortMarketValue,
    figures.portfolioMargin,
    figures.regTInitial,
    figures.regTMaintenance,
    figures.capitalFreed,
    figures.portfolioMarginRatio ?? '',
    figures.regTInitialRatio ?? '',
    figures.regTMaintenanceRatio ?? '',
  ];
}
