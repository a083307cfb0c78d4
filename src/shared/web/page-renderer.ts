import { Injectable } from '@nestjs/common';
import '@fastify/view';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppConfig } from '../../config/app-config.js';
import type { Actor } from '../access/actor.js';
import { Csrf } from '../access/csrf.js';
import type { Problem } from '../errors/problem.js';
import { directionOf, LOCALES, type Locale, t } from '../i18n/i18n.js';
import { type NavKind, navigationFor } from './navigation.js';
import { LANGUAGE_COOKIE } from './request-locale.js';
import { escaped, slot, SlottedMarkup } from './slotted-markup.js';

/** What every template reads as `page`. */
export interface PageFrame {
  title: string;
  locale: Locale;
  dir: 'rtl' | 'ltr';
  /** Address below the language, with its query. */
  path: string;
  alternates?: Record<Locale, string>;
  nav: ReturnType<typeof navigationFor>;
  actor?: { name: string; home: string };
  csrf?: string;
  ribbon?: true;
  flash?: Array<{ kind: string; text: string }>;
  supportPhone: string;
  /** Where the wordmark leads. */
  home: string;
  signInHref?: string;
  signOutHref?: string;
  /** Logical names of the scripts of this page. */
  scripts: readonly string[];
}

export interface PageOptions {
  /** Title of the page, already in the reader's language. */
  title: string;
  /** Which navigation stands around it; unset: by who is signed in. */
  nav?: NavKind;
  /** Scripts of this page, by their logical names. */
  scripts?: readonly string[];
  /** Address of the page below the language, where it is not the one that is asked for. */
  path?: string;
  /** The page that asks for the language: it exists once, in all of them. */
  asksLanguage?: true;
}

const LAYOUT = 'shared/web/views/layouts/page.hbs';
const FLASH_COOKIE = 'flash';
/** Some 6 KB each. */
const SHELLS_KEPT = 1000;
const YEAR_SECONDS = 365 * 24 * 3600;
/** Number of the desk, on every page and message; a campaign may name its own. */
export const SUPPORT_PHONE = '+212539000000';

/** Renders a page of the site: the feature's view inside the shell that all pages share. */
@Injectable()
export class PageRenderer {
  private readonly shells = new Map<string, SlottedMarkup>();

  constructor(
    private readonly config: AppConfig,
    private readonly csrf: Csrf,
  ) {}

  /** Sends the page; `view` is a path below `src/`, such as `portal/web/views/home.hbs`. */
  async send(reply: FastifyReply, view: string, options: PageOptions, model: object): Promise<void> {
    await this.deliver(reply, await this.html(reply.request, view, options, model));
  }

  /**
   * Sends a page whose content is finished markup. The shell around it is rendered once for each address and kind of
   * reader and then only filled in: for pages that have few addresses and many readers.
   */
  async sendReady(reply: FastifyReply, options: PageOptions, content: readonly Buffer[]): Promise<void> {
    await this.deliver(reply, await this.ready(reply.request, options, content));
  }

  /** Bytes of a page as {@link sendReady} would send it, before it is packed for the way. */
  async weighReady(
    request: FastifyRequest,
    options: PageOptions,
    content: readonly Buffer[],
  ): Promise<number> {
    return (await this.ready(request, options, content)).length;
  }

  private async ready(
    request: FastifyRequest,
    options: PageOptions,
    content: readonly Buffer[],
  ): Promise<Buffer> {
    const shell = this.shells.get(shellKey(request, options)) ?? (await this.makeShell(request, options));
    const fillings = {
      body: content,
      name: escaped(nameOf(request.actor, request.locale)),
      csrf: escaped(this.csrfOf(request) ?? ''),
    };
    return Buffer.concat(shell.fill(fillings));
  }

  private async deliver(reply: FastifyReply, page: string | Buffer): Promise<void> {
    if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'private, no-store');
    rememberLanguage(reply);
    if (reply.request.cookies[FLASH_COOKIE]) void reply.clearCookie(FLASH_COOKIE, { path: '/' });
    await reply.type('text/html; charset=utf-8').send(page);
  }

  private async makeShell(request: FastifyRequest, options: PageOptions): Promise<SlottedMarkup> {
    const page = this.frame(request, options);
    const slots = {
      ...(page.actor ? { actor: { ...page.actor, name: slot('name') } } : {}),
      ...(page.csrf ? { csrf: slot('csrf') } : {}),
    };
    const model = { page: { ...page, ...slots }, body: slot('body') };
    const shell = new SlottedMarkup(await request.server.view(LAYOUT, model));
    if (page.flash || request.url.includes('?')) return shell;
    if (this.shells.size >= SHELLS_KEPT) this.shells.clear();
    this.shells.set(shellKey(request, options), shell);
    return shell;
  }

  /** Sends the form again with what was typed and what is wrong: 422 unless `status` says otherwise. */
  async refuse(
    reply: FastifyReply,
    view: string,
    options: PageOptions,
    model: object,
    status = 422,
  ): Promise<void> {
    await this.send(reply.status(status), view, options, model);
  }

  /** Goes on to another page with a sentence shown there once. */
  async redirect(
    reply: FastifyReply,
    path: string,
    flash?: { kind: 'success' | 'info' | 'warning'; key: string; params?: Record<string, string | number> },
  ): Promise<void> {
    if (flash) {
      const value = Buffer.from(JSON.stringify(flash)).toString('base64url');
      void reply.setCookie(FLASH_COOKIE, value, { path: '/', httpOnly: true, sameSite: 'lax', maxAge: 60 });
    }
    await reply.redirect(path.startsWith('/') ? `/${reply.request.locale}${path}` : path, 303);
  }

  /** Bytes of a page as it would be sent, before it is packed for the way. */
  async weigh(request: FastifyRequest, view: string, options: PageOptions, model: object): Promise<number> {
    return Buffer.byteLength(await this.html(request, view, options, model));
  }

  async problem(request: FastifyRequest, problem: Problem): Promise<string> {
    const model = { title: problem.title, what: problem.detail, requestId: problem.instance };
    return this.html(
      request,
      'shared/web/views/pages/problem.hbs',
      { title: problem.title },
      { problem: model },
    );
  }

  private html(request: FastifyRequest, view: string, options: PageOptions, model: object): Promise<string> {
    const page = this.frame(request, options);
    return request.server.view(view, { ...model, page }, { layout: LAYOUT });
  }

  private frame(request: FastifyRequest, options: PageOptions): PageFrame {
    const { locale, actor } = request;
    const path = options.path ?? request.url;
    const flash = this.flash(request, locale);
    const csrf = this.csrfOf(request);
    return {
      title: options.title,
      locale,
      dir: directionOf(locale),
      path,
      ...(options.asksLanguage ? {} : { alternates: alternatesOf(path) }),
      nav: navigationFor(options.nav, actor, locale, path),
      ...(actor
        ? {
            actor: {
              name: nameOf(actor, locale),
              home: `/${locale}/me`,
            },
          }
        : {}),
      ...(csrf ? { csrf } : {}),
      ...(this.config.isDemo ? { ribbon: true as const } : {}),
      ...(flash ? { flash } : {}),
      supportPhone: SUPPORT_PHONE,
      home: `/${locale}`,
      ...(actor ? { signOutHref: `/${locale}/sign-out` } : { signInHref: `/${locale}/sign-in` }),
      scripts: options.scripts ?? [],
    };
  }

  private csrfOf({ signInToken, actor }: FastifyRequest): string | undefined {
    return signInToken && actor?.via === 'cookie' ? this.csrf.tokenFor(signInToken) : undefined;
  }

  private flash(request: FastifyRequest, locale: Locale): PageFrame['flash'] | undefined {
    const cookie = request.cookies[FLASH_COOKIE];
    if (!cookie) return undefined;
    try {
      const { kind, key, params } = JSON.parse(Buffer.from(cookie, 'base64url').toString()) as {
        kind: string;
        key: string;
        params?: Record<string, string>;
      };
      return [{ kind, text: t(locale, key, params) }];
    } catch {
      return undefined;
    }
  }
}

/** Everything of a request that changes the shell, but for what is filled in. A sentence shown once makes a shell of its own. */
function shellKey(request: FastifyRequest, { title, nav, scripts }: PageOptions): string {
  const { actor } = request;
  const reader = actor ? `${actor.kind} ${actor.via} ${actor.grants.map(({ role }) => role).join()}` : '';
  const flash = request.cookies[FLASH_COOKIE] === undefined ? '' : request.id;
  return `${request.locale}|${request.url}|${reader}|${title}|${nav ?? ''}|${scripts?.join() ?? ''}|${flash}`;
}

/** Before somebody of a shared phone has said who they are, their place has no name of theirs. */
function nameOf(actor: Actor | undefined, locale: Locale): string {
  const name = actor?.kind === 'staff' ? actor.name : actor?.person?.name;
  return name || t(locale, 'web:account.home');
}

/** The same page in each language. */
function alternatesOf(path: string): Record<Locale, string> {
  return Object.fromEntries(LOCALES.map((locale) => [locale, `/${locale}${path}`])) as Record<Locale, string>;
}

/** Whoever opens `/ar` has chosen Arabic: `/` does not ask again. */
function rememberLanguage(reply: FastifyReply): void {
  const { locale, localeInPath, cookies } = reply.request;
  if (!localeInPath || cookies[LANGUAGE_COOKIE] === locale) return;
  void reply.setCookie(LANGUAGE_COOKIE, locale, { path: '/', sameSite: 'lax', maxAge: YEAR_SECONDS });
}
