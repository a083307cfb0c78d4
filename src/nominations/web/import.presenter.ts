import { type FieldError, InvalidFields } from '../../shared/errors/domain-error.js';
import { fieldDetail } from '../../shared/errors/problem.js';
import type { Locale } from '../../shared/i18n/i18n.js';
import { OPEN_MS } from '../import.service.js';
import type { ImportRecord, ImportRow } from '../import.store.js';
import type { ImportDto, ImportFindingDto, ImportRowDto, ImportRowsDto } from './import.dto.js';

export function undoUntil({ state, appliedAt }: ImportRecord): Date | null {
  return state === 'applied' && appliedAt ? new Date(appliedAt.getTime() + OPEN_MS) : null;
}

export function presentImport(record: ImportRecord): ImportDto {
  const { id, campaignId, state, header, columns, counts, createdAt, appliedAt } = record;
  return {
    ...{ id, campaignId, state, counts },
    columns: header.map((heading, at) => ({ heading, field: columns[at] ?? null })),
    createdAt: createdAt.toISOString(),
    appliedAt: appliedAt?.toISOString() ?? null,
    undoUntil: undoUntil(record)?.toISOString() ?? null,
  };
}

const findings = (list: readonly FieldError[], locale: Locale): ImportFindingDto[] =>
  list.map((one) => ({ pointer: one.pointer, code: one.code, detail: fieldDetail(locale, one) }));

function presentRow({ n, cells, outcome, problems, notes }: ImportRow, locale: Locale): ImportRowDto {
  return { n, cells, outcome, problems: findings(problems, locale), notes: findings(notes, locale) };
}

/** @param rows one more than `limit`, where there are */
export function presentRows(rows: readonly ImportRow[], limit: number, locale: Locale): ImportRowsDto {
  return {
    items: rows.slice(0, limit).map((row) => presentRow(row, locale)),
    next: nextOf(rows, limit),
  };
}

/** Where the next page begins: after the last row of this one. */
export function nextOf(rows: readonly ImportRow[], limit: number): string | null {
  return rows.length > limit ? String(rows[limit - 1]?.n ?? '') : null;
}

/** @throws InvalidFields for what `nextOf` never gave */
export function readRowCursor(cursor: string | undefined): number {
  if (!cursor) return 0;
  if (!/^[1-9]\d{0,6}$/.test(cursor)) throw new InvalidFields([{ pointer: '/cursor', code: 'wrong-shape' }]);
  return Number(cursor);
}
