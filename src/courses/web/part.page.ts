import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { StaffActor } from '../../shared/access/actor.js';
import { type FieldError, NotFound } from '../../shared/errors/domain-error.js';
import { fieldDetail } from '../../shared/errors/problem.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { pickText } from '../../shared/web/handlebars/format.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import type { DraftConflict } from '../authoring/authoring.errors.js';
import type { AuthoredCourse } from '../authoring/course-author.query.js';
import { CourseDraftService, type OpenDraft } from '../authoring/course-draft.service.js';
import type { DraftFields } from '../authoring/draft-fields.js';
import { HEAD, pathOfPart } from '../authoring/draft-part.js';
import type { DraftReading } from '../authoring/draft-reading.service.js';
import { NEW_ITEMS } from '../authoring/new-parts.js';
import { CourseText } from '../course-file/course-text.js';
import { errorOf } from '../authoring/draft-publish.service.js';
import { blockFields, courseFields, moduleFields, quizItems, type Surroundings } from './part-fields.js';
import { idOf, PartForm } from './part-form.js';

/** A save that was refused: what was typed, and why. */
export interface Refused {
  readonly fields: DraftFields;
  readonly errors: readonly FieldError[];
  readonly conflict?: DraftConflict['conflict'];
  /** Why a picture was refused, in words. */
  readonly picture?: string;
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
    private readonly pages: PageRenderer,
  ) {}

  /** @throws NotFound for no such module or part */
  async send(reply: FastifyReply, actor: StaffActor, course: AuthoredCourse, place: Place, refused?: Refused): Promise<void> {
    const { locale } = reply.request;
    const draft = await this.drafts.open(actor, course);
    const file = place.module === 'course' ? 'course.yaml' : `${place.module}/module.yaml`;
    const value = CourseText.parse(await this.drafts.textOf(draft, file)).get(pathOfPart(place.part));
    if (typeof value !== 'object' || value === null) throw new NotFound('part');
    const reading = await this.drafts.read(course, draft.files);
    const errors = errorsOf(reading, file, place.part, refused, locale);
    const form = new PartForm(locale, value, refused?.fields ?? {}, errors);
    const kind = 'kind' in value ? String(value.kind) : place.module === 'course' ? 'course' : 'module';
    const title = t(locale, 'courses:part.title', { kind: t(locale, `courses:kind.${kind}`), name: nameOf(value, place, locale) });
    const model = {
      ...this.frame(course, place, locale),
      ...{ title, file, kind, isCard: kind === 'card', revision: refused?.conflict?.revision ?? draft.revision },
      fields: fieldsOf(form, kind, place, surroundingsOf(draft, reading, place, locale)),
      ...(kind === 'quiz' ? { items: quizItems(form, locale), newItems: newItems(locale) } : {}),
      ...(kind === 'card' ? { picture: pictureOf(form, course, place, locale) } : {}),
      ...(refused?.conflict ? { conflict: refused.conflict } : {}),
      ...(refused?.picture ? { pictureError: refused.picture } : {}),
      errors: (refused?.errors ?? []).map((error) => ({ field: controlOf(form, error.pointer), text: fieldDetail(locale, error) })),
    };
    const options = { title, scripts: ['author.js'] };
    const view = 'courses/web/views/author-part.hbs';
    if (refused) await this.pages.refuse(reply, view, options, model, refused.conflict ? 409 : 422);
    else await this.pages.send(reply, view, options, model);
  }

  private frame(course: AuthoredCourse, { module, part }: Place, locale: Locale) {
    const base = `/${locale}/staff/courses/${course.slug}`;
    return {
      part,
      isHead: part === HEAD,
      courseTitle: pickText(course.title, locale).text,
      backHref: module === 'course' ? base : `${base}#${module}`,
      action: `${base}/parts/${module}/${part}`,
      api: `/api/v1/courses/${course.slug}/draft`,
      previewHref: module === 'course' ? undefined : `${base}/preview/${module}`,
      historyHref: `${base}/history`,
    };
  }
}

/** What is wrong, by the path inside the part: what was refused just now, else what keeps the draft from being published. */
function errorsOf({ findings }: DraftReading, file: string, part: string, refused: Refused | undefined, locale: Locale): Map<string, string> {
  if (refused && refused.errors.length > 0) return new Map(refused.errors.map((error) => [error.pointer, fieldDetail(locale, error)]));
  const own = findings.filter((finding) => finding.file === file && finding.part === part);
  return new Map(own.map((finding) => [finding.pointer, fieldDetail(locale, errorOf(finding))]));
}

function fieldsOf(form: PartForm, kind: string, { module, part }: Place, around: Surroundings) {
  if (part !== HEAD) return blockFields(form, kind, around);
  return module === 'course' ? courseFields(form) : moduleFields(form, around);
}

function surroundingsOf(draft: OpenDraft, { document }: DraftReading, { module }: Place, locale: Locale): Surroundings {
  const prefix = `${module}/`;
  const pictures = Object.keys(draft.files).filter((path) => /\/images\/[a-z0-9-]+\.(svg|webp)$/.test(path) && path.startsWith(prefix));
  const others = (document?.modules ?? []).filter(({ folder }) => folder !== module);
  return {
    locale,
    pictures: pictures.map((path) => path.slice(prefix.length)),
    modules: others.map(({ slug, title }) => ({ value: slug, label: pickText(title, locale).text || slug })),
  };
}

function pictureOf(form: PartForm, course: AuthoredCourse, { module }: Place, locale: Locale) {
  const file = form.at('/image/file');
  const alt = form.at(`/image/alt/${locale}`);
  if (typeof file !== 'string') return undefined;
  const base = `/${locale}/staff/courses/${course.slug}/draft-files/${module}/`;
  return { src: `${base}${file}`, alt: typeof alt === 'string' ? alt : '', base };
}

function newItems(locale: Locale) {
  return NEW_ITEMS.map((kind) => ({ deed: `item-add ${kind}`, label: t(locale, 'courses:quiz.add', { kind: t(locale, `courses:quiz.kind.${kind}`) }) }));
}

/** The control that an error's path is about: the field itself, or the first of its kind above it. */
function controlOf(form: PartForm, pointer: string): string {
  const letters = ['t', 'n', 'b', 'l'];
  const value = form.at(pointer);
  const kind = typeof value === 'number' ? 'n' : typeof value === 'boolean' ? 'b' : Array.isArray(value) ? 'l' : 't';
  return idOf(`${letters.includes(kind) ? kind : 't'}:${pointer}`).replace(/^field-/, '');
}

function nameOf(value: object, { part }: Place, locale: Locale): string {
  const title = 'title' in value ? (value.title as Record<string, string> | undefined) : undefined;
  return (title && pickText(title, locale).text) || part;
}
