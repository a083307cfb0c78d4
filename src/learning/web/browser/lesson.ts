/**
 * The video of a lesson: picture, sound alone or large picture as chosen, resumed where one left, and what was watched
 * told to the server in small batches, or kept on the phone while there is no network.
 */
import type { HlsPlayer, HlsPlayerScript } from '../../../shared/web/browser/hls-player.js';
import { HeardLanguage } from './lesson/heard-language.js';
import { NextTry } from './lesson/next-try.js';
import { type Answer, Outbox } from './lesson/outbox.js';
import { Played } from './lesson/played.js';
import { followTranscript } from './lesson/transcript.js';
import { mayEnd, renewAddresses } from './lesson/renewal.js';
import { uuid } from '../../../shared/web/browser/offline/uuid.js';

const HLS_TYPE = 'application/vnd.apple.mpegurl';
const BATCH_MS = 10_000;
const STEP_SECONDS = 5;
const QUALITY = 'quality';

interface SavingNavigator extends Navigator {
  connection?: { saveData?: boolean };
}

function playsHls(video: HTMLVideoElement): boolean {
  return video.canPlayType(HLS_TYPE) !== '';
}

function saved(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function save(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Without storage the choice holds for this page.
  }
}

/** Chooses what is loaded, and loads it when somebody wants to see it: looking at the page costs no megabyte. */
class Screen {
  private readonly radios: HTMLInputElement[];
  private isNative: boolean;
  private readonly language: HeardLanguage | undefined;
  private hls: HlsPlayer | undefined;
  private begun = false;
  /** Where one wanted to be when something was loaded last. */
  private asked = 0;
  private recovering = false;
  /** Playing is wanted, whether or not it goes on: a failure pauses too. */
  private wantsPlay = false;
  private readonly nextTry = new NextTry();

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly player: HTMLElement,
    private readonly startSeconds: number,
  ) {
    this.radios = [...player.querySelectorAll<HTMLInputElement>('input[name="quality"]')];
    // What plays by itself asks for its pieces past the service worker: a stored film is played by the script.
    this.isNative = playsHls(video) && !('stored' in document.documentElement.dataset);
    this.language = HeardLanguage.in(player, () => void this.hear());
    this.firstChoice();
    for (const radio of this.radios) radio.addEventListener('change', () => void this.choose(radio));
    video.querySelector('source')?.remove();
    video.addEventListener('error', () => this.begun && void this.recover());
    video.addEventListener('playing', () => this.nextTry.over());
    video.addEventListener('play', () => (this.wantsPlay = true));
    video.addEventListener('pause', () => (this.wantsPlay &&= video.error !== null));
    const again = player.querySelector<HTMLButtonElement>('[data-retry]');
    again?.addEventListener('click', () => this.nextTry.now());
    this.offerStart();
  }

  private get isSoundAlone(): boolean {
    return this.radios.find(({ checked }) => checked)?.value === 'audio';
  }

  private get wanted(): string {
    const src = this.radios.find(({ checked }) => checked)?.dataset.src ?? '';
    if (!this.language) return src;
    if (this.isSoundAlone) return this.language.src;
    // A browser that chooses for itself is given one sound to choose from.
    return this.isNative ? `${src}&sound=${this.language.value}` : src;
  }

  /** Goes to a moment; whoever has not begun begins there. */
  async goTo(seconds: number): Promise<void> {
    if (this.begun) this.video.currentTime = seconds;
    else await this.begin(seconds);
  }

  /** Goes on in another language; hls.js changes the sound alone. */
  private async hear(): Promise<void> {
    if (!this.begun || !this.language) return;
    if (this.hls && !this.isSoundAlone) this.hls.hear(this.language.value);
    else await this.load(this.video.currentTime, !this.video.paused);
  }

  /** What was chosen last; else the sound alone for a phone that saves data; else what the page says. */
  private firstChoice(): void {
    const saving = (navigator as SavingNavigator).connection?.saveData ?? false;
    const choice = saved(QUALITY) ?? (saving ? 'audio' : undefined);
    const radio = this.radios.find(({ value }) => value === choice);
    if (radio) radio.checked = true;
    if (saving && choice === 'audio') show(this.player, '[data-saving]', true);
  }

  /** One big button instead of the browser's small one, until the video has begun. */
  private offerStart(): void {
    const button = this.player.querySelector<HTMLButtonElement>('[data-start]');
    const words = button?.querySelector('span');
    if (!button || !words) return;
    const seconds = Math.floor(this.startSeconds);
    const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
    if (seconds > 0) words.textContent = (button.dataset.resume ?? '').replace('%%', time);
    this.video.controls = false;
    button.hidden = false;
    button.addEventListener('click', () => {
      void this.begin(this.startSeconds);
      this.video.focus();
    });
  }

  private async begin(seconds: number): Promise<void> {
    show(this.player, '[data-start]', false);
    this.video.controls = true;
    await this.load(seconds, true);
  }

  private async choose(radio: HTMLInputElement): Promise<void> {
    save(QUALITY, radio.value);
    if (this.begun) await this.load(this.video.currentTime, !this.video.paused);
  }

  private async load(seconds: number, play: boolean): Promise<void> {
    this.begun = true;
    this.asked = seconds;
    this.wantsPlay = play;
    this.nextTry.cancel();
    show(this.player, '[data-failed]', false);
    if (!this.isNative) await this.loadPlayer();
    if (!this.hls && playsHls(this.video)) this.isNative = true;
    if (this.isNative) {
      this.video.src = this.wanted;
      if (seconds > 0)
        this.video.addEventListener('loadedmetadata', () => (this.video.currentTime = seconds), {
          once: true,
        });
    } else {
      if (!this.hls) return this.fail(seconds, play);
      this.hls.load(this.wanted, seconds, this.language?.value);
    }
    if (play) await this.video.play().catch(() => undefined);
  }

  private async loadPlayer(): Promise<void> {
    try {
      const { attachHls } = (await import(this.player.dataset.hls ?? '')) as HlsPlayerScript;
      this.hls ??= attachHls(this.video, () => void this.recover());
    } catch {
      // Said below: without the player there is nothing to play with.
    }
  }

  /** An address that has ended is renewed, and one goes on where one was; anything else is said, and tried again. */
  private async recover(): Promise<void> {
    if (this.recovering) return;
    const { video, wanted: before } = this;
    const seconds = video.readyState > 0 ? video.currentTime : this.asked;
    const play = this.wantsPlay;
    this.recovering = true;
    const renewed = mayEnd(before) && (await renewAddresses(this.player)) && this.wanted !== before;
    this.recovering = false;
    if (renewed) await this.load(seconds, play);
    else this.fail(seconds, play);
  }

  private fail(seconds: number, play: boolean): void {
    show(this.player, '[data-failed]', true);
    this.nextTry.after(() => void this.load(seconds, play));
  }
}

function show(root: ParentNode, selector: string, visible: boolean): void {
  const element = root.querySelector<HTMLElement>(selector);
  if (element) element.hidden = !visible;
}

function tellProgress(root: HTMLElement, { percent, unverifiedSeconds }: Answer): void {
  const watched = root.querySelector<HTMLElement>('[data-watched]');
  if (watched && percent > 0) {
    const sign = document.documentElement.lang === 'fr' ? '\u00a0%' : '%';
    watched.textContent = (watched.dataset.sentence ?? '').replace('%%', `${Math.floor(percent)}${sign}`);
    watched.hidden = false;
  }
  show(root, '[data-unverified]', unverifiedSeconds > 0);
}

/** Collects what is played and sends it, every ten seconds and whenever the video stops or the page goes. */
function follow(video: HTMLVideoElement, mine: HTMLElement): void {
  const { url = '', owner = '' } = mine.dataset;
  const title = document.getElementById('lesson-title')?.innerText ?? '';
  const csrf = (): string => mine.dataset.csrf ?? '';
  const outbox = new Outbox({ url, owner, href: location.pathname, title, csrf });
  const played = new Played();
  let begun = false;
  const tell = (answer: Answer | undefined): void => {
    if (answer) tellProgress(mine, answer);
    show(mine, '[data-pending]', !outbox.isEmpty);
  };
  const deliver = async (): Promise<void> => tell(await outbox.send());
  const report = (always = false): void => {
    const ranges = played.take();
    if (ranges.length === 0 && !always) {
      // A network that comes back does not always say so.
      if (!outbox.isEmpty) void deliver();
      return;
    }
    const position = Math.round(video.currentTime * 1000) / 1000;
    const kept = outbox.add({ id: uuid(), ranges, position, at: new Date().toISOString() });
    // Sent at once, for a page that goes; what the page says of it, it says once it is kept.
    const sent = outbox.send();
    void kept.then(() => sent).then(tell);
  };
  // What is played before the browser says that it plays counts too.
  video.addEventListener('play', () => played.tick(video.currentTime, performance.now()));
  video.addEventListener('playing', () => {
    played.tick(video.currentTime, performance.now());
    // The first event starts the clock by which the next ones are credited.
    if (!begun) report(true);
    begun = true;
  });
  video.addEventListener(
    'timeupdate',
    () => !video.paused && !video.seeking && played.tick(video.currentTime, performance.now()),
  );
  video.addEventListener('seeking', () => played.cut());
  for (const end of ['pause', 'ended'])
    video.addEventListener(
      end,
      () => (played.tick(video.currentTime, performance.now()), played.cut(), report()),
    );
  setInterval(report, BATCH_MS);
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && report());
  window.addEventListener('pagehide', () => report());
  window.addEventListener('online', () => void deliver());
  void outbox.load().then(() => (outbox.isEmpty ? undefined : deliver()));
}

/** Arrows move by five seconds everywhere; the space bar is the browser's own. */
function listenToKeys(video: HTMLVideoElement): void {
  const onKey = (event: KeyboardEvent): void => {
    const step = { ArrowRight: STEP_SECONDS, ArrowLeft: -STEP_SECONDS }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    // Before the browser's own bar sees it, or both would move.
    event.stopPropagation();
    video.currentTime = Math.max(0, video.currentTime + step);
  };
  video.addEventListener('keydown', onKey, { capture: true });
}

function start(video: HTMLVideoElement, player: HTMLElement): void {
  const mine = document.getElementById('my-progress');
  const seconds = Number(player.dataset.seconds ?? 0);
  const key = `position:${player.dataset.video}`;
  const position = Number(mine?.dataset.position ?? saved(key) ?? 0);
  // Whoever had reached the end begins again.
  const screen = new Screen(video, player, position > seconds - STEP_SECONDS ? 0 : position);
  followTranscript(video, player.parentElement, (at) => void screen.goTo(at));
  listenToKeys(video);
  show(player, '[data-tools]', true);
  const speed = player.querySelector<HTMLSelectElement>('[data-speed]');
  speed?.addEventListener('change', () => (video.playbackRate = Number(speed.value)));
  video.addEventListener('play', () => (video.playbackRate = Number(speed?.value ?? 1)));
  video.addEventListener('pause', () => save(key, String(video.currentTime)));
  if (mine?.dataset.url) follow(video, mine);
}

const video = document.querySelector<HTMLVideoElement>('.player__screen');
const player = video?.closest<HTMLElement>('[data-player]');
if (video && player) start(video, player);
