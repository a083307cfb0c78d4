/** What a track's `readyState` says when its captions are there. */
const LOADED = 2;
/** Seconds by which a seek lands after a caption has begun, so that it is the one that stands. */
const INSIDE = 0.01;
/** Milliseconds for which the words stay where somebody has moved them. */
const RESTS_MS = 5000;

/**
 * Lets the written words follow the picture: the line that is said now is marked, and each leads to its moment. Without
 * a script, or where the captions cannot be had, they are the text that they were.
 *
 * @param goTo called with seconds
 */
export function followTranscript(
  video: HTMLVideoElement,
  section: HTMLElement | null,
  goTo: (seconds: number) => void,
): void {
  const box = section?.querySelector<HTMLElement>('[data-transcript]');
  const track = video.querySelector<HTMLTrackElement>(`track[srclang="${box?.dataset.transcript}"]`);
  if (!box || !track) return;
  const begin = (): void => {
    if (box.dataset.follows) return;
    const cues = [...(track.track.cues ?? [])];
    const lines = [...box.querySelectorAll<HTMLElement>('[data-line]')];
    // Every caption is a line; where it is not so, nobody is led to a wrong moment.
    if (cues.length === 0 || cues.length !== lines.length) return;
    box.dataset.follows = 'yes';
    new Transcript(box, lines, cues, goTo).follow(video);
    const hint = section?.querySelector<HTMLElement>('[data-transcript-hint]');
    if (hint) hint.hidden = false;
  };
  const load = (): void => {
    if (track.readyState === LOADED) return begin();
    track.addEventListener('load', begin, { once: true });
    // Captions that are not shown are not fetched.
    if (track.track.mode === 'disabled') track.track.mode = 'hidden';
  };
  // Whoever never opens it, and never plays, is spared the bytes.
  box.closest('details')?.addEventListener('toggle', load);
  video.addEventListener('play', load);
}

class Transcript {
  private readonly buttons: readonly HTMLButtonElement[];
  private current: HTMLElement | undefined;
  private touchedAt = -Infinity;

  constructor(
    private readonly box: HTMLElement,
    lines: readonly HTMLElement[],
    private readonly cues: readonly TextTrackCue[],
    goTo: (seconds: number) => void,
  ) {
    this.buttons = lines.map((line, index) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'transcript__line';
      button.textContent = line.textContent;
      button.addEventListener('click', () => goTo((cues[index]?.startTime ?? 0) + INSIDE));
      line.replaceWith(button);
      return button;
    });
  }

  follow(video: HTMLVideoElement): void {
    const mark = (): void => this.mark(video.currentTime);
    for (const event of ['timeupdate', 'seeked']) video.addEventListener(event, mark);
    for (const event of ['wheel', 'touchmove', 'pointermove', 'focusin', 'keydown'])
      this.box.addEventListener(event, () => (this.touchedAt = performance.now()), { passive: true });
    this.box.closest('details')?.addEventListener('toggle', () => this.scroll());
    mark();
  }

  private mark(seconds: number): void {
    const index = this.cues.findIndex(({ startTime, endTime }) => seconds >= startTime && seconds < endTime);
    const line = this.buttons[index];
    if (line === this.current) return;
    this.current?.removeAttribute('aria-current');
    line?.setAttribute('aria-current', 'true');
    this.current = line;
    this.scroll();
  }

  /** Moves the words and never the page; and not while somebody moves or reads them. */
  private scroll(): void {
    const { box, current } = this;
    if (!current || performance.now() - this.touchedAt < RESTS_MS) return;
    const [line, frame] = [current.getBoundingClientRect(), box.getBoundingClientRect()];
    const top = box.scrollTop + line.top - frame.top - (box.clientHeight - line.height) / 2;
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
    box.scrollTo({ top, behavior: isStill ? 'auto' : 'smooth' });
  }
}
