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
  /** Pages of this place whose addresses do not begin with its own. */
  covers?: RegExp;
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
    { path: '/courses', labelKey: 'web:nav.learn', icon: 'book-open' },
    { path: '/my/sessions', labelKey: 'web:nav.mySessions', icon: 'calendar' },
    { path: '/my/certificates', labelKey: 'web:nav.myCertificates', icon: 'award' },
    { path: '/sessions', labelKey: 'web:nav.cities', icon: 'map-pin' },
  ],
  staff: [
    { path: '/staff/sessions', labelKey: 'web:nav.sessions', icon: 'calendar' },
    {
      path: '/staff/certificates',
      labelKey: 'web:nav.certificates',
      icon: 'award',
      roles: ['admin', 'manager', 'coordinator', 'auditor'],
    },
    {
      path: '/staff/figures',
      labelKey: 'web:nav.figures',
      icon: 'chart-column',
      roles: ['admin', 'manager', 'coordinator', 'funder', 'auditor'],
      covers: /^\/staff\/campaigns\/[^/]+\/participation$/,
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
    current: here === place.path || here.startsWith(`${place.path}/`) || place.covers?.test(here) === true,
  }));
  return { kind: chosen, items };
}
