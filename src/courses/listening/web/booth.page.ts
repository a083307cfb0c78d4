import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { NotFound } from '../../../shared/errors/domain-error.js';
import { PrivateMedia } from '../../../shared/files/private-media.service.js';
import { t } from '../../../shared/i18n/i18n.js';
import { Booth, type BoothRefusal } from '../../../shared/listening/booth.js';
import { type ListeningLanguage, nextToRead } from '../../../shared/listening/listening-language.js';
import { pickText } from '../../../shared/web/handlebars/format.js';
import type { AuthoredCourse } from '../../authoring/course-author.query.js';
import type { CourseScript } from '../course-script.service.js';
import { ListeningShelf } from '../listening-shelf.service.js';
import { RecordingStore } from '../recording.store.js';
import { type SpokenLine, type SpokenUnit, wordsDigest } from '../spoken-line.js';
import { boothHref, listeningHref, presentScript } from './listening.presenter.js';
import { unitOf } from './listening.pages.controller.js';

/** A line of a course in a language: what the booth is open for. */
export interface BoothPlace {
  readonly course: AuthoredCourse;
  readonly script: CourseScript;
  readonly unit: SpokenUnit;
  readonly line: SpokenLine;
  readonly lang: ListeningLanguage;
}

/** The booth, open for a line of a course. */
@Injectable()
export class BoothPage {
  constructor(
    private readonly store: RecordingStore,
    private readonly shelf: ListeningShelf,
    private readonly booth: Booth,
    private readonly media: PrivateMedia,
  ) {}

  async send(reply: FastifyReply, place: BoothPlace, refusal?: BoothRefusal): Promise<void> {
    const { locale } = reply.request;
    const { course, script, unit, line, lang } = place;
    const states = await this.shelf.states(course.id, script.has);
    const mine = (await this.store.ofCourse(course.id)).filter(
      (each) => each.line === line.id && each.lang === lang,
    );
    const words = wordsDigest(line, lang);
    const at = unit.lines.indexOf(line);
    const link = (other: SpokenLine | undefined) =>
      other && { href: boothHref(course, unit, other, lang, locale) };
    const isQuestion = line.kind === 'question' && line.words.fr.length > 1;
    const view = {
      unit: {
        title: pickText(unit.title, locale).text,
        href: `${listeningHref(course, locale, unit.folder)}?lang=${lang}`,
      },
      ...{ title: pickText(line.title, locale).text || line.part, lang, words, file: `${line.part}.m4a` },
      place: { n: at + 1, total: unit.lines.length },
      state: states(line, lang),
      hrefIn: (each: ListeningLanguage) => boothHref(course, unit, line, each, locale),
      scripts: presentScript(line, lang),
      ...(isQuestion ? { hint: t(locale, 'courses:listening.booth.question') } : {}),
      action: listeningHref(course, locale, unit.folder, line.part),
      recordings: mine.map((each) => ({
        ...each,
        ...{ src: this.media.voice(each), isOutdated: each.words !== words },
      })),
      ...{ previous: link(unit.lines[at - 1]), next: link(unit.lines[at + 1]) },
      others: t(locale, 'courses:listening.booth.others'),
    };
    await this.booth.send(reply, view, refusal);
  }

  async nextOf({ course, script, unit, line, lang }: BoothPlace): Promise<SpokenLine> {
    const states = await this.shelf.states(course.id, script.has);
    return nextToRead(unit.lines, line, (each) => states(each, lang).heard === 'person');
  }
}

/** @throws NotFound */
export function lineOf(
  script: CourseScript,
  folder: string,
  part: string,
): { unit: SpokenUnit; line: SpokenLine } {
  const unit = unitOf(script, folder);
  const line = unit.lines.find((each) => each.part === part);
  if (!line) throw new NotFound('line');
  return { unit, line };
}
