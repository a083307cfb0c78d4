import { Injectable } from '@nestjs/common';
import type { AuthoredCourse } from '../courses/public.js';
import { DraftTracks } from '../courses/public.js';
import type { StaffActor } from '../shared/access/actor.js';
import type { ListeningLanguage, Speaker } from '../shared/listening/listening-language.js';
import { TrackStudio } from './track-studio.service.js';

/** A sound that somebody sends for a video. */
export interface SentTrack {
  readonly lang: ListeningLanguage;
  readonly speaker: Speaker;
  readonly sound: Buffer;
  /** Milliseconds of the video before the sound begins. */
  readonly offsetMs: number;
  /** What its sender had before their eyes ({@link DraftTracks}). */
  readonly seen: string;
}

interface At {
  readonly module: string;
  readonly part: string;
}

/** Languages added to videos: encoded like the video's own sound, then put into the draft. */
@Injectable()
export class Tracks {
  constructor(
    private readonly drafts: DraftTracks,
    private readonly studio: TrackStudio,
  ) {}

  /**
   * @throws NotFound for no such video; TrackChanged when another stands there meanwhile; RecordingRefused, TrackTooLong,
   *   NoRoomForVideo, TrackBusy
   */
  async add(
    actor: StaffActor,
    course: AuthoredCourse,
    at: At,
    { lang, speaker, sound, offsetMs, seen }: SentTrack,
  ): Promise<void> {
    const { video } = await this.drafts.place(actor, course, at);
    const own = await this.drafts.ownSound(course, at);
    const { durationMs } = video;
    const order = { sound, own, durationMs, offsetMs: Math.min(offsetMs, durationMs) };
    await this.studio.make(order, (made) =>
      this.drafts.put(actor, course, at, { ...made, lang, synthetic: speaker === 'synthetic' }, seen),
    );
  }
}
