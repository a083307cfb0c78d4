import { RecordingRefused } from '../shared/listening/recording.errors.js';
import { FilmRefused } from './film.errors.js';
import { TrackBusy } from './track.errors.js';
import { NoRoomForVideo } from './upload.errors.js';

/**
 * What the machinery of films, or a full disk, says, as somebody is told who sent a sound; anything else stays as it is.
 *
 * @param limitMs that a run was given
 */
export function trackRefusal(error: unknown, limitMs: number): unknown {
  if (error instanceof FilmRefused)
    return error.code === 'film-codec'
      ? new RecordingRefused('not-sound')
      : new RecordingRefused('corrupt', { why: String(error.params['why'] ?? 'ffmpeg') });
  const { code } = error as { code?: unknown };
  if (code === 'film-no-ffmpeg') return new RecordingRefused('no-ffmpeg');
  if (code === 'film-too-slow')
    return new RecordingRefused('too-slow', { seconds: Math.round(limitMs / 1000) });
  if (code === 'film-interrupted') return new TrackBusy();
  if (code === 'film-no-room' || code === 'ENOSPC' || code === 'EDQUOT') return new NoRoomForVideo();
  return error;
}
