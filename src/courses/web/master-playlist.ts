/**
 * A master playlist with the pictures of one height only, so that a player that chooses for itself (Safari's, Android's)
 * keeps to what the person chose. Sound and everything else stay.
 */
export function onlyHeight(master: string, height: number): string {
  const lines = master.split('\n');
  const dropped = new Set<number>();
  lines.forEach((line, index) => {
    // The choice of the sound alone goes too: a player that saves would take it.
    if (line.startsWith('#EXT-X-STREAM-INF:') && heightOf(line) !== height) dropped.add(index).add(index + 1);
    if (line.startsWith('#EXT-X-I-FRAME-STREAM-INF:')) dropped.add(index);
  });
  return lines.filter((_, index) => !dropped.has(index)).join('\n');
}

function heightOf(streamInfo: string): number | undefined {
  const resolution = /\bRESOLUTION=\d+x(\d+)/.exec(streamInfo)?.[1];
  return resolution === undefined ? undefined : Number(resolution);
}
