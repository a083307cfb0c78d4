import type { FieldError } from '../../shared/errors/domain-error.js';
import { fieldDetail } from '../../shared/errors/problem.js';
import { type Locale, LOCALES, t } from '../../shared/i18n/i18n.js';
import { inLanguage, type Words } from '../../campaigns/public.js';
import type { SessionClash } from '../session.errors.js';
import type { SoftCode } from '../soft-clash.js';
import type { TrainerRow, VenueRow } from '../tour.query.js';
import { describeClash, describeSoft } from './clash.presenter.js';
import { fieldNameOf, type TypedSession, type TypedUnit } from './session-form.js';

/** What the form lets one choose from. */
export interface FormChoices {
  courses: ReadonlyArray<{ slug: string; title: Words }>;
  venues: readonly VenueRow[];
  trainers: readonly TrainerRow[];
}

/** Why the form came back. */
export interface Refusal {
  errors?: readonly FieldError[];
  clash?: SessionClash;
  places: readonly number[];
}

interface FormFrame {
  title: string;
  action: string;
  backHref: string;
}

function clashLines(clash: SessionClash | undefined, locale: Locale) {
  return (clash?.clashes ?? []).map((one) => ({
    kind: t(locale, `tours:clash.kind.${one.kind}`),
    text: describeClash(one, locale),
    ...(one.other ? { href: `/${locale}/staff/sessions/${one.other.id}` } : {}),
  }));
}

function softQuestions(
  clash: SessionClash | undefined,
  typed: TypedSession,
  errorOf: (name: string) => string | undefined,
  locale: Locale,
) {
  const codes = [...new Set<SoftCode>((clash?.soft ?? []).map(({ code }) => code))];
  const named = (code: SoftCode) =>
    (clash?.soft ?? []).filter((one) => one.code === code).map((one) => describeSoft(one, locale));
  return codes.map((code) => ({
    name: `reason-${code}`,
    label: `${t(locale, `tours:soft-code.${code}`)} · ${t(locale, 'tours:form.reason')}`,
    hint: named(code).join(' '),
    value: typed.reasons[code] ?? '',
    error: errorOf(`reason-${code}`),
  }));
}

/** Half-days shown at once; the others open on demand. */
const SHOWN_UNITS = 2;

function presentUnitFields(unit: TypedUnit, n: number, errorOf: (name: string) => string | undefined) {
  const name = `unit${n}`;
  const [dateError, startError, endError, roomError] = ['Date', 'Start', 'End', 'Room'].map((field) =>
    errorOf(`${name}${field}`),
  );
  return { ...unit, n, name, dateError, startError, endError, roomError };
}

/** The form of a session with what was typed, what is wrong, and what is taken. */
export function presentForm(
  frame: FormFrame,
  typed: TypedSession,
  choices: FormChoices,
  locale: Locale,
  refusal?: Refusal,
) {
  const errors = (refusal?.errors ?? []).map((error) => ({
    field: fieldNameOf(error.pointer, refusal?.places ?? []),
    text: fieldDetail(locale, error),
  }));
  const errorOf = (name: string) => errors.find(({ field }) => field === name)?.text;
  const rooms = choices.venues.flatMap((venue) =>
    venue.rooms.map((room) => {
      const params = {
        room: inLanguage(room.name, locale),
        venue: inLanguage(venue.name, locale),
        capacity: room.capacity,
      };
      return { value: room.id, label: t(locale, 'tours:form.roomOption', params) };
    }),
  );
  const units = typed.units.map((unit, i) => presentUnitFields(unit, i + 1, errorOf));
  return {
    ...frame,
    errors,
    clashes: clashLines(refusal?.clash, locale),
    questions: softQuestions(refusal?.clash, typed, errorOf, locale),
    // Reasons given before and not asked for now are sent along, so that they are not asked for again.
    kept: Object.entries(typed.reasons)
      .filter(([code]) => !(refusal?.clash?.soft ?? []).some((one) => one.code === code))
      .map(([code, value]) => ({ name: `reason-${code}`, value })),
    revision: typed.revision,
    course: {
      value: typed.course,
      error: errorOf('course'),
      options: choices.courses.map(({ slug, title }) => ({ value: slug, label: inLanguage(title, locale) })),
    },
    language: {
      value: typed.language,
      error: errorOf('language'),
      options: LOCALES.map((value) => ({ value, label: t(locale, `tours:language.${value}`) })),
    },
    capacity: { value: typed.capacity, error: errorOf('capacity') },
    overbook: { value: typed.overbookPercent, error: errorOf('overbookPercent') },
    venueNote: { value: typed.venueNote, error: errorOf('venueNote') },
    remoteUrl: { value: typed.remoteUrl, error: errorOf('remoteUrl') },
    roomOptions: [{ value: '', label: t(locale, 'tours:form.noRoom') }, ...rooms],
    units: units.slice(0, SHOWN_UNITS),
    moreUnits: units.slice(SHOWN_UNITS),
    moreOpen: typed.units.slice(SHOWN_UNITS).some(({ start, end }) => start || end),
    trainers: choices.trainers.map(({ id, name }) => ({ id, name, checked: typed.trainers.includes(id) })),
    trainersError: errorOf('trainers'),
    kit: typed.kit,
  };
}
