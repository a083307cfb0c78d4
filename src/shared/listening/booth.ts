import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type DomainError, InvalidFields } from '../errors/domain-error.js';
import { failureOf } from '../errors/problem.js';
import { directionOf, type Locale, t } from '../i18n/i18n.js';
import { isolateDigits } from '../web/handlebars/format.js';
import { PageRenderer } from '../web/page-renderer.js';
import { refusalWords } from '../web/refusal-words.js';
import {
  type HeardState,
  languageTabs,
  type ListedRecording,
  presentRecording,
  presentState,
} from './booth.presenter.js';
import { type ListeningLanguage, writtenFor } from './listening-language.js';
import { LONGEST_MS } from './sound-arguments.js';
import { SoundStudio } from './sound-studio.service.js';

/** Words to be read aloud in a language, and the way to and from their booth. */
export interface BoothView {
  /** Where one came from. */
  readonly unit: { readonly title: string; readonly href: string };
  readonly title: string;
  /** Which of how many; unset where there are no others. */
  readonly place?: { readonly n: number; readonly total: number };
  readonly lang: ListeningLanguage;
  /** The scripts of the language, each in the language it is written in; `times`: when each of its words is said. */
  readonly scripts: readonly {
    readonly lang: 'fr' | 'ar';
    readonly words: readonly string[];
    readonly times?: readonly { readonly startMs: number; readonly endMs: number }[];
  }[];
  /** What runs muted while somebody records. */
  readonly picture?: BoothPicture;
  /** How to read them, beyond their language. */
  readonly hint?: string;
  /** Digest of the words. */
  readonly words: string;
  /** Name for the file that is recorded. */
  readonly file: string;
  readonly state: HeardState;
  readonly recordings: readonly (ListedRecording & { readonly isOutdated: boolean })[];
  /** Takes the form; `<action>/remove` takes a recording back. */
  readonly action: string;
  hrefIn(lang: ListeningLanguage): string;
  readonly previous: { readonly href: string } | undefined;
  readonly next: { readonly href: string } | undefined;
  /** Name of the way to the others, for who does not see it; unset where there are none. */
  readonly others?: string;
}

/** A film without its sound: addresses of a playlist of pictures and of a still one, its length. */
export interface BoothPicture {
  readonly src: string;
  readonly poster: string;
  readonly width: number;
  readonly height: number;
  readonly durationMs: number;
  /** What is taken of a file, in words. */
  readonly fileHint: string;
}

/** Why the last recording was not taken, in words. */
export interface BoothRefusal {
  readonly status: number;
  readonly text: string;
  readonly speaker: string;
}

/** The recording booth: the script, what was recorded before, the microphone, and a form for a file. */
@Injectable()
export class Booth {
  constructor(
    private readonly studio: SoundStudio,
    private readonly pages: PageRenderer,
  ) {}

  async send(reply: FastifyReply, view: BoothView, refusal?: BoothRefusal): Promise<void> {
    const { locale } = reply.request;
    const { lang, title } = view;
    const model = {
      ...view,
      ...{ refusal, isReady: await this.studio.isReady() },
      ...(view.place ? { place: t(locale, 'listening:booth.place', view.place) } : {}),
      languageIn: t(locale, `listening:in.${lang}`),
      state: presentState(view.state, locale),
      tabs: languageTabs((each) => view.hrefIn(each), lang, locale),
      scripts: view.scripts.map((each) => ({
        ...{ lang: each.lang, dir: directionOf(each.lang) },
        words: each.words.map((words) => isolateDigits(words, each.lang)),
        times: each.times?.map(({ startMs, endMs }) => `${startMs}-${endMs}`).join(' '),
      })),
      isTold: writtenFor(lang) !== lang,
      longestSeconds: (view.picture?.durationMs ?? LONGEST_MS) / 1000,
      recordings: view.recordings.map((each) => presentRecording(each, each.isOutdated, locale)),
    };
    await this.pages.send(
      reply.status(refusal?.status ?? 200),
      'shared/listening/booth.hbs',
      { title: t(locale, 'listening:booth.title', { title }), scripts: ['booth.js'] },
      model,
    );
  }
}

/** Why nothing was kept: a field that is missing, or what is wrong with the sound. */
export function refusalOf(error: DomainError, speaker: string, locale: Locale): BoothRefusal {
  const { status } = failureOf(error);
  const isMissing =
    error instanceof InvalidFields && error.errors.some(({ pointer }) => pointer === '/sound');
  const code = isMissing ? 'recording-empty' : error.code;
  return {
    status,
    text: refusalWords(error, locale, code),
    speaker,
  };
}
