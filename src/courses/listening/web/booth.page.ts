import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { formatInstant } from '../../../shared/clock/format-date.js';
import { NotFound } from '../../../shared/errors/domain-error.js';
import { type Locale, t } from '../../../shared/i18n/i18n.js';
import { pickText } from '../../../shared/web/handlebars/format.js';
import { PageRenderer } from '../../../shared/web/page-renderer.js';
import type { AuthoredCourse } from '../../authoring/course-author.query.js';
import type { ListeningLanguage } from '../../course-file/course-document.js';
import { ZONE } from '../../web/outline.presenter.js';
import type { CourseScript } from '../course-script.service.js';

import { addressOf, ListeningShelf } from '../listening-shelf.service.js';
import { type OwnedRecording, RecordingStore } from '../recording.store.js';
import { LONGEST_MS } from '../sound-arguments.js';
import { SoundStudio } from '../sound-studio.service.js';
import { type SpokenLine, type SpokenUnit, wordsDigest } from '../spoken-line.js';
import {
  boothHref,
  languageTabs,
  listeningHref,
  presentHead,
  presentLength,
  presentScript,
  presentState,
} from './listening.presenter.js';
import { unitOf } from './listening.pages.controller.js';

/** A line of a course in a language: what the booth is open for. */
export interface BoothPlace {
  readonly course: AuthoredCourse;
  readonly script: CourseScript;
  readonly unit: SpokenUnit;
  readonly line: SpokenLine;
  readonly lang: ListeningLanguage;
}

/** Why the last recording was not taken, in words. */
export interface BoothRefusal {
  readonly status: number;
  readonly text: string;
  readonly speaker: string;
}

/** The recording booth: the script, what was recorded before, the microphone, and a form for a file. */
@Injectable()
export class BoothPage {
  constructor(
    private readonly store: RecordingStore,
    private readonly shelf: ListeningShelf,
    private readonly studio: SoundStudio,
    private readonly pages: PageRenderer,
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
    const name = pickText(line.title, locale).text || line.part;
    const link = (other: SpokenLine | undefined) =>
      other && { href: boothHref(course, unit, other, lang, locale) };
    const model = {
      course: presentHead(course, locale),
      unit: {
        title: pickText(unit.title, locale).text,
        href: `${listeningHref(course, locale, unit.folder)}?lang=${lang}`,
      },
      ...{
        title: name,
        lang,
        words,
        file: `${line.part}.m4a`,
        refusal,
        isReady: await this.studio.isReady(),
      },
      place: t(locale, 'listening:booth.place', { n: at + 1, total: unit.lines.length }),
      language: t(locale, `listening:language.${lang}`),
      languageIn: t(locale, `listening:in.${lang}`),
      state: presentState(states(line, lang), locale),
      tabs: languageTabs((each) => boothHref(course, unit, line, each, locale), lang, locale),
      scripts: presentScript(line, lang),
      isQuestion: line.kind === 'question' && line.words.fr.length > 1,
      isTold: lang !== 'fr' && lang !== 'ar',
      action: listeningHref(course, locale, unit.folder, line.part),
      longestSeconds: LONGEST_MS / 1000,
      recordings: mine.map((each) => presentRecording(each, words, locale)),
      ...{ previous: link(unit.lines[at - 1]), next: link(unit.lines[at + 1]) },
    };
    const title = t(locale, 'listening:booth.title', { title: name });
    const options = { title, scripts: ['booth.js'] };
    await this.pages.send(
      reply.status(refusal?.status ?? 200),
      'courses/listening/web/views/booth.hbs',
      options,
      model,
    );
  }

  /** The line to go on with: the next one of the unit that nobody has read yet; the same one when all are read. */
  async nextOf({ course, script, unit, line, lang }: BoothPlace): Promise<SpokenLine> {
    const states = await this.shelf.states(course.id, script.has);
    const at = unit.lines.indexOf(line);
    const following = [...unit.lines.slice(at + 1), ...unit.lines.slice(0, at)];
    return following.find((each) => states(each, lang).heard !== 'person') ?? line;
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

function presentRecording(recording: OwnedRecording, words: string, locale: Locale) {
  const { id, speaker, durationMs, recordedAt, recordedBy } = recording;
  return {
    ...{
      id,
      src: addressOf(recording),
      isOutdated: recording.words !== words,
      isSynthetic: speaker === 'synthetic',
    },
    text: t(locale, recordedBy === null ? 'listening:booth.imported' : 'listening:booth.by', {
      ...{
        name: recordedBy ?? '',
        when: formatInstant(recordedAt, ZONE, locale),
        length: presentLength(durationMs, locale),
      },
    }),
  };
}
