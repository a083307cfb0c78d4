import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type Handlebars from 'handlebars';
import {
  blockOf,
  CourseLinks,
  type Listening,
  ListeningShelf,
  type PublishedCourse,
  type PublishedModule,
  type QuizBlock,
  spokenUnits,
} from '../../courses/public.js';
import type { Actor } from '../../shared/access/actor.js';
import { formatPercent } from '../../shared/web/handlebars/format.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { newId } from '../../shared/new-id.js';
import { type PageOptions, PageRenderer } from '../../shared/web/page-renderer.js';
import { LessonSections } from '../lesson-sections.js';
import { LearningQuery, type ModuleProgress } from '../learning.query.js';
import { paperFor, type QuizPaper, VISITOR } from '../quiz-attempt.service.js';
import { hrefOf, pathOf, titleOf } from './course.pages.presenter.js';
import { learnerOf } from './learner.js';
import { LessonFragments } from './lesson-fragments.js';
import { neighboursOf, presentHeading, presentLessonBlocks } from './lesson.presenter.js';
import { presentChoice, presentTracks } from './listening.presenter.js';
import { presentFields, type Refused } from './quiz-fields.presenter.js';
import { presentQuizErrors, presentQuizHeading } from './quiz.pages.presenter.js';
import { Reader } from './reader.js';

const VIEW = 'learning/web/views/lesson.hbs';

/** A lesson as a page: the fragment of its version, and around it what belongs to whoever looks. */
@Injectable()
export class LessonPage {
  constructor(
    private readonly learning: LearningQuery,
    private readonly fragments: LessonFragments,
    private readonly sections: LessonSections,
    private readonly shelf: ListeningShelf,
    private readonly links: CourseLinks,
    private readonly pages: PageRenderer,
  ) {}

  /** @param refused the quiz comes back with what was typed, as 422 */
  async send(
    reply: FastifyReply,
    course: PublishedCourse,
    module: PublishedModule,
    refused?: Refused,
  ): Promise<void> {
    const { request } = reply;
    const model = await this.model(request, course, module, refused);
    const send = refused ? this.pages.refuse : this.pages.send;
    await send.call(this.pages, reply, VIEW, optionsOf(request, module), model);
  }

  /** What the page weighs for whoever asks, as a phone would store it. */
  async bytes(request: FastifyRequest, course: PublishedCourse, module: PublishedModule): Promise<number> {
    const options = { ...optionsOf(request, module), path: pathOf(module) };
    return this.pages.weigh(request, VIEW, options, await this.model(request, course, module));
  }

  private async model(
    request: FastifyRequest,
    course: PublishedCourse,
    module: PublishedModule,
    refused?: Refused,
  ): Promise<object> {
    const { locale } = request;
    const learner = learnerOf(request.actor);
    const mine = learner ? (await this.learning.progressOf(learner, course)).get(module.id) : undefined;
    const quiz = blockOf(module.document, 'quiz');
    const listening = await this.shelf.ofModule(module);
    return {
      heading: presentHeading(module, course, locale),
      choice: await this.choice(request, module, listening),
      ...(await this.blocks(request, course, module, listening)),
      ...(mine && learner
        ? {
            mine: presentMine(mine, module, locale, learner),
            ...(module.isDraft ? {} : { pack: presentPack(module, locale) }),
          }
        : {}),
      ...(quiz ? { quiz: await this.quiz(request, { module, quiz, listening }, mine, refused) } : {}),
      links: this.links
        .ofLesson(module.slug)
        .map(({ path, title }) => ({ href: `/${locale}${path}`, title })),
      sections: await this.sections.render(request, course, module),
      ...neighboursOf(module, course, locale),
    };
  }

  private async choice(
    request: FastifyRequest,
    module: PublishedModule,
    listening: Listening,
  ): Promise<object> {
    const model = () => presentChoice(listening, linesOf(module), request.locale);
    return (await this.fragments.of(request, listening, 'choice', 'lesson-choice.hbs', model)).html;
  }

  private async blocks(
    request: FastifyRequest,
    course: PublishedCourse,
    module: PublishedModule,
    listening: Listening,
  ): Promise<object> {
    const model = () => presentLessonBlocks(module, course, listening, request.locale);
    const part = async (name: 'before' | 'after') =>
      (await this.fragments.of(request, listening, name, 'lesson-blocks.hbs', () => model()[name])).html;
    return { before: await part('before'), after: await part('after') };
  }

  private async quiz(
    request: FastifyRequest,
    { module, quiz, listening }: { module: PublishedModule; quiz: QuizBlock; listening: Listening },
    mine: ModuleProgress | undefined,
    refused: Refused | undefined,
  ): Promise<object> {
    const { locale } = request;
    const href = hrefOf(module, locale);
    const learner = mine && learnerOf(request.actor);
    const paper = paperFor(module, quiz, learner ?? VISITOR, (mine?.quiz?.attempts ?? 0) + 1);
    const { versionId } = module;
    return {
      ...presentQuizHeading(paper.quiz, locale, mine?.quiz),
      questions: await this.questions(request, paper, listening, !mine, refused),
      ...(mine ? { action: `${href}/quiz`, attemptId: newId(), versionId, paper: paper.n } : {}),
      ...(request.actor ? {} : { signInHref: `/${locale}/sign-in?next=${href}%23quiz` }),
      ...(refused ? { errors: presentQuizErrors(paper.quiz, refused, locale) } : {}),
    };
  }

  /** Kept for each arrangement and state of the recordings; what somebody typed, and what was drawn for them, is rendered for them. */
  private async questions(
    request: FastifyRequest,
    { module, quiz, arrangement }: QuizPaper,
    listening: Listening,
    disabled: boolean,
    refused: Refused | undefined,
  ): Promise<Handlebars.SafeString> {
    const items = () => {
      const view = {
        arrangement,
        base: module.picturesBase,
        reader: new Reader(request.locale),
        tracksOf: (item: string) =>
          presentTracks(listening, `${module.slug}/${quiz.id}.${item}`, request.locale),
        disabled,
        refused,
      };
      return { items: presentFields(quiz.items, quiz, view) };
    };
    if (refused || (quiz.draw !== undefined && !disabled))
      return this.fragments.render(request, 'quiz-items.hbs', items());
    const name = `${disabled ? 'shown' : 'open'} ${arrangement}`;
    return (await this.fragments.of(request, listening, name, 'quiz-items.hbs', items)).html;
  }
}

/** What of a lesson can be heard. */
function linesOf(module: PublishedModule): string[] {
  return spokenUnits({ modules: [module.document] }).flatMap(({ lines }) => lines.map(({ id }) => id));
}

/** Scripts of a lesson: each only where there is something for it to do. */
export function scriptsOf(module: PublishedModule, actor: Actor | undefined): string[] {
  const moves = blockOf(module.document, 'quiz')?.items.some(
    ({ kind }) => kind === 'order' || kind === 'match',
  );
  const keeps = learnerOf(actor) !== undefined && !module.isDraft;
  return [
    ...(module.video ? ['lesson.js'] : []),
    ...(moves ? ['quiz.js'] : []),
    'listen.js',
    ...(keeps ? ['offline.js'] : []),
  ];
}

function optionsOf({ locale, actor }: FastifyRequest, module: PublishedModule): PageOptions {
  return { title: titleOf(module, locale), scripts: scriptsOf(module, actor) };
}

/** What the page tells the script that stores it. */
function presentPack({ id, versionId, video }: PublishedModule, locale: Locale): object {
  const url = `/api/v1/modules/${id}/pack?lang=${locale}`;
  return { url, versionId, hasVideo: video !== undefined };
}

function presentMine(
  { video, quiz, done }: ModuleProgress,
  module: PublishedModule,
  locale: Locale,
  owner: string,
): object {
  const percent =
    video && video.watchedSeconds > 0 ? formatPercent(Math.floor(video.percent), locale) : undefined;
  return {
    done,
    videoDone: video?.completed ?? false,
    quizDone: quiz?.passed ?? false,
    unverified: (video?.unverifiedSeconds ?? 0) > 0,
    position: video?.position ?? 0,
    owner,
    url: module.video ? `/api/v1/videos/${module.video.id}/progress` : '',
    ...(percent ? { watched: t(locale, 'learning:lesson.watched', { percent }) } : {}),
  };
}
