/** What somebody wants of a video, where a player would choose for itself. */
export interface Wanted {
  /** Lines of the pictures. */
  readonly height?: number;
  /** Language of the sound; `none` for a sound in none. */
  readonly sound?: string;
}

/**
 * A master playlist with the pictures of one height and the sound of one language only, so that a player that chooses
 * for itself (Safari's, Android's) keeps to what the person chose. Everything else stays, and all of it where nothing
 * is as wanted.
 */
export function narrowed(master: string, { height, sound }: Wanted): string {
  const lines = master.split('\n');
  const dropped = new Set<number>();
  const isThere = lines.some((line) => line.startsWith('#EXT-X-STREAM-INF:') && heightOf(line) === height);
  lines.forEach((line, index) => {
    if (height === undefined || !isThere) return;
    // The choice of the sound alone goes too: a player that saves would take it.
    if (line.startsWith('#EXT-X-STREAM-INF:') && heightOf(line) !== height) dropped.add(index).add(index + 1);
    if (line.startsWith('#EXT-X-I-FRAME-STREAM-INF:')) dropped.add(index);
  });
  const sounds = lines.filter(isSound);
  const chosen = sounds.find((line) => languageOf(line) === sound);
  return lines
    .filter((line, index) => !dropped.has(index) && (!chosen || !isSound(line) || line === chosen))
    .map((line) => (line === chosen ? line.replace('DEFAULT=NO', 'DEFAULT=YES') : line))
    .join('\n');
}

function isSound(line: string): boolean {
  return line.startsWith('#EXT-X-MEDIA:TYPE=AUDIO,');
}

function languageOf(line: string): string {
  return /\bLANGUAGE="([^"]*)"/.exec(line)?.[1] ?? 'none';
}

function heightOf(streamInfo: string): number | undefined {
  const resolution = /\bRESOLUTION=\d+x(\d+)/.exec(streamInfo)?.[1];
  return resolution === undefined ? undefined : Number(resolution);
}
