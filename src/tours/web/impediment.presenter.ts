import { formatInstant, formatTime } from '../../shared/clock/format-date.js';
import { wallTimeOf } from '../../shared/clock/wall-time.js';
import { DEFAULT_ZONE } from '../../shared/clock/zone-data.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import type { Impediment } from '../impediments/impediment.js';
import type { ImpedimentDto } from './impediment.dto.js';

/** For programs. */
export function presentImpediment({
  reportedAt,
  dueAt,
  answeredAt,
  days: _,
  ...rest
}: Impediment): ImpedimentDto {
  return {
    ...rest,
    reportedAt: reportedAt.toISOString(),
    dueAt: dueAt.toISOString(),
    answeredAt: answeredAt?.toISOString() ?? null,
  };
}

/** What somebody is told of an impediment on a session's page. */
export function presentAlert(
  { id, sessionId, trainer, reason, note, reportedAt, dueAt, answer }: Impediment,
  { zone = DEFAULT_ZONE, isOwn }: { zone?: string | undefined; isOwn: boolean },
  locale: Locale,
) {
  const time = (at: Date): string => formatTime(wallTimeOf(at, zone).localTime, locale);
  const words = {
    name: trainer.name,
    reason: t(locale, `tours:impediment.reason.${reason}`),
    at: formatInstant(reportedAt, zone, locale),
    until: time(dueAt),
  };
  const staff = `/${locale}/staff`;
  return {
    id,
    isOwn,
    isOpen: answer === null,
    kind: answer === null ? 'bad' : 'info',
    title: t(locale, isOwn ? 'tours:impediment.ownTitle' : 'tours:impediment.title', words),
    text: t(locale, 'tours:impediment.said', words),
    note,
    then: answer
      ? t(locale, `tours:impediment.answer.${answer}`)
      : t(locale, 'tours:impediment.until', words),
    withdrawAction: `${staff}/impediments/${id}/withdraw`,
    holdAction: `${staff}/impediments/${id}/hold`,
    replaceHref: `${staff}/sessions/${sessionId}/replacement?trainer=${trainer.id}`,
    postponeHref: `${staff}/sessions/${sessionId}/postpone`,
    sessionHref: `${staff}/sessions/${sessionId}`,
  };
}
