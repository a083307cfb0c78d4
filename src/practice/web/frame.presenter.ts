import { type Locale, t } from '../../shared/i18n/i18n.js';
import { newId } from '../../shared/new-id.js';
import { OWN_PHOTO } from '../engine/action.js';
import type { Good } from '../engine/scenario.js';
import { MINUTES_A_DAY } from '../engine/state.js';
import type { OpenShop } from '../open-shop.js';

/** Simulated days begin at eight in the morning. */
const OPENING_MINUTES = 8 * 60;

/** A deed as a form of one button; its id is made with the page, so that a second tap is the same deed. */
export interface DeedForm {
  readonly id: string;
  readonly action: string;
  readonly back: string;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
  readonly label: string;
  readonly tone: string;
  readonly glyph: string;
}

/** Where a form goes and where its answer leads. */
export interface FormPlace {
  readonly locale: Locale;
  readonly slug: string;
  /** Address of the page below the language. */
  readonly back: string;
}

/** A form for a deed; `word` names its label among the words of deeds. */
export function deedForm(
  { locale, slug, back }: FormPlace,
  fields: Readonly<Record<string, string>>,
  look: { readonly word: string; readonly glyph: string; readonly tone?: string },
): DeedForm {
  return {
    id: newId(),
    action: `/${locale}/practice/${slug}/do`,
    back,
    fields: Object.entries(fields).map(([name, value]) => ({ name, value })),
    label: t(locale, `practice:deed.${look.word}`),
    tone: look.tone ?? 'quiet',
    glyph: look.glyph,
  };
}

/** A simulated minute in words: the day and the hour. */
export function momentOf(minute: number, locale: Locale): string {
  const total = minute + OPENING_MINUTES;
  const inDay = total % MINUTES_A_DAY;
  const pair = (value: number): string => String(value).padStart(2, '0');
  const time = `${pair(Math.floor(inDay / 60))}:${pair(inDay % 60)}`;
  return t(locale, 'practice:moment', { day: Math.floor(total / MINUTES_A_DAY) + 1, time });
}

/** Address of a drawing. */
export function pictureHref(name: string): string {
  return `/practice/pictures/${name}.svg`;
}

/** Address of what a sheet shows: a drawing, or the trainee's own photo; of a good without a sheet its first drawing. */
export function sheetPictureHref(
  { row, state }: OpenShop,
  { id, pictures: [first = 'unknown'] }: Good,
): string {
  const picture = state.sheets.get(id)?.picture ?? first;
  return picture === OWN_PHOTO ? photoHref(row.id, id) : pictureHref(picture);
}

/** Address of the trainee's own photo of a good. */
export function photoHref(shopId: string, good: string): string {
  return `/api/v1/practice/shops/${shopId}/goods/${good}/photo`;
}

/** Address of a shop as customers open it, below the language: its name as far as it can be written, and its code. */
export function addressOf({ row, state }: OpenShop): string {
  const name = state.name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return `/practice/at/${[name || 'boutique', row.code].join('-')}`;
}

const TABS = [
  ['counter', '', 'store'],
  ['products', '/products', 'package'],
  ['orders', '/orders', 'truck'],
  ['messages', '/messages', 'message-circle'],
  ['book', '/book', 'banknote'],
  ['exercises', '/exercises', 'target'],
] as const;
export type Tab = (typeof TABS)[number][0];

/** The head that all pages of a shop share: where I am, what time it is, where to go. */
export function presentHead(shop: OpenShop, tab: Tab, locale: Locale) {
  const { scenario, state, score } = shop;
  const base = `/practice/${scenario.slug}`;
  const place = { locale, slug: scenario.slug, back: base };
  const isOver = state.now >= scenario.days * MINUTES_A_DAY;
  return {
    slug: scenario.slug,
    base: `/${locale}${base}`,
    title: scenario.title,
    name: state.name,
    moment: momentOf(state.now, locale),
    isOver,
    points: t(locale, 'practice:points', { points: score.points, max: score.max }),
    tabsLabel: t(locale, 'practice:tabs.label'),
    tabs: TABS.map(([name, path, glyph]) => ({
      label: t(locale, `practice:tabs.${name}`),
      href: `/${locale}${base}${path}`,
      ...{ glyph, current: name === tab },
    })),
    clock: isOver
      ? []
      : [
          deedForm(
            place,
            { kind: 'clock.next' },
            { word: 'next', glyph: 'arrow-right', tone: tab === 'counter' ? 'action' : 'quiet' },
          ),
          deedForm(place, { kind: 'clock.tomorrow' }, { word: 'tomorrow', glyph: 'calendar' }),
        ],
  };
}
