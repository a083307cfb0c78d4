import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { StaffActor } from '../../shared/access/actor.js';
import { type DomainError, InvalidFields } from '../../shared/errors/domain-error.js';
import { failureOf, fieldDetail, problemOf } from '../../shared/errors/problem.js';
import { t } from '../../shared/i18n/i18n.js';
import { formatSize } from '../../shared/web/format-size.js';
import { pickText } from '../../shared/web/handlebars/format.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { LARGEST_BYTES } from '../upload.js';
import { Films } from '../films.service.js';
import { UploadFolder } from '../upload-folder.js';
import type { UploadPlace } from '../upload-place.js';
import { UPLOADS_PATH } from '../upload-protocol.js';
import { UploadStore } from '../upload.store.js';
import { Uploads } from '../uploads.service.js';
import { presentFilmState } from './film.presenter.js';
import { presentUpload, spokenOptions } from './upload.presenter.js';

/** A form that was refused: why, and what was chosen. */
export interface RefusedVideo {
  readonly error: DomainError;
  readonly spoken: string;
}

const VIEW = 'video/web/views/upload.hbs';

/** The page on which a video is sent for a block. */
@Injectable()
export class UploadPage {
  constructor(
    private readonly store: UploadStore,
    private readonly folder: UploadFolder,
    private readonly uploads: Uploads,
    private readonly films: Films,
    private readonly pages: PageRenderer,
  ) {}

  async send(reply: FastifyReply, actor: StaffActor, place: UploadPlace, more: More = {}): Promise<void> {
    const { locale } = reply.request;
    const { course, module, part } = place;
    const base = `/${locale}/staff/courses/${course.slug}`;
    const name = pickText(place.title, locale).text || part;
    const title = t(locale, 'video:title', { name });
    const refused = more.refused && { ...wordsOf(more.refused.error, locale), spoken: more.refused.spoken };
    const model = {
      ...{
        title,
        hasFilm: place.hasFilm,
        isReady: await this.uploads.isReady(),
        hasArrived: more.hasArrived,
      },
      back: { href: `${base}/parts/${module}/${part}`, title: pickText(course.title, locale).text },
      action: filmsHref(place, locale),
      place: { course: course.slug, module, part },
      limit: formatSize(500_000_000, locale),
      limitBytes: LARGEST_BYTES,
      api: UPLOADS_PATH,
      account: actor.accountId,
      spoken: spokenOptions(locale),
      ...(refused ? { refused } : {}),
      ...(await this.lists(actor, place, locale)),
    };
    const options = { title, scripts: ['video-upload.js', 'film-progress.js'] };
    if (more.refused)
      await this.pages.refuse(reply, VIEW, options, model, failureOf(more.refused.error).status);
    else await this.pages.send(reply, VIEW, options, model);
  }

  private async lists(actor: StaffActor, place: UploadPlace, locale: Locale) {
    const here = await this.store.ofBlock(place.course.id, place.module, place.part);
    const lines = await Promise.all(
      here.map(async (each) => ({
        ...each,
        thereBytes: each.state === 'receiving' ? ((await this.folder.size(each.id)) ?? 0) : each.bytes,
      })),
    );
    const films = await this.films.states(here.map(({ id }) => id));
    const newest = here.find(({ id }) => films.has(id))?.id;
    const page = filmsHref(place, locale);
    const shown = new Set(here.map(({ id }) => id));
    const others = (await this.store.unfinished(actor.accountId)).filter(({ id }) => !shown.has(id));
    return {
      uploads: lines.map((each) => {
        const film = films.get(each.id);
        // That earlier ones were put in place is no news.
        const isShown = film && (each.id === newest || film.state === 'working');
        return {
          ...presentUpload(each, actor.accountId, locale),
          ...(isShown ? { film: presentFilmState(film, locale, page) } : {}),
        };
      }),
      others: others.map((each) => ({
        fileName: each.fileName,
        href: filmsHref({ course: { slug: each.course }, module: each.module, part: each.part }, locale),
      })),
    };
  }
}

interface More {
  readonly refused?: RefusedVideo;
  readonly hasArrived?: boolean;
}

type Locale = FastifyReply['request']['locale'];

/** Address of the page, for a block. */
export function filmsHref(
  place: { course: { slug: string }; module: string; part: string },
  locale: Locale | undefined,
): string {
  const prefix = locale === undefined ? '' : `/${locale}`;
  return `${prefix}/staff/courses/${place.course.slug}/films/${place.module}/${place.part}`;
}

function wordsOf(error: DomainError, locale: Locale) {
  if (error instanceof InvalidFields)
    return {
      errors: error.errors.map((each) => ({
        field: each.pointer.slice(1),
        text: fieldDetail(locale, each),
      })),
    };
  const { title, detail } = problemOf(failureOf(error), locale, '');
  return { title, detail };
}
