/** Decibels below full scale that stand for nothing at all. */
export const FLOOR_DB = -100;
/** Rooms up to this are quiet, up to the second they will do. */
const QUIET_DB = -50;
const FAIR_DB = -38;
/** Below it a microphone hears nothing, not even the room: it is switched off. */
const DEAD_DB = -90;
/** A voice between these is neither lost nor torn. */
const LOW_DB = -35;
const HIGH_DB = -6;
/** A recording whose loudest moment is below it holds no voice. */
const SILENT_DB = -45;

/** Root mean square of samples between -1 and 1. */
export function rootMeanSquare(samples: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < samples.length; index++) sum += (samples[index] ?? 0) ** 2;
  return samples.length === 0 ? 0 : Math.sqrt(sum / samples.length);
}

/** Decibels below full scale of an amplitude between 0 and 1. */
export function decibels(amplitude: number): number {
  return amplitude <= 0 ? FLOOR_DB : Math.max(FLOOR_DB, 20 * Math.log10(amplitude));
}

/** Loudness over several windows: powers are averaged, not decibels. */
export function meanDecibels(windows: readonly number[]): number {
  if (windows.length === 0) return FLOOR_DB;
  const power = windows.reduce((sum, db) => sum + 10 ** (db / 10), 0) / windows.length;
  return Math.max(FLOOR_DB, 10 * Math.log10(power));
}

/** Is a room quiet enough to record in? */
export function roomVerdict(db: number): 'dead' | 'quiet' | 'fair' | 'loud' {
  if (db <= DEAD_DB) return 'dead';
  if (db <= QUIET_DB) return 'quiet';
  return db <= FAIR_DB ? 'fair' : 'loud';
}

/** Is a voice loud enough, or too loud? */
export function levelVerdict(db: number): 'low' | 'good' | 'high' {
  if (db < LOW_DB) return 'low';
  return db > HIGH_DB ? 'high' : 'good';
}

/** Did nobody speak? */
export function isSilent(loudestDb: number): boolean {
  return loudestDb < SILENT_DB;
}

/** `1:05` */
export function clockText(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** The first kind of recording that this browser makes; empty lets it choose. */
export function recordingType(isSupported: (type: string) => boolean): string {
  return ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus'].find(isSupported) ?? '';
}
