import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import Handlebars from 'handlebars';
import type { Locale } from '../../shared/i18n/i18n.js';
import { SlottedMarkup } from '../../shared/web/slotted-markup.js';

/** Fragments kept: of each module in three languages, and of each stop with every percentage. A clear start costs little. */
const KEPT = 10_000;

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
  private readonly kept = new Map<string, Fragment | Promise<Fragment>>();

  /**
   * A fragment, rendered at the first call and at once afterwards.
   *
   * @param name names version and thing; the view and the language are added
   * @param model called only when it has to be rendered
   */
  of(
    request: FastifyRequest,
    name: string,
    view: string,
    model: () => object | Promise<object>,
  ): Fragment | Promise<Fragment> {
    const key = `${name} ${view} ${request.locale}`;
    const known = this.kept.get(key);
    if (known) return known;
    if (this.kept.size >= KEPT) this.kept.clear();
    const made = this.make(request, view, model).then(
      (fragment) => (this.kept.set(key, fragment), fragment),
      (error: unknown) => {
        this.kept.delete(key);
        throw error;
      },
    );
    this.kept.set(key, made);
    return made;
  }

  /** The same, made for one request. */
  async render(request: FastifyRequest, view: string, model: object): Promise<Handlebars.SafeString> {
    return (await this.make(request, view, () => model)).html;
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
