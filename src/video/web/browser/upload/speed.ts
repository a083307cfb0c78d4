/** Bytes of the first piece: five seconds at 400 kbit/s. */
export const FIRST_PIECE = 256 * 1024;
const LARGEST_PIECE = 8 * 1024 * 1024;
/** What a piece should take: a cut costs at most that much. */
const PIECE_SECONDS = 8;
/** Seconds of sending that the speed is the mean of. */
const WINDOW_SECONDS = 30;
/** Bytes in a second of a weak mobile network, 400 kbit/s: the guess before anything was measured. */
export const WEAK_SPEED = 50_000;

interface Piece {
  readonly bytes: number;
  readonly seconds: number;
}

/**
 * The speed of a network as it was measured by whole pieces that the server has confirmed: what a browser calls sent
 * may still wait in the phone.
 */
export class Speed {
  private pieces: Piece[] = [];

  add(bytes: number, seconds: number): void {
    if (bytes <= 0 || seconds <= 0) return;
    this.pieces.push({ bytes, seconds });
    let length = this.pieces.reduce((sum, piece) => sum + piece.seconds, 0);
    for (
      let oldest = this.pieces[0];
      oldest && length - oldest.seconds >= WINDOW_SECONDS;
      oldest = this.pieces[0]
    ) {
      this.pieces.shift();
      length -= oldest.seconds;
    }
  }

  /** Bytes in a second; undefined before the first piece. */
  get perSecond(): number | undefined {
    const seconds = this.pieces.reduce((sum, piece) => sum + piece.seconds, 0);
    if (seconds === 0) return undefined;
    return this.pieces.reduce((sum, piece) => sum + piece.bytes, 0) / seconds;
  }

  /** Bytes of the next piece: some seconds' worth, never far from the one before. */
  nextPiece(last: number): number {
    const speed = this.perSecond;
    if (speed === undefined) return FIRST_PIECE;
    const wanted = Math.min(speed * PIECE_SECONDS, last * 2, LARGEST_PIECE);
    return Math.max(FIRST_PIECE, Math.floor(wanted / 65_536) * 65_536);
  }
}

/** Milliseconds before the next try after a number of failures: a second, then twice as long each time, at most half a minute. */
export function waitMs(failures: number): number {
  return Math.min(30_000, 1000 * 2 ** Math.max(0, failures - 1));
}
