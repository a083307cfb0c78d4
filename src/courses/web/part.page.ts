import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { StaffActor } from '../../shared/access/actor.js';
import { type FieldError, NotFound } from '../../shared/errors/domain-error.js';
import { fieldDetail } from '../../shared/errors/problem.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { SoundStudio } from '../../shared/listening/sound-studio.service.js';
import { pickText } from '../../shared/web/handlebars/format.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import type { DraftConflict } from '../authoring/authoring.errors.js';
import type { AuthoredCourse } from '../authoring/course-author.query.js';
import { CourseDraftService, type OpenDraft } from '../authoring/course-draft.service.js';
import type { DraftFields } from '../authoring/draft-fields.js';
import { COURSE, fileOfPlace, HEAD, pathOfPart, TEST } from '../authoring/draft-part.js';
import type { DraftReading } from '../authoring/draft-reading.service.js';
import { NEW_ITEMS, NEW_TEST_ITEMS } from '../authoring/new-parts.js';
import { CourseText } from '../course-file/course-text.js';
import { errorOf } from '../authoring/draft-publish.service.js';
import { DraftVideos, type VideoEdit } from '../authoring/draft-video.service.js';
import { presentDocuments } from './attachment-form.js';
import { blockFields, courseFields, moduleFields, type Surroundings, testFields } from './part-fields.js';
import { idOf, PartForm } from './part-form.js';
import { pictureTargets, quizItems } from './quiz-form.js';
import { presentSounds } from './sound-form.js';
import { presentVideo } from './video-form.js';

/** A save that was refused: what was typed, and why. */
export interface Refused {
  readonly fields: DraftFields;
  readonly errors: readonly FieldError[];
  readonly conflict?: DraftConflict['conflict'];
  /** Why a picture was refused, in words. */
  readonly picture?: string;
  /** Why a document or recording was refused, in words. */
  readonly attachment?: string;
  /** Unset: 409 for a conflict, else 422. */
  readonly status?: number;
  /** Captions that were refused, as they were typed. */
  readonly video?: VideoEdit;
  readonly locale: Locale;
}

interface Place {
  readonly module: string;
  readonly part: string;
}

/** The page of one part, fresh or refused. */
@Injectable()
export class PartPage {
  constructor(
    private readonly drafts: CourseDraftService,
    private readonly videos: DraftVideos,
    private readonly studio: SoundStudio,
    private readonly pages: PageRenderer,
  ) {}

  /** @throws NotFound for no such module or part */
  async assertThere(actor: StaffActor, course: AuthoredCourse, { module, part }: Place): Promise<void> {
    const text = await this.drafts.textOf(await this.drafts.open(actor, course), fileOfPlace(module));
    partOf(text, part);
  }

  /** @throws NotFound for no such module or part */
  async send(
    reply: FastifyReply,
    actor: StaffActor,
    course: AuthoredCourse,
    place: Place,
    refused?: Refused,
  ): Promise<void> {
    const { locale } = reply.request;
    const draft = await this.drafts.open(actor, course);
    const file = fileOfPlace(place.module);
    const value = partOf(await this.drafts.textOf(draft, file), place.part);
    const reading = await this.drafts.read(course, draft.files);
    const errors = errorsOf(reading, file, place.part, refused, locale);
    const form = new PartForm(locale, value, refused?.fields ?? {}, errors);
    const kind = kindOf(value, place);
    const around = surroundingsOf(draft, reading, course, place, locale);
    const title = t(locale, 'courses:part.title', {
      kind: t(locale, `courses:kind.${kind}`),
      name: nameOf(value, place, locale),
    });
    const model = {
      ...this.frame(course, place, locale),
      ...{ title, file, kind, revision: refused?.conflict?.revision ?? draft.revision },
      fields: fieldsOf(form, kind, around),
      ...questionsOf(form, kind, around),
      ...(kind === 'video'
        ? { video: await this.videoOf(draft, value, course, place, refused, locale) }
        : {}),
      ...(kind === 'file'
        ? { documents: presentDocuments(value, draft.files, course, place.module, locale) }
        : {}),
      ...(kind === 'audio'
        ? {
            sounds: {
              ...presentSounds(value, draft.files, course, place.module, locale),
              isReady: await this.studio.isReady(),
            },
          }
        : {}),
      ...(kind === 'card' || kind === 'image' ? { targets: [{ value: '/image' }] } : {}),
      ...(refused?.conflict ? { conflict: refused.conflict } : {}),
      ...(refused?.picture ? { pictureError: refused.picture } : {}),
      ...(refused?.attachment ? { attachmentError: refused.attachment } : {}),
      errors: (refused?.errors ?? []).map((error) => ({
        field: controlOf(form, error.pointer),
        text: fieldDetail(locale, error),
      })),
    };
    const options = { title, scripts: ['author.js', ...(kind === 'video' ? ['author-captions.js'] : [])] };
    const view = 'courses/web/views/author-part.hbs';
    if (refused)
      await this.pages.refuse(reply, view, options, model, refused.conflict ? 409 : (refused.status ?? 422));
    else await this.pages.send(reply, view, options, model);
  }

  private async videoOf(
    draft: OpenDraft,
    value: object,
    course: AuthoredCourse,
    place: Place,
    refused: Refused | undefined,
    locale: Locale,
  ): Promise<object> {
    const video = await this.videos.find(course, draft.files, place);
    const home = `/${locale}/staff/courses/${course.slug}`;
    const filmHref = 'script' in value ? {} : { filmHref: `${home}/films/${place.module}/${place.part}` };
    const languagesHref = `${home}/languages/${place.module}/${place.part}`;
    return presentVideo(
      video,
      { home, languagesHref, ...filmHref },
      refused?.video,
      refused?.errors ?? [],
      locale,
    );
  }

  private frame(course: AuthoredCourse, { module, part }: Place, locale: Locale) {
    const base = `/${locale}/staff/courses/${course.slug}`;
    return {
      part,
      courseTitle: pickText(course.title, locale).text,
      backHref: isNoModule(module) ? base : `${base}#${module}`,
      action: `${base}/parts/${module}/${part}`,
      api: `/api/v1/courses/${course.slug}/draft`,
      previewHref: isNoModule(module) ? undefined : `${base}/preview/${module}`,
      historyHref: `${base}/history`,
    };
  }
}

/** What is wrong, by the path inside the part: what was refused just now, else what keeps the draft from being published. */
function errorsOf(
  { findings }: DraftReading,
  file: string,
  part: string,
  refused: Refused | undefined,
  locale: Locale,
): Map<string, string> {
  if (refused && refused.errors.length > 0)
    return new Map(refused.errors.map((error) => [error.pointer, fieldDetail(locale, error)]));
  const own = findings.filter((finding) => finding.file === file && finding.part === part);
  return new Map(own.map((finding) => [finding.pointer, fieldDetail(locale, errorOf(finding))]));
}

function isNoModule(module: string): boolean {
  return module === COURSE || module === TEST;
}

function kindOf(value: object, { module, part }: Place): string {
  if (part !== HEAD && 'kind' in value) return String(value.kind);
  return isNoModule(module) ? module : 'module';
}

function fieldsOf(form: PartForm, kind: string, around: Surroundings) {
  if (kind === COURSE) return courseFields(form);
  if (kind === TEST) return testFields(form);
  return kind === 'module' ? moduleFields(form, around) : blockFields(form, kind, around);
}

function questionsOf(form: PartForm, kind: string, around: Surroundings): object {
  if (kind !== 'quiz' && kind !== TEST) return {};
  const { locale } = around;
  const kinds = kind === TEST ? NEW_TEST_ITEMS : NEW_ITEMS;
  const newItems = kinds.map((each) => ({
    deed: `item-add ${each}`,
    label: t(locale, 'courses:quiz.add', { kind: t(locale, `courses:quiz.kind.${each}`) }),
  }));
  return { items: quizItems(form, around, kind === TEST), newItems, targets: pictureTargets(form, locale) };
}

/** A test names the pictures of all modules, a module its own. */
function surroundingsOf(
  { files }: OpenDraft,
  { document }: DraftReading,
  course: AuthoredCourse,
  { module }: Place,
  locale: Locale,
): Surroundings {
  const prefix = module === TEST ? '' : `${module}/`;
  const pictures = Object.keys(files).filter(
    (path) => /\/images\/[a-z0-9-]+\.(svg|webp)$/.test(path) && path.startsWith(prefix),
  );
  const others = (document?.modules ?? []).filter(({ folder }) => folder !== module);
  return {
    locale,
    pictures: pictures.map((path) => path.slice(prefix.length)),
    pictureBase: `/${locale}/staff/courses/${course.slug}/draft-files/${prefix}`,
    modules: others.map(({ slug, title }) => ({ value: slug, label: pickText(title, locale).text || slug })),
  };
}

/** The control that an error's path is about: the field itself, or the first of its kind above it. */
function controlOf(form: PartForm, pointer: string): string {
  const letters = ['t', 'n', 'b', 'l'];
  const value = form.at(pointer);
  const kind =
    typeof value === 'number' ? 'n' : typeof value === 'boolean' ? 'b' : Array.isArray(value) ? 'l' : 't';
  return idOf(`${letters.includes(kind) ? kind : 't'}:${pointer}`).replace(/^field-/, '');
}

function nameOf(value: object, { part }: Place, locale: Locale): string {
  const title = 'title' in value ? (value.title as Record<string, string> | undefined) : undefined;
  return (title && pickText(title, locale).text) || part;
}

/** The value of a part in the text of its file. @throws NotFound */
function partOf(text: string, part: string): object {
  const value = CourseText.parse(text).get(pathOfPart(part));
  if (typeof value !== 'object' || value === null) throw new NotFound('part');
  return value;
}
