import { formatInstant } from '../clock/format-date.js';
import { DEFAULT_ZONE } from '../clock/zone-data.js';
import { type Locale, t } from '../i18n/i18n.js';
import { BY_SPEAKERS, type ListeningLanguage, type Speaker } from './listening-language.js';

/** How words stand in a language: who is heard, and whether there is a recording of earlier words alone. */
export interface HeardState {
  readonly heard: Speaker | null;
  readonly isOutdated: boolean;
}

/** A recording as the booth lists it: what, when, and by whom; null for the operator's import. */
export interface ListedRecording {
  readonly id: string;
  /** Address from the root of the site. */
  readonly src: string;
  readonly speaker: Speaker;
  readonly durationMs: number;
  readonly recordedAt: Date;
  readonly recordedBy: string | null;
}

/** Languages as tabs over a page. */
export function languageTabs(
  hrefOf: (lang: ListeningLanguage) => string,
  current: ListeningLanguage,
  locale: Locale,
) {
  return BY_SPEAKERS.map((lang) => ({
    label: t(locale, `listening:language.${lang}`),
    href: hrefOf(lang),
    current: lang === current,
  }));
}

/** How a line stands, in a word. */
export function presentState(
  { heard, isOutdated }: HeardState,
  locale: Locale,
): { kind: string; text: string } {
  const state = heard === 'person' ? 'person' : isOutdated ? 'outdated' : (heard ?? 'missing');
  const kind = { person: 'good', synthetic: 'info', outdated: 'warn', missing: 'neutral' }[state];
  return { kind, text: t(locale, `listening:state.${state}`) };
}

/** @param isOutdated is it of other words than those that stand there now? */
export function presentRecording(recording: ListedRecording, isOutdated: boolean, locale: Locale) {
  const { id, src, speaker, durationMs, recordedAt, recordedBy } = recording;
  return {
    ...{ id, src, isOutdated, isSynthetic: speaker === 'synthetic' },
    text: t(locale, recordedBy === null ? 'listening:booth.imported' : 'listening:booth.by', {
      ...{
        name: recordedBy ?? '',
        when: formatInstant(recordedAt, DEFAULT_ZONE, locale),
        length: presentLength(durationMs, locale),
      },
    }),
  };
}

/** "1 min 05 s" */
function presentLength(durationMs: number, locale: Locale): string {
  const seconds = Math.max(1, Math.round(durationMs / 1000));
  const [minutes, rest] = [Math.floor(seconds / 60), String(seconds % 60)];
  return minutes === 0
    ? t(locale, 'listening:length.seconds', { seconds: rest })
    : t(locale, 'listening:length.minutes', { minutes: String(minutes), seconds: rest.padStart(2, '0') });
}
