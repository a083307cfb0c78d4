import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type AuthoredCourse, linesOf, type TrackPlace } from '../../courses/public.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { Booth, type BoothPicture, type BoothRefusal } from '../../shared/listening/booth.js';
import { type ListeningLanguage, writtenFor } from '../../shared/listening/listening-language.js';
import { pickText } from '../../shared/web/handlebars/format.js';
import { formatSize } from '../../shared/web/format-size.js';
import { TRACK_BYTES } from '../track-studio.service.js';

/** A video of a course and the language that a sound is recorded in. */
export interface TrackAt {
  readonly course: AuthoredCourse;
  readonly module: string;
  readonly part: string;
  readonly place: TrackPlace;
  readonly lang: ListeningLanguage;
}

/** Lines of the picture somebody records against: large enough to see, small enough to come at once. */
const PICTURE_LINES = 240;

/** The booth, open for a language of a video. */
@Injectable()
export class TrackPage {
  constructor(private readonly booth: Booth) {}

  async send(reply: FastifyReply, at: TrackAt, refusal?: BoothRefusal): Promise<void> {
    const { locale } = reply.request;
    const { course, module, part, place, lang } = at;
    const written = writtenFor(lang);
    const cues = place.cues[written];
    const name = pickText(place.title, locale).text || part;
    const view = {
      unit: { title: name, href: `/${locale}${partHref(at)}` },
      title: t(locale, 'video:track.title', { name }),
      ...{ lang, words: place.seen(lang), file: `${part}-${lang}` },
      scripts: cues.length > 0 ? [{ lang: written, words: cues.map(({ text }) => text), times: cues }] : [],
      hint: t(locale, cues.length > 0 ? 'video:track.hint' : 'video:track.noCaptions'),
      state: { heard: heardIn(place, lang), isOutdated: false },
      recordings: [],
      picture: pictureOf(place, locale),
      action: trackHref(course, module, part, locale),
      hrefIn: (each: ListeningLanguage) => `${trackHref(course, module, part, locale)}?lang=${each}`,
      ...{ previous: undefined, next: undefined },
    };
    await this.booth.send(reply, view, refusal);
  }
}

/** Address of the booth of a video. */
function trackHref({ slug }: AuthoredCourse, module: string, part: string, locale: Locale): string {
  return `/${locale}/staff/courses/${slug}/languages/${module}/${part}`;
}

/** Address of the block's page, without a language. */
export function partHref({ course, module, part }: Pick<TrackAt, 'course' | 'module' | 'part'>): string {
  return `/staff/courses/${course.slug}/parts/${module}/${part}#languages`;
}

/** Who is heard in a language: in the sound that was added, else in the video's own. */
function heardIn({ video }: TrackPlace, lang: ListeningLanguage): 'person' | 'synthetic' | null {
  const mine = video.audioTracks.filter((each) => each.lang === lang);
  const heard = mine.find(({ track }) => track) ?? mine[0];
  if (!heard) return null;
  return heard.synthetic ? 'synthetic' : 'person';
}

function pictureOf({ video, base }: TrackPlace, locale: Locale): BoothPicture {
  const sorted = [...video.renditions].sort((a, b) => linesOf(a) - linesOf(b));
  const chosen = sorted.find((each) => linesOf(each) >= PICTURE_LINES) ?? sorted.at(-1);
  const { poster, durationMs } = video;
  return {
    src: `${base}/${chosen?.playlist ?? video.master}`,
    poster: `${base}/${poster.file}`,
    ...{ width: poster.width, height: poster.height, durationMs },
    fileHint: t(locale, 'video:track.fileHint', {
      seconds: Math.round(durationMs / 1000),
      limit: formatSize(Math.floor(TRACK_BYTES / 1_000_000) * 1_000_000, locale),
    }),
  };
}
