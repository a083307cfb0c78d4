import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import Handlebars from 'handlebars';
import type { Locale } from '../../shared/i18n/i18n.js';
import { SlottedMarkup } from '../../shared/web/slotted-markup.js';

/** Rendered markup: for another view, as bytes, and with its slots to fill. */
interface Fragment {
  readonly html: Handlebars.SafeString;
  readonly bytes: Buffer;
  readonly slotted: SlottedMarkup;
}

/**
 * Published is immutable: what of a page is the same for everybody is rendered once for each version and language, and
 * the page around it stays small.
 */
@Injectable()
export class LessonFragments {
  /** By the course or module that they say something of: both are new objects with each version, and then these go. */
  private readonly kept = new WeakMap<object, Map<string, Fragment | Promise<Fragment>>>();

  /**
   * A fragment, rendered at the first call and at once afterwards.
   *
   * @param owner the published course or module
   * @param name what of it; the view and the language are added
   * @param model called only when it has to be rendered
   */
  of(
    request: FastifyRequest,
    owner: object,
    name: string,
    view: string,
    model: () => object | Promise<object>,
  ): Fragment | Promise<Fragment> {
    const known = this.kept.get(owner);
    const fragments = known ?? new Map<string, Fragment | Promise<Fragment>>();
    if (!known) this.kept.set(owner, fragments);
    const key = `${view} ${request.locale} ${name}`;
    return fragments.get(key) ?? this.keep(fragments, key, this.make(request, view, model));
  }

  /** The same, made for one request. */
  async render(request: FastifyRequest, view: string, model: object): Promise<Handlebars.SafeString> {
    return (await this.make(request, view, () => model)).html;
  }

  private keep(
    fragments: Map<string, Fragment | Promise<Fragment>>,
    key: string,
    made: Promise<Fragment>,
  ): Promise<Fragment> {
    fragments.set(key, made);
    made.then(
      (fragment) => fragments.set(key, fragment),
      () => fragments.delete(key),
    );
    return made;
  }

  private async make(
    request: FastifyRequest,
    view: string,
    model: () => object | Promise<object>,
  ): Promise<Fragment> {
    const page: { locale: Locale } = { locale: request.locale };
    const html = await request.server.view(`learning/web/views/${view}`, { ...(await model()), page });
    return {
      html: new Handlebars.SafeString(html),
      bytes: Buffer.from(html),
      slotted: new SlottedMarkup(html),
    };
  }
}
