import {
  CALL_OUTCOMES,
  type CallFilter,
  type CallOutcome,
  type CallProgress,
} from '../../messages/public.js';
import { formatPhone } from '../../people/public.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import type { SessionRow } from '../../tours/public.js';
import { type NamedCall, sessionWords } from './session-desk.js';

const BADGES: Readonly<Record<CallOutcome, 'good' | 'warn' | 'bad' | 'info'>> = {
  reached: 'good',
  'no-answer': 'warn',
  'wrong-number': 'bad',
  'call-back': 'info',
};

/** A form that was refused: which line, what was typed, and why. */
export interface RefusedCall {
  id: string;
  note: string;
  outcome: string;
  error: string;
  field: 'outcome' | 'note' | 'line';
}

const words = (locale: Locale, key: string): string => t(locale, `enrolment:call.${key}`);

function badgeOf({ outcome }: NamedCall, locale: Locale) {
  return outcome
    ? { kind: BADGES[outcome], text: words(locale, `outcomes.${outcome}`) }
    : { kind: 'neutral' as const, text: words(locale, 'todo') };
}

function presentLine(line: NamedCall, me: string, refused: RefusedCall | undefined, locale: Locale) {
  const wrong = refused?.id === line.id ? refused : undefined;
  return {
    id: line.id,
    name: line.name,
    recipient: line.recipient,
    why: words(locale, `causes.${line.why}`),
    language: line.language,
    dir: line.language === 'ar' ? 'rtl' : 'ltr',
    say: line.body,
    badge: badgeOf(line, locale),
    attempts: line.attempts > 0 ? t(locale, 'enrolment:call.attempts', { count: line.attempts }) : '',
    note: line.note,
    isDone: line.outcome === 'reached',
    isMine: line.takenBy?.id === me,
    takenBy: line.takenBy && line.takenBy.id !== me ? line.takenBy.name : '',
    typed: wrong?.note ?? '',
    picked: wrong?.outcome ?? '',
    outcomeError: wrong?.field === 'outcome' ? wrong.error : '',
    noteError: wrong?.field === 'note' ? wrong.error : '',
    lineError: wrong?.field === 'line' ? wrong.error : '',
  };
}

/** The page of a session's calls. */
export function presentCalls(
  row: SessionRow,
  { progress, items }: { progress: CallProgress; items: readonly NamedCall[] },
  { me, show, refused }: { me: string; show: CallFilter; refused?: RefusedCall | undefined },
  locale: Locale,
) {
  const base = `/${locale}/staff/sessions/${row.id}`;
  return {
    session: sessionWords(row, locale),
    sessionHref: base,
    base: `${base}/calls`,
    progress: {
      total: progress.total,
      value: progress.total === 0 ? 0 : Math.round((progress.reached * 100) / progress.total),
      text: t(locale, 'enrolment:call.progressOf', { reached: progress.reached, total: progress.total }),
    },
    other:
      show === 'open'
        ? { label: words(locale, 'showAll'), href: `${base}/calls?show=all` }
        : { label: words(locale, 'showOpen'), href: `${base}/calls` },
    printHref: `${base}/calls/print`,
    lines: items.map((line) => presentLine(line, me, refused, locale)),
    outcomes: CALL_OUTCOMES.map((value) => ({ value, label: words(locale, `outcomes.${value}`) })),
  };
}

/** The same list on paper: a table with an empty column for what came of it. */
export function presentPrint(row: SessionRow, items: readonly NamedCall[], locale: Locale) {
  return {
    session: sessionWords(row, locale),
    backHref: `/${locale}/staff/sessions/${row.id}/calls`,
    columns: ['person', 'number', 'say', 'result'].map((key) => ({ label: words(locale, key) })),
    rows: items.map((line) => ({
      name: line.name,
      tel: line.recipient ? formatPhone(line.recipient) : words(locale, 'noNumber'),
      language: line.language,
      dir: line.language === 'ar' ? 'rtl' : 'ltr',
      say: line.body,
      result: line.outcome ? words(locale, `outcomes.${line.outcome}`) : '',
    })),
  };
}
