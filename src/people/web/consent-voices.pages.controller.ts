import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ForRoles, ForRolesUploading } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { DomainError, NotFound } from '../../shared/errors/domain-error.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { languageTabs, presentState } from '../../shared/listening/booth.presenter.js';
import { Booth, type BoothRefusal, refusalOf } from '../../shared/listening/booth.js';
import {
  languageAsked,
  type ListeningLanguage,
  nextToRead,
  writtenFor,
} from '../../shared/listening/listening-language.js';
import { FORM_BYTES, recordingOf } from '../../shared/listening/recording-form.js';
import { addressOf } from '../../shared/files/media-shelf.service.js';
import { SoundStudio } from '../../shared/listening/sound-studio.service.js';
import { type FormBody, formText } from '../../shared/web/form-text.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { ConsentRecordings } from '../consent-recordings.service.js';
import { consentDigest, type ConsentLine, type ConsentWords } from '../consent-script.js';
import { ConsentVoices } from '../consent-voices.service.js';

const HOME = '/staff/consent-voices';
const VIEW = 'people/web/views/consent-voices.hbs';

/** The voices of the consent: what is missing in a language, and the booth of each line. */
@ApiExcludeController()
@Controller('staff/consent-voices')
export class ConsentVoicesPages {
  constructor(
    private readonly voices: ConsentVoices,
    private readonly recordings: ConsentRecordings,
    private readonly booth: Booth,
    private readonly studio: SoundStudio,
    private readonly pages: PageRenderer,
  ) {}

  @Get()
  @ForRoles('admin')
  async list(
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Query('lang') asked?: string,
  ): Promise<void> {
    this.recordings.assertMayRecord(actor);
    const { locale } = reply.request;
    const lang = languageAsked(asked);
    const { stateOf } = await this.voices.overview();
    const model = {
      isReady: await this.studio.isReady(),
      language: t(locale, `listening:language.${lang}`),
      tabs: languageTabs((each) => `/${locale}${HOME}?lang=${each}`, lang, locale),
      lines: this.voices.script.map(({ line }) => ({
        title: titleOf(line, locale),
        href: hrefOf(line, lang, locale),
        state: presentState(stateOf(line, lang), locale),
      })),
    };
    await this.pages.send(reply, VIEW, { title: t(locale, 'people:voices.title') }, model);
  }

  @Get(':line')
  @ForRoles('admin')
  async show(
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('line') name: string,
    @Query('lang') asked?: string,
  ): Promise<void> {
    this.recordings.assertMayRecord(actor);
    await this.send(reply, this.find(name), languageAsked(asked));
  }

  @Post(':line')
  @ForRolesUploading(FORM_BYTES, 'admin')
  async keep(
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('line') name: string,
    @Body() body: FormBody,
  ): Promise<void> {
    this.recordings.assertMayRecord(actor);
    const { locale } = reply.request;
    const words = this.find(name);
    const lang = languageAsked(formText(body, 'lang'));
    try {
      await this.recordings.add(actor, recordingOf(body, words.line));
    } catch (error) {
      if (!(error instanceof DomainError) || error instanceof NotFound) throw error;
      return this.send(reply, words, lang, refusalOf(error, formText(body, 'speaker'), locale));
    }
    const next = await this.nextOf(words, lang);
    await this.pages.redirect(reply, `${HOME}/${next}?lang=${lang}`, {
      kind: 'success',
      key: next === words.line ? 'people:voices.keptLast' : 'listening:booth.kept',
    });
  }

  @Post(':line/remove')
  @ForRoles('admin')
  async remove(
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('line') name: string,
    @Body() body: FormBody,
  ): Promise<void> {
    this.recordings.assertMayRecord(actor);
    const { line } = this.find(name);
    await this.recordings.remove(actor, formText(body, 'recording'));
    const where = `${HOME}/${line}?lang=${languageAsked(formText(body, 'lang'))}`;
    await this.pages.redirect(reply, where, { kind: 'success', key: 'listening:booth.removed' });
  }

  private async send(
    reply: FastifyReply,
    words: ConsentWords,
    lang: ListeningLanguage,
    refusal?: BoothRefusal,
  ): Promise<void> {
    const { locale } = reply.request;
    const { line } = words;
    const { script } = this.voices;
    const at = script.indexOf(words);
    const link = (other: ConsentWords | undefined) => other && { href: hrefOf(other.line, lang, locale) };
    const { stateOf, recordings } = await this.voices.overview();
    const view = {
      unit: { title: t(locale, 'people:voices.title'), href: `/${locale}${HOME}?lang=${lang}` },
      ...{ title: titleOf(line, locale), lang, words: consentDigest(words, lang), file: `${line}.m4a` },
      place: { n: at + 1, total: script.length },
      state: stateOf(line, lang),
      hrefIn: (each: ListeningLanguage) => hrefOf(line, each, locale),
      scripts: scriptsOf(lang).map((each) => ({ lang: each, words: words.words[each] })),
      action: `/${locale}${HOME}/${line}`,
      recordings: recordings
        .filter((each) => each.line === line && each.lang === lang)
        .map((each) => ({ ...each, src: addressOf(each) })),
      ...{ previous: link(script[at - 1]), next: link(script[at + 1]) },
      others: t(locale, 'people:voices.others'),
    };
    await this.booth.send(reply, view, refusal);
  }

  private async nextOf(words: ConsentWords, lang: ListeningLanguage): Promise<ConsentLine> {
    const { stateOf } = await this.voices.overview();
    return nextToRead(this.voices.script, words, ({ line }) => stateOf(line, lang).heard === 'person').line;
  }

  /** @throws NotFound */
  private find(name: string): ConsentWords {
    const words = this.voices.script.find(({ line }) => line === name);
    if (!words) throw new NotFound('line');
    return words;
  }
}

/** What somebody reads; for languages that are told and not read, the French stands beside the Arabic. */
function scriptsOf(lang: ListeningLanguage): readonly ('fr' | 'ar')[] {
  const written = writtenFor(lang);
  return written === lang ? [written] : [written, 'fr'];
}

function hrefOf(line: ConsentLine, lang: ListeningLanguage, locale: Locale): string {
  return `/${locale}${HOME}/${line}?lang=${lang}`;
}

function titleOf(line: ConsentLine, locale: Locale): string {
  if (line === 'notice') return t(locale, 'people:consent.title');
  return t(locale, line === 'receipt' ? 'people:voices.receipt' : `people:purpose.${line}`);
}
