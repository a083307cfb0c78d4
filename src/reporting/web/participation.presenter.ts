import type { Locale } from '../../shared/i18n/i18n.js';
import { valueLabel } from '../report-labels.js';
import type { Report } from '../report.service.js';
import type { ParticipationDto, ParticipationRowDto } from './participation.dto.js';

/** The public shape of a report: each row carries its codes by dimension, its city as everywhere in the API, and its figures. */
export function presentParticipation(report: Report, locale: Locale): ParticipationDto {
  const rows = report.rows.map(({ key, cells }) => {
    const codes = report.by.map((dimension, n) => {
      const code = key[n] ?? 'unknown';
      return [
        dimension,
        dimension === 'city' ? { slug: code, name: valueLabel(locale, 'city', code) } : code,
      ];
    });
    return { ...Object.fromEntries(codes), ...cells } as ParticipationRowDto;
  });
  return { rows, total: report.total, asOf: report.asOf.toISOString() };
}
