import {
  type AudioBlock,
  blockOf,
  type FileBlock,
  type PublishedCourse,
  type PublishedModule,
  type PublishedVideo,
  videoSounds,
} from '../../courses/public.js';
import type { Locale } from '../../shared/i18n/i18n.js';
import type { CourseProgress, ModuleProgress } from '../learning.query.js';
import type {
  AudioBlockDto,
  CourseDto,
  FileBlockDto,
  ModuleDto,
  ModuleProgressDto,
  VideoDto,
} from './course.dto.js';
import { filesOf, soundsOf, typeOf } from './lesson-file.presenter.js';
import { Reader } from './reader.js';

/** A course as JSON in one language; `progress` of whoever is signed in. */
export function presentCourse(course: PublishedCourse, locale: Locale, progress?: CourseProgress): CourseDto {
  const reader = new Reader(locale);
  const { id, slug, versionId, number: version, document } = course;
  const texts = {
    title: reader.plain(document.title),
    summary: reader.plain(document.summary),
    audience: reader.plain(document.audience),
    objectives: document.objectives.map((text) => reader.plain(text)),
  };
  const modules = course.modules.map((module) => presentModule(module, reader, progress?.get(module.id)));
  return { id, slug, versionId, version, lang: locale, fallbackLang: reader.fallbackLang, ...texts, modules };
}

function presentModule(module: PublishedModule, reader: Reader, progress?: ModuleProgress): ModuleDto {
  const { id, slug, position, document, video } = module;
  const quiz = blockOf(document, 'quiz');
  const exercise = blockOf(document, 'exercise');
  return {
    ...{ id, slug, position, minutes: document.minutes, status: document.status },
    title: reader.plain(document.title),
    objectives: document.objectives.map((text) => reader.plain(text)),
    requires: [...document.requires],
    ...(video ? { video: presentVideo(video) } : {}),
    quiz: quiz ? { title: reader.plain(quiz.title), items: quiz.items.length, pass: quiz.pass } : null,
    exercise: exercise
      ? {
          id: exercise.id,
          title: reader.plain(exercise.title),
          text: reader.plain(exercise.text),
          proof: exercise.proof,
        }
      : null,
    sounds: document.blocks.flatMap((block) =>
      block.kind === 'audio' ? [presentAudioBlock(block, module, reader)] : [],
    ),
    files: document.blocks.flatMap((block) =>
      block.kind === 'file' ? [presentFileBlock(block, module, reader)] : [],
    ),
    ...(progress ? { progress: presentModuleProgress(progress) } : {}),
  };
}

function presentAudioBlock(
  block: AudioBlock,
  { attachmentsBase }: PublishedModule,
  reader: Reader,
): AudioBlockDto {
  return {
    id: block.id,
    title: reader.plain(block.title),
    transcript: reader.plain(block.transcript),
    tracks: soundsOf(block).map(({ lang, file, bytes, synthetic }) => ({
      ...{ lang, url: `${attachmentsBase}/${file}`, bytes, synthetic },
    })),
  };
}

function presentFileBlock(
  block: FileBlock,
  { attachmentsBase }: PublishedModule,
  reader: Reader,
): FileBlockDto {
  return {
    id: block.id,
    title: reader.plain(block.title),
    description: block.description ? reader.plain(block.description) : null,
    files: filesOf(block).map(({ lang, file, bytes }) => ({
      ...{ lang: lang ?? null, url: `${attachmentsBase}/${file}`, type: typeOf(file), bytes },
    })),
  };
}

/** A video with its addresses. */
export function presentVideo(video: PublishedVideo): VideoDto {
  const { base, renditions, audioOnly, captions } = video;
  return {
    id: video.id,
    hls: `${base}/${video.master}`,
    duration: video.durationMs / 1000,
    poster: `${base}/${video.poster.file}`,
    renditions: renditions.map(({ height, bytes, playlist }) => ({
      height,
      bytes,
      playlist: `${base}/${playlist}`,
    })),
    audioOnly: { bytes: audioOnly.bytes, playlist: `${base}/${audioOnly.playlist}` },
    captions: captions.map(({ lang, file }) => ({ lang, url: `${base}/${file}` })),
    audioTracks: videoSounds(video).flatMap(({ lang, synthetic, playlist, bytes }) =>
      lang === undefined ? [] : [{ lang, synthetic, playlist: `${base}/${playlist}`, bytes }],
    ),
  };
}

function presentModuleProgress({ video, quiz, done }: ModuleProgress): ModuleProgressDto {
  const watched = video ?? {
    watchedSeconds: 0,
    unverifiedSeconds: 0,
    percent: 0,
    completed: false,
    position: 0,
  };
  return { ...watched, quiz, done };
}
