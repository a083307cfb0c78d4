import { type CameraMove, type VideoScript } from '../course-file/course-document.js';

/** Milliseconds; rhythm of a video. */
export const RHYTHM = { lead: 500, breath: 500, betweenScenes: 900, crossFade: 200, tail: 1200 } as const;

/** One spoken line and when; milliseconds from the beginning of the video. */
export interface TimedLine {
  readonly sceneId: string;
  readonly startMs: number;
  readonly endMs: number;
  /** Index among the video's lines. */
  readonly index: number;
}

/** One scene and when; it is wholly seen from `startMs` and gone at `endMs`. */
export interface TimedScene {
  readonly id: string;
  readonly picture: string;
  readonly startMs: number;
  readonly endMs: number;
  /** When each step of the picture begins; the first at `startMs`. */
  readonly stepStartsMs: readonly number[];
  readonly camera: readonly CameraMove[];
}

export interface VideoTimeline {
  readonly scenes: readonly TimedScene[];
  readonly lines: readonly TimedLine[];
  readonly durationMs: number;
}

/** Places scenes and lines in time, given how long each line takes to say, in the order of the script. */
export function videoTimeline(script: VideoScript, spokenMs: readonly number[]): VideoTimeline {
  const scenes: TimedScene[] = [];
  const lines: TimedLine[] = [];
  let at = 0;
  for (const [number, scene] of script.scenes.entries()) {
    const startMs = at;
    let cursor = startMs + (number === 0 ? RHYTHM.lead : RHYTHM.betweenScenes / 2);
    const stepStartsMs: number[] = [];
    for (const _line of scene.narration.fr ?? []) {
      const index = lines.length;
      const endMs = cursor + (spokenMs[index] ?? 0);
      lines.push({ sceneId: scene.id, startMs: cursor, endMs, index });
      stepStartsMs.push(stepStartsMs.length === 0 ? startMs : cursor);
      cursor = endMs + RHYTHM.breath;
    }
    const isLast = number === script.scenes.length - 1;
    const spoken = cursor - RHYTHM.breath + (isLast ? RHYTHM.tail : RHYTHM.betweenScenes / 2);
    at = Math.max(spoken, startMs + scene.minSeconds * 1000);
    at = Math.ceil(at / 50) * 50;
    scenes.push({
      id: scene.id,
      picture: scene.picture,
      startMs,
      endMs: at,
      stepStartsMs,
      camera: scene.camera,
    });
  }
  return { scenes, lines, durationMs: at };
}
