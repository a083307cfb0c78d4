import { formatInstant } from '../../shared/clock/format-date.js';
import { DEFAULT_ZONE } from '../../shared/clock/zone-data.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import type { TrainerNotice } from '../trainer-news/trainer-notice.query.js';
import type { TrainerNoticeDto } from './trainer-notice.dto.js';

const KIND = {
  sent: 'success',
  failed: 'error',
  unknown: 'warning',
  queued: 'neutral',
  handed: 'neutral',
} as const;

/** What a session's trainers were told, the latest first. */
export function presentNotices(notices: readonly TrainerNotice[], locale: Locale) {
  return {
    noGateway: notices.some(({ state, error }) => state === 'queued' && error === 'no-gateway'),
    columns: ['who', 'what', 'when', 'became'].map((key) => ({ label: t(locale, `tours:notices.${key}`) })),
    rows: notices.map(({ name, news, state, at }) => ({
      cells: [
        { text: name },
        { text: t(locale, `tours:notices.news.${news}`) },
        { text: formatInstant(at, DEFAULT_ZONE, locale) },
        { badge: { kind: KIND[state], text: t(locale, `tours:notices.state.${state}`) } },
      ],
    })),
  };
}

/** The same for programs. */
export function presentNotice({ accountId, name, news, state, error, at }: TrainerNotice): TrainerNoticeDto {
  return { trainer: { id: accountId, name }, news, state, error, at: at.toISOString() };
}
