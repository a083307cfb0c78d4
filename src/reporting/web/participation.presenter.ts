import type { Report } from '../report.service.js';
import type { ParticipationDto, ParticipationRowDto } from './participation.dto.js';

/** The public shape of a report: each row carries its codes by dimension and its figures. */
export function presentParticipation(report: Report): ParticipationDto {
  const rows = report.rows.map(({ key, cells }) => {
    const codes = Object.fromEntries(report.by.map((dimension, n) => [dimension, key[n]]));
    return { ...codes, ...cells } as ParticipationRowDto;
  });
  return { rows, total: report.total, asOf: report.asOf.toISOString() };
}
