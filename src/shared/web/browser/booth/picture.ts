import type { HlsPlayer, HlsPlayerScript } from '../hls-player.js';

const HLS_TYPE = 'application/vnd.apple.mpegurl';
/** Milliseconds that pictures may take to begin. */
const PATIENCE_MS = 20_000;
/** Seconds by which the line that comes next is shown early. */
const EARLY = 0.7;

/** A line that is said, and when; seconds. */
interface TimedLine {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** The muted picture that somebody records against, with the line to be said beneath it. */
export class Picture {
  private readonly video: HTMLVideoElement;
  private readonly lines: readonly TimedLine[];
  private readonly prompt: HTMLElement | null;
  private hls: HlsPlayer | undefined;
  private isLoaded = false;
  private onEnd: () => void = () => undefined;
  private onStall: () => void = () => undefined;

  private constructor(private readonly box: HTMLElement) {
    const video = box.querySelector('video');
    if (!video) throw new Error('The picture has no video');
    this.video = video;
    this.prompt = box.querySelector('[data-prompt]');
    this.lines = timedLines();
    video.muted = true;
    video.addEventListener('ended', () => this.onEnd());
    for (const event of ['waiting', 'stalled', 'error'])
      video.addEventListener(event, () => video.readyState < 3 && this.onStall());
    video.addEventListener('timeupdate', () => this.showLine());
  }

  /** @returns undefined where words are recorded without a picture */
  static in(booth: HTMLElement): Picture | undefined {
    const box = booth.querySelector<HTMLElement>('[data-picture]');
    return box ? new Picture(box) : undefined;
  }

  /** Seconds of the film that are shown now. */
  get seconds(): number {
    return this.video.currentTime;
  }

  /** Runs from the beginning. @throws when the pictures do not begin */
  async run(onEnd: () => void, onStall: () => void): Promise<void> {
    this.leave();
    try {
      await this.load();
      this.video.currentTime = 0;
      await inTime(this.video.play());
    } catch (error) {
      // Trying again loads again.
      this.isLoaded = false;
      throw error;
    }
    this.onEnd = onEnd;
    this.onStall = onStall;
  }

  stop(): void {
    this.leave();
    this.video.pause();
  }

  /** Shows what was seen while `sound` was recorded, whenever it is played. */
  playBeside(sound: HTMLAudioElement, offset: () => number): void {
    const follow = (): void => {
      this.video.currentTime = sound.currentTime + offset();
    };
    sound.addEventListener('play', () => {
      this.leave();
      follow();
      void this.video.play().catch(() => undefined);
    });
    sound.addEventListener('seeked', follow);
    for (const end of ['pause', 'ended']) sound.addEventListener(end, () => this.video.pause());
  }

  private leave(): void {
    this.onEnd = this.onStall = () => undefined;
  }

  private async load(): Promise<void> {
    if (this.isLoaded) return;
    const { src = '', hls = '' } = this.box.dataset;
    if (this.video.canPlayType(HLS_TYPE) !== '') this.video.src = src;
    else {
      const { attachHls } = (await import(hls)) as HlsPlayerScript;
      this.hls ??= attachHls(this.video, () => this.fail());
      if (!this.hls) throw new Error('No player');
      this.hls.load(src, 0);
    }
    this.isLoaded = true;
  }

  private fail(): void {
    this.isLoaded = false;
    this.onStall();
  }

  private showLine(): void {
    if (!this.prompt) return;
    const at = this.video.currentTime;
    const line = this.lines.find(({ from, to }) => at >= from - EARLY && at < to);
    this.prompt.textContent = line?.text ?? '';
  }
}

/** The script that stands on the page, where it says when each of its lines is said. */
function timedLines(): TimedLine[] {
  const script = document.querySelector<HTMLElement>('[data-times]');
  const times = (script?.dataset.times ?? '').split(' ').map((each) => each.split('-').map(Number));
  return [...(script?.querySelectorAll('p') ?? [])].map((line, index) => {
    const [from = 0, to = 0] = times[index] ?? [];
    return { from: from / 1000, to: to / 1000, text: line.textContent ?? '' };
  });
}

function inTime(work: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<void>((_, reject) => {
    timer = setTimeout(() => reject(new Error('too late')), PATIENCE_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
