import { Injectable } from '@nestjs/common';
import { addressOf } from '../../shared/files/media-shelf.service.js';
import { PrivateMedia } from '../../shared/files/private-media.service.js';
import {
  BY_SPEAKERS,
  type ListeningLanguage,
  type Speaker,
} from '../../shared/listening/listening-language.js';
import type { TestDocument } from '../course-file/course-document.js';
import type { PublishedCourse, PublishedModule } from '../published-course.js';
import { type StateOf } from './coverage.js';
import { type Recording, RecordingStore } from './recording.store.js';
import { moduleLines, type SpokenLine, testLines, wordsDigest } from './spoken-line.js';

/** A line as it is heard in one language; `src` is its address from the root of the site. */
export interface Track {
  readonly lang: ListeningLanguage;
  readonly src: string;
  readonly speaker: Speaker;
  readonly durationMs: number | null;
}

/** What can be heard of a module, a test or a course, as it stands; it never changes, a later state is another object. */
export interface Listening {
  /** Tracks of a line by its id, one a language. */
  tracksOf(line: string): readonly Track[];
}

/** How long another process may record unnoticed. */
const TRUSTED_MS = 2000;

interface Snapshot {
  readonly stamp: string;
  readonly byWords: ReadonlyMap<string, Recording>;
  /** Courses, lines and languages that have a recording, of whatever words. */
  readonly known: ReadonlySet<string>;
}

/** What can be listened to, kept in memory: asked again at most every two seconds, read again only when something came or went. */
@Injectable()
export class ListeningShelf {
  private snapshot?: Snapshot;
  private checkedAt = -Infinity;
  private checking: Promise<Snapshot> | undefined;
  private readonly made = new WeakMap<object, { readonly of: Snapshot; readonly listening: Listening }>();

  constructor(
    private readonly store: RecordingStore,
    private readonly media: PrivateMedia,
  ) {}

  /** What can be heard of a module of a version. The same object as long as nothing changes. */
  async ofModule(module: PublishedModule): Promise<Listening> {
    // A draft's words may be nobody else's yet; what is published has public voices alone.
    const address = module.isDraft
      ? ({ bundle }: Recording) => this.media.voice({ bundle, isPublic: false })
      : addressOf;
    return this.kept(module, await this.current(), (heard) => heard.module(module), address);
  }

  /** What can be heard of a whole version, its test included. */
  async ofCourse(course: PublishedCourse): Promise<Listening> {
    return this.kept(course, await this.current(), (heard) => {
      const tests = course.document.test ? heard.lines(course.id, testLines(course.document.test)) : [];
      return new Map([...course.modules.flatMap((module) => [...heard.module(module)]), ...tests]);
    });
  }

  /** What can be heard of a test, in whichever version of it somebody is asked. */
  async ofTest(courseId: string, test: TestDocument): Promise<Listening> {
    return this.kept(test, await this.current(), (heard) => heard.lines(courseId, testLines(test)));
  }

  /** How each line stands that an author looks at. @param has is a reading there that came with the course's files? */
  async states(
    courseId: string,
    has: (line: SpokenLine, lang: ListeningLanguage) => boolean,
  ): Promise<StateOf> {
    const { byWords, known } = await this.current();
    return (line, lang) => {
      const recording = byWords.get(key(courseId, line.id, lang, wordsDigest(line, lang)));
      if (recording) return { heard: recording.speaker, isOutdated: false };
      const own = line.own[lang];
      const heard = own && has(line, lang) ? (own.synthetic ? 'synthetic' : 'person') : null;
      return { heard, isOutdated: known.has(key(courseId, line.id, lang)) };
    };
  }

  /** The same for a version that is published: readings are there that its media list. */
  publishedStates(course: PublishedCourse): Promise<StateOf> {
    const there = new Set(
      course.modules.flatMap(({ slug, document }) =>
        (document.media?.audio ?? []).map(({ block, lang }) => `${slug}/${block} ${lang}`),
      ),
    );
    return this.states(course.id, (line, lang) => there.has(`${line.id} ${lang}`));
  }

  /** Called after this process has recorded something, or taken it away. */
  forget(): void {
    this.checkedAt = -Infinity;
  }

  private kept(
    owner: object,
    of: Snapshot,
    make: (heard: Heard) => ReadonlyMap<string, readonly Track[]>,
    address: (recording: Recording) => string = addressOf,
  ): Listening {
    const known = this.made.get(owner);
    if (known?.of === of) return known.listening;
    const tracks = make(new Heard(of, address));
    const listening: Listening = { tracksOf: (line) => tracks.get(line) ?? [] };
    this.made.set(owner, { of, listening });
    return listening;
  }

  private current(): Promise<Snapshot> | Snapshot {
    if (this.snapshot && performance.now() - this.checkedAt < TRUSTED_MS) return this.snapshot;
    this.checking ??= this.check().finally(() => (this.checking = undefined));
    return this.checking;
  }

  private async check(): Promise<Snapshot> {
    const asked = performance.now();
    const stamp = await this.store.stamp();
    if (this.snapshot?.stamp !== stamp) this.snapshot = snapshotOf(stamp, await this.store.all());
    this.checkedAt = asked;
    return this.snapshot;
  }
}

/** Puts tracks together: what was recorded for the very words, before what came with the files. */
class Heard {
  constructor(
    private readonly snapshot: Snapshot,
    private readonly address: (recording: Recording) => string,
  ) {}

  module({ courseId, document, mediaBase }: PublishedModule): Map<string, readonly Track[]> {
    const lengths = new Map(
      document.media?.audio.map(({ block, lang, durationMs }) => [`${block} ${lang}`, durationMs]),
    );
    return this.lines(courseId, moduleLines(document), (line, lang) => {
      const own = line.own[lang];
      // Media lists what is there; a draft's preview has none and shows what the file promises.
      if (!own || (document.media && !lengths.has(`${line.name} ${lang}`))) return undefined;
      const src = `${mediaBase}/${own.file.replace(/^media\//, '')}`;
      const durationMs = lengths.get(`${line.name} ${lang}`) ?? null;
      return { lang, src, speaker: own.synthetic ? 'synthetic' : 'person', durationMs };
    });
  }

  lines(
    courseId: string,
    lines: readonly SpokenLine[],
    own: (line: SpokenLine, lang: ListeningLanguage) => Track | undefined = () => undefined,
  ): Map<string, readonly Track[]> {
    return new Map(
      lines.map((line) => [
        line.id,
        BY_SPEAKERS.flatMap((lang) => this.recorded(courseId, line, lang) ?? own(line, lang) ?? []),
      ]),
    );
  }

  private recorded(courseId: string, line: SpokenLine, lang: ListeningLanguage): Track | undefined {
    const found = this.snapshot.byWords.get(key(courseId, line.id, lang, wordsDigest(line, lang)));
    return found && { lang, src: this.address(found), speaker: found.speaker, durationMs: found.durationMs };
  }
}

function snapshotOf(stamp: string, recordings: readonly Recording[]): Snapshot {
  return {
    stamp,
    byWords: new Map(recordings.map((each) => [key(each.courseId, each.line, each.lang, each.words), each])),
    known: new Set(recordings.map(({ courseId, line, lang }) => key(courseId, line, lang))),
  };
}

function key(...parts: readonly string[]): string {
  return parts.join(' ');
}
