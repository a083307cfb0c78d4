import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import Handlebars from 'handlebars';
import type { Locale } from '../../shared/i18n/i18n.js';

/** Fragments kept: of each module in three languages, and of each stop with every percentage. A clear start costs little. */
const KEPT = 10_000;

/**
 * Published is immutable: what of a page is the same for everybody is rendered once for each version and language, and
 * the page around it stays small.
 */
@Injectable()
export class LessonFragments {
  private readonly kept = new Map<string, Promise<Handlebars.SafeString>>();

  /**
   * The markup of a fragment, rendered at the first call.
   *
   * @param name names version and thing; the language is added
   * @param model called only when it has to be rendered
   */
  of(
    request: FastifyRequest,
    name: string,
    view: string,
    model: () => object,
  ): Promise<Handlebars.SafeString> {
    const key = `${name} ${view} ${request.locale}`;
    const known = this.kept.get(key);
    if (known) return known;
    if (this.kept.size >= KEPT) this.kept.clear();
    const made = this.render(request, view, model());
    this.kept.set(key, made);
    made.catch(() => this.kept.delete(key));
    return made;
  }

  /** The same, made for one request. */
  async render(request: FastifyRequest, view: string, model: object): Promise<Handlebars.SafeString> {
    const page: { locale: Locale } = { locale: request.locale };
    return new Handlebars.SafeString(
      await request.server.view(`learning/web/views/${view}`, { ...model, page }),
    );
  }
}
