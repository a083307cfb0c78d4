import type { Actor, Role } from '../access/actor.js';
import type { Locale } from '../i18n/i18n.js';

export type NavKind = 'public' | 'trainee' | 'staff' | 'none';

export interface NavItem {
  href: string;
  labelKey: string;
  icon: string;
  current: boolean;
}

interface Place {
  path: string;
  labelKey: string;
  icon: string;
  roles?: readonly Role[];
  /** Further addresses of the place, each a pattern of a path without its language. */
  also?: RegExp;
}

/**
 * The places of the product. They are addresses and words only, so the shell may list them without knowing a feature;
 * a test follows every link.
 */
const PLACES: Readonly<Record<NavKind, readonly Place[]>> = {
  none: [],
  public: [
    { path: '/courses', labelKey: 'web:nav.courses', icon: 'book-open' },
    { path: '/sessions', labelKey: 'web:nav.cities', icon: 'map-pin' },
    { path: '/v', labelKey: 'web:nav.check', icon: 'shield-check' },
  ],
  trainee: [
    { path: '/courses', also: /^\/practice(\/|$)/, labelKey: 'web:nav.learn', icon: 'book-open' },
    {
      path: '/my/sessions',
      also: /^\/(sessions|my\/applications)(\/|$)/,
      labelKey: 'web:nav.mySessions',
      icon: 'calendar',
    },
    { path: '/my/certificates', labelKey: 'web:nav.myCertificates', icon: 'award' },
    { path: '/help', labelKey: 'web:nav.help', icon: 'circle-question-mark' },
  ],
  staff: [
    {
      path: '/staff/sessions',
      also: /^\/staff\/(calendars|availability)(\/|$)/,
      labelKey: 'web:nav.sessions',
      icon: 'calendar',
      roles: ['admin', 'manager', 'coordinator', 'trainer', 'auditor'],
    },
    {
      path: '/staff/tours',
      also: /^\/staff\/(campaigns\/[^/]+\/tours|plans|trainers)(\/|$)/,
      labelKey: 'web:nav.tours',
      icon: 'route',
      roles: ['admin', 'manager', 'coordinator'],
    },
    {
      path: '/staff/courses',
      labelKey: 'web:nav.writeCourses',
      icon: 'pencil',
      roles: ['admin', 'manager', 'trainer'],
    },
    {
      path: '/staff/consent-voices',
      labelKey: 'web:nav.consentVoices',
      icon: 'ear',
      roles: ['admin'],
    },
    {
      path: '/staff/learning',
      labelKey: 'web:nav.learning',
      icon: 'book-open',
      roles: ['admin', 'manager', 'coordinator', 'trainer'],
    },
    {
      path: '/staff/tasks',
      labelKey: 'web:nav.tasks',
      icon: 'inbox',
      roles: ['admin', 'manager', 'coordinator', 'trainer', 'external-trainer'],
    },
    {
      path: '/staff/people',
      also: /^\/staff\/(campaigns\/[^/]+\/people|imports)(\/|$)/,
      labelKey: 'web:nav.people',
      icon: 'users',
      roles: ['admin', 'manager', 'coordinator'],
    },
    {
      path: '/staff/calls',
      also: /^\/staff\/(campaigns\/[^/]+\/calls|applications)(\/|$)/,
      labelKey: 'web:nav.calls',
      icon: 'megaphone',
      roles: ['admin', 'manager', 'coordinator'],
    },
    {
      path: '/staff/certificates',
      also: /^\/staff\/campaigns\/[^/]+\/certificates(\/|$)/,
      labelKey: 'web:nav.certificates',
      icon: 'award',
      roles: ['admin', 'manager', 'coordinator', 'auditor'],
    },
    {
      path: '/staff/figures',
      also: /^\/staff\/campaigns\/[^/]+\/participation(\/|$)/,
      labelKey: 'web:nav.figures',
      icon: 'chart-column',
      roles: ['admin', 'manager', 'coordinator', 'funder', 'auditor'],
    },
  ],
};

function kindFor(actor: Actor | undefined): NavKind {
  if (!actor) return 'public';
  return actor.kind === 'staff' ? 'staff' : 'trainee';
}

/** The navigation around a page: of the given kind, or the one of whoever is signed in. */
export function navigationFor(
  kind: NavKind | undefined,
  actor: Actor | undefined,
  locale: Locale,
  path: string,
): { kind: NavKind; items: NavItem[] } {
  const chosen = kind ?? kindFor(actor);
  const mayOpen = (place: Place) =>
    !place.roles || actor?.grants.some((grant) => place.roles?.includes(grant.role));
  const here = path.split('?')[0] ?? '/';
  const items = PLACES[chosen].filter(mayOpen).map((place) => ({
    href: `/${locale}${place.path}`,
    labelKey: place.labelKey,
    icon: place.icon,
    current: here === place.path || here.startsWith(`${place.path}/`) || (place.also?.test(here) ?? false),
  }));
  return { kind: chosen, items };
}
