import type { PublishedCourse } from '../../courses/public.js';
import type { Locale } from '../../shared/i18n/i18n.js';
import type { SessionWatching } from '../session-watching.query.js';
import type { VideoWatching } from '../watching.query.js';
import { listedName } from './listed-name.js';
import { Reader } from './reader.js';
import { roundedShare } from './rounded-share.js';
import type { CourseWatchingDto, SessionWatchingDto } from './watching.dto.js';

/** How the videos of a course are watched, as JSON. */
export function presentWatching(
  course: PublishedCourse,
  videos: readonly VideoWatching[],
  locale: Locale,
): CourseWatchingDto {
  const reader = new Reader(locale);
  return {
    courseId: course.id,
    modules: videos.map(({ module, video, people, completed, coverage, verified, parts }) => ({
      ...{ moduleId: module.id, slug: module.slug, title: reader.plain(module.document.title) },
      ...{ videoId: video.id, duration: video.durationMs / 1000, people, completed },
      ...{ coverage: roundedShare(coverage), verified: roundedShare(verified) },
      parts:
        parts &&
        parts.map(({ fromMs, toMs, ...counts }) => ({ from: fromMs / 1000, to: toMs / 1000, ...counts })),
    })),
  };
}

/** What each person of a session has seen, as JSON. */
export function presentSessionVideos(
  { session, people, facts }: SessionWatching,
  locale: Locale,
): SessionWatchingDto {
  return {
    sessionId: session.sessionId,
    courseId: session.courseId,
    people: people.map((person) => ({
      ...{ number: person.n, personId: person.personId, name: listedName(person, locale) },
      modules: (facts.get(person.personId) ?? []).flatMap(({ slug, video }) => {
        if (!video) return [];
        const { watchedSeconds, unverifiedSeconds, percent, completed } = video;
        return [{ slug, watchedSeconds, unverifiedSeconds, percent, completed }];
      }),
    })),
  };
}
