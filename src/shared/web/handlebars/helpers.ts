import type Handlebars from 'handlebars';
import {
  formatMoney,
  formatNumber,
  formatPercent,
  isolate,
  isolateDigits,
  pickText,
  type Multilingual,
} from './format.js';
import { directionOf, isLocale, type Locale } from '../../i18n/i18n.js';

/** What the helpers need from the house: words, hashed asset addresses, icon bodies. */
export interface HelperDeps {
  /** The sentence for `ns:key`, plural chosen by `params.count`; plain text, not markup. */
  translate(locale: Locale, key: string, params: Record<string, unknown>): string;
  /** Public address of a built file, by its logical name (`site.css`). */
  asset(name: string): string;
  /** A number as people read it. */
  phone(e164: string): string;
  /** Inner SVG of an icon by its name; throws for a name outside `icons.json`. */
  icon(name: string): string;
}

type Hbs = typeof Handlebars;
type Options = Handlebars.HelperOptions;
type Template = Handlebars.TemplateDelegate;

/** Templates read their language from the one place every view model has. */
function localeOf(options: Options): Locale {
  const locale: unknown = options.data?.root?.page?.locale;
  if (!isLocale(locale))
    throw new TypeError('The view model has no page.locale, which every helper of the page needs.');
  return locale;
}

/** Handlebars passes its options object last; what stands before it are the template's own arguments. */
function split(args: unknown[]): { values: unknown[]; options: Options } {
  return { values: args.slice(0, -1), options: args[args.length - 1] as Options };
}

/** Empty strings, empty lists, `null` and `false` are nothing; `0` is a value. */
function isSomething(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return value !== undefined && value !== null && value !== false && value !== '';
}

function registerWords(hbs: Hbs, deps: HelperDeps): void {
  // Most sentences have no parameters and never change while the process runs: asked for once, then remembered.
  const plain = new Map<string, string>();
  const sayPlain = (locale: Locale, key: string): string => {
    const id = `${locale} ${key}`;
    const known = plain.get(id);
    if (known !== undefined) return known;
    const sentence = isolateDigits(deps.translate(locale, key, {}), locale);
    plain.set(id, sentence);
    return sentence;
  };
  const say = (locale: Locale, key: unknown, hash: Record<string, unknown>): string => {
    const names = Object.keys(hash);
    if (names.length === 0) return sayPlain(locale, String(key));
    const params: Record<string, unknown> = {};
    for (const name of names) {
      const value: unknown = hash[name];
      params[name] = typeof value === 'string' ? isolate(value, locale) : value;
    }
    return isolateDigits(deps.translate(locale, String(key), params), locale);
  };
  hbs.registerHelper('t', (key: unknown, options: Options) => say(localeOf(options), key, options.hash));
  hbs.registerHelper('tIn', (locale: unknown, key: unknown, options: Options) => {
    if (!isLocale(locale)) throw new TypeError(`tIn: "${String(locale)}" is not a language of the site.`);
    return say(locale, key, options.hash);
  });
  hbs.registerHelper(
    'pick',
    (texts: Multilingual | null, options: Options) => pickText(texts, localeOf(options)).text,
  );
  hbs.registerHelper('pickBlock', (texts: Multilingual | null, options: Options) => {
    const page = localeOf(options);
    const found = pickText(texts, page);
    const text = hbs.escapeExpression(found.text);
    if (found.locale === page) return new hbs.SafeString(text);
    return new hbs.SafeString(`<bdi lang="${found.locale}" dir="${directionOf(found.locale)}">${text}</bdi>`);
  });
}

function registerMarkup(hbs: Hbs, deps: HelperDeps): void {
  hbs.registerHelper('asset', (name: unknown) => deps.asset(String(name)));
  const drawn = new Map<string, Handlebars.SafeString>();
  hbs.registerHelper('icon', (name: unknown, options: Options) => {
    const id = `${String(name)} ${options.hash.mirror ? 'icon icon--mirror' : 'icon'}`;
    const known = drawn.get(id);
    if (known) return known;
    const classes = id.slice(id.indexOf(' ') + 1);
    const size = 'width="24" height="24" viewBox="0 0 24 24"';
    const body = deps.icon(String(name));
    const icon = new hbs.SafeString(`<svg class="${classes}" ${size} aria-hidden="true">${body}</svg>`);
    drawn.set(id, icon);
    return icon;
  });
  hbs.registerHelper(
    'bdi',
    (value: unknown) => new hbs.SafeString(`<bdi>${hbs.escapeExpression(value as string)}</bdi>`),
  );
  hbs.registerHelper('phone', (value: unknown, options: Options) => {
    if (!value) return '';
    const e164 = String(value);
    const text = `<bdi dir="ltr" class="phone">${hbs.escapeExpression(deps.phone(e164))}</bdi>`;
    if (!options.hash.link) return new hbs.SafeString(text);
    return new hbs.SafeString(`<a class="phone-link" href="tel:${hbs.escapeExpression(e164)}">${text}</a>`);
  });
  // @fastify/view hands a layout the finished page as `body`; it is our own markup, already escaped inside.
  hbs.registerHelper(
    'pageBody',
    (options: Options) => new hbs.SafeString(String(options.data.root.body ?? '')),
  );
}

function registerNumbers(hbs: Hbs): void {
  const figure = (value: unknown, show: (n: number) => string): string =>
    isSomething(value) ? show(Number(value)) : '–';
  hbs.registerHelper('number', (value: unknown, options: Options) =>
    figure(value, (n) => formatNumber(n, localeOf(options), options.hash.decimals)),
  );
  hbs.registerHelper('money', (centimes: unknown, options: Options) =>
    figure(centimes, (n) => formatMoney(n, localeOf(options), Boolean(options.hash.short))),
  );
  hbs.registerHelper('percent', (value: unknown, options: Options) =>
    figure(value, (n) => formatPercent(n, localeOf(options), options.hash.decimals)),
  );
}

/** Names under which the rest of the house knows the four meanings; anything else is neutral. */
const TONES: Readonly<Record<string, string>> = {
  good: 'good',
  success: 'good',
  warn: 'warn',
  warning: 'warn',
  bad: 'bad',
  error: 'bad',
  danger: 'bad',
  info: 'info',
};

/** Counting and codes as people read them. */
function registerCodes(hbs: Hbs): void {
  hbs.registerHelper('tone', (kind: unknown) => TONES[String(kind)] ?? 'neutral');
  hbs.registerHelper('ordinal', (index: unknown) => Number(index) + 1);
  hbs.registerHelper('groups', (code: unknown) => String(code ?? '').replace(/(.{4})(?=.)/g, '$1 '));
}

function registerLogic(hbs: Hbs): void {
  hbs.registerHelper('eq', (a: unknown, b: unknown) => a === b);
  hbs.registerHelper('gt', (a: unknown, b: unknown) => Number(a) > Number(b));
  hbs.registerHelper('not', (value: unknown) => !isSomething(value));
  hbs.registerHelper('and', (...args: unknown[]) => {
    const { values } = split(args);
    return values.every(isSomething) ? values[values.length - 1] : '';
  });
  hbs.registerHelper('or', (...args: unknown[]) => split(args).values.find(isSomething) ?? '');
  hbs.registerHelper('concat', (...args: unknown[]) =>
    split(args)
      .values.map((value) => value ?? '')
      .join(''),
  );
  hbs.registerHelper('class', (...args: unknown[]) => split(args).values.filter(isSomething).join(' '));
  hbs.registerHelper('join', (items: unknown, ...rest: unknown[]) => {
    const separator = split(rest).values[0];
    return Array.isArray(items)
      ? items.filter(isSomething).join(typeof separator === 'string' ? separator : ', ')
      : '';
  });
  hbs.registerHelper('list', (...args: unknown[]) => split(args).values);
  hbs.registerHelper('dict', (options: Options) => options.hash);
}

/**
 * `{{#in 'card' title=…}}…{{/in}}` draws a partial around content. The content keeps the page's own context, which a
 * Handlebars partial block would lose, and reaches the partial as `content`.
 */
function registerWrapping(hbs: Hbs, compileOptions: CompileOptions): void {
  const compiled = new Map<string, Template>();
  hbs.registerHelper('in', function wrap(this: unknown, name: unknown, options: Options) {
    const key = String(name);
    const source: unknown = hbs.partials[key];
    if (source === undefined) throw new Error(`in: there is no partial called "${key}".`);
    const template =
      compiled.get(key) ??
      (typeof source === 'function' ? (source as Template) : hbs.compile(String(source), compileOptions));
    compiled.set(key, template);
    const content = new hbs.SafeString(options.fn(this));
    return new hbs.SafeString(template({ ...options.hash, content }, { data: options.data }));
  });
}

type CompileOptions = Parameters<Hbs['compile']>[1];

/**
 * How every template of the house is compiled. A partial sees only the parameters it is given, never the data around
 * it, so a `title` of the page cannot slip into a card that was given none.
 */
export const COMPILE_OPTIONS = { explicitPartialContext: true, preventIndent: true } as const;

/** Registers every helper of the house on a Handlebars environment. */
export function registerHelpers(hbs: Hbs, deps: HelperDeps): void {
  registerWords(hbs, deps);
  registerMarkup(hbs, deps);
  registerNumbers(hbs);
  registerCodes(hbs);
  registerLogic(hbs);
  registerWrapping(hbs, COMPILE_OPTIONS);
}
