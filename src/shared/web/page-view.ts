import type { Locale } from './handlebars/locale.js';

/** One place of a navigation; `labelKey` is a key such as `web:nav.help`, `icon` a name of `icons.json`. */
export interface NavItem {
  readonly href: string;
  readonly labelKey: string;
  readonly icon?: string;
  readonly current?: boolean;
}

/** What a page says once after a redirect. */
export interface Flash {
  readonly kind: 'good' | 'warn' | 'bad' | 'info';
  readonly text: string;
}

/** The part of every view model that the layout and the helpers read, as `page`. */
export interface PageView {
  readonly title: string;
  readonly description?: string;
  readonly locale: Locale;
  readonly dir: 'rtl' | 'ltr';
  readonly path: string;
  /** This page's address in each language; left out where the page asks for the language itself. */
  readonly alternates?: Readonly<Record<Locale, string>>;
  readonly nav?: {
    readonly kind: 'public' | 'trainee' | 'staff';
    readonly items: readonly NavItem[];
    readonly campaign?: string;
  };
  readonly actor?: { readonly name: string; readonly home: string };
  /** Where the wordmark leads; `/{locale}` when left out. */
  readonly home?: string;
  readonly signInHref?: string;
  /** Address that a POST with the CSRF token signs out at. */
  readonly signOutHref?: string;
  readonly csrf?: string;
  /** Demo mode: a ribbon on every page. */
  readonly ribbon?: boolean;
  readonly flash?: readonly Flash[];
  /** E.164, shown in every footer. */
  readonly supportPhone: string;
  readonly footer?: readonly { readonly href: string; readonly labelKey: string }[];
  /** Further page scripts by logical name, such as `player.js`. */
  readonly scripts?: readonly string[];
}
