/**
 * The recording booth: checks the room, shows the level, records, plays back, records again. What is recorded is put
 * into the form's file field and sent by the form itself, as a file that somebody chose. Where the booth has a picture,
 * it runs muted while somebody speaks, and the form says at which moment of it the recording begins.
 */
import {
  clockText,
  isSilent,
  FLOOR_DB,
  levelVerdict,
  meanDecibels,
  recordingType,
  roomVerdict,
} from './booth/level.js';
import { Microphone } from './booth/microphone.js';
import { Picture } from './booth/picture.js';

/** Milliseconds of silence that the room is judged by. */
const ROOM_MS = 2000;
/** The first looks hear the click of the button, and the microphone waking up. */
const SKIPPED_LOOKS = 3;
/** Milliseconds between two words on the level; a screen reader reads each. */
const WORD_MS = 1500;

class Booth {
  private readonly meter = this.find<HTMLMeterElement>('meter');
  private readonly preview = this.find<HTMLAudioElement>('[data-preview]');
  private readonly picture: Picture | undefined;
  private microphone: Microphone | undefined;
  private recorder: MediaRecorder | undefined;
  private startedAt = 0;
  private loudest = FLOOR_DB;
  /** Seconds of the picture before the recording begins. */
  private offset = 0;
  private hasStalled = false;

  constructor(
    private readonly box: HTMLElement,
    private readonly input: HTMLInputElement,
  ) {
    this.picture = Picture.in(box);
    this.picture?.playBeside(this.preview, () => this.offset);
  }

  start(): void {
    this.box.hidden = false;
    this.on('[data-room]', () => this.checkRoom());
    this.on('[data-record]', () => this.record());
    this.on('[data-again]', () => this.record());
    this.on('[data-stop]', () => this.recorder?.stop());
    window.addEventListener('pagehide', () => this.microphone?.close());
  }

  private async checkRoom(): Promise<void> {
    if (!(await this.open())) return;
    this.say(this.words('listening'));
    const heard: number[] = [];
    this.watch((db) => heard.push(db));
    await new Promise((done) => setTimeout(done, ROOM_MS));
    const level = meanDecibels(heard.slice(SKIPPED_LOOKS));
    this.close();
    this.say(this.words(roomVerdict(level), String(Math.round(level))));
  }

  private async record(): Promise<void> {
    if (!(await this.open())) return;
    const stream = this.microphone?.stream;
    if (!stream || !(await this.runPicture())) return;
    const type = recordingType((each) => MediaRecorder.isTypeSupported(each));
    const recorder = new MediaRecorder(stream, {
      ...(type ? { mimeType: type } : {}),
      audioBitsPerSecond: 64_000,
    });
    const chunks: Blob[] = [];
    recorder.addEventListener('dataavailable', ({ data }) => chunks.push(data));
    recorder.addEventListener('start', () => this.begin());
    recorder.addEventListener('stop', () => this.finish(new Blob(chunks, { type: recorder.mimeType })));
    this.preview.pause();
    this.preview.hidden = true;
    this.loudest = FLOOR_DB;
    this.find('[data-time]').textContent = clockText(0);
    this.startedAt = performance.now();
    this.hasStalled = false;
    this.recorder = recorder;
    recorder.start();
    this.buttons('recording');
    this.say(this.words('recording'));
    this.find('[data-stop]').focus();
    this.watch((db) => this.heard(db));
  }

  /** The first moment that is recorded: from here on the sound goes with the picture. */
  private begin(): void {
    this.startedAt = performance.now();
    this.offset = this.picture?.seconds ?? 0;
    const field = this.input.form?.querySelector<HTMLInputElement>('input[name="offset"]');
    if (field) field.value = String(Math.round(this.offset * 1000));
  }

  /** @returns false when the pictures do not begin */
  private async runPicture(): Promise<boolean> {
    if (!this.picture) return true;
    this.preview.pause();
    this.say(this.words('coming'));
    this.disable(true);
    const stop = (): void => {
      if (this.recorder?.state === 'recording') this.recorder.stop();
    };
    try {
      await this.picture.run(stop, () => {
        this.hasStalled = true;
        stop();
      });
      return true;
    } catch {
      this.picture.stop();
      this.close();
      this.say(this.words('noPicture'));
      return false;
    } finally {
      this.disable(false);
    }
  }

  private heard(db: number): void {
    this.loudest = Math.max(this.loudest, db);
    const ms = performance.now() - this.startedAt;
    this.find('[data-time]').textContent = clockText(ms);
    // A picture ends by itself, and the recording with it.
    if (!this.picture && this.isLongest(ms)) this.recorder?.stop();
  }

  private isLongest(ms: number): boolean {
    return ms >= Number(this.box.dataset.longest) * 1000 - 1000;
  }

  private finish(sound: Blob): void {
    const ms = performance.now() - this.startedAt;
    const isFull = !this.picture && this.isLongest(ms);
    this.picture?.stop();
    this.close();
    const file = new File([sound], this.box.dataset.file ?? 'sound', { type: sound.type });
    const holder = new DataTransfer();
    // What stood still while somebody spoke fits no picture any more: it is not sent.
    if (!this.hasStalled) holder.items.add(file);
    this.input.files = holder.files;
    if (this.preview.src) URL.revokeObjectURL(this.preview.src);
    this.preview.src = URL.createObjectURL(sound);
    this.preview.hidden = false;
    this.buttons('recorded');
    const words = this.hasStalled ? 'stalled' : isSilent(this.loudest) ? 'silent' : isFull ? 'full' : 'done';
    this.say(this.words(words, clockText(ms)));
    this.find('[data-again]').focus();
  }

  /** @returns false when there is no microphone, or somebody refused it */
  private async open(): Promise<boolean> {
    this.close();
    this.disable(true);
    try {
      this.microphone = await Microphone.open();
      return true;
    } catch (error) {
      const isRefused = error instanceof DOMException && error.name === 'NotAllowedError';
      this.say(this.words(isRefused ? 'denied' : 'none'));
      return false;
    } finally {
      this.disable(false);
    }
  }

  private watch(tell: (db: number) => void): void {
    this.find('[data-meter]').hidden = false;
    let spokenAt = -Infinity;
    this.microphone?.watch((db) => {
      this.meter.value = db;
      if (performance.now() - spokenAt > WORD_MS) {
        spokenAt = performance.now();
        const words = this.words(levelVerdict(db));
        this.find('[data-level]').textContent = words;
        this.meter.setAttribute('aria-valuetext', words);
      }
      tell(db);
    });
  }

  private close(): void {
    this.microphone?.close();
    this.microphone = undefined;
    this.find('[data-meter]').hidden = true;
  }

  private buttons(state: 'recording' | 'recorded'): void {
    this.find('[data-room]').hidden = state === 'recording';
    this.find('[data-record]').hidden = true;
    this.find('[data-stop]').hidden = state !== 'recording';
    this.find('[data-again]').hidden = state === 'recording';
  }

  private disable(isBusy: boolean): void {
    for (const button of this.box.querySelectorAll('button')) button.disabled = isBusy;
  }

  private say(text: string): void {
    this.find('[data-status]').textContent = text;
  }

  private words(name: string, value = ''): string {
    return (this.box.dataset[name] ?? '').replace('%%', value);
  }

  private on(selector: string, act: () => unknown): void {
    this.find(selector).addEventListener('click', () => void act());
  }

  private find<T extends HTMLElement = HTMLElement>(selector: string): T {
    const found = this.box.querySelector<T>(selector);
    if (!found) throw new Error(`The booth has no ${selector}`);
    return found;
  }
}

const box = document.querySelector<HTMLElement>('[data-booth]');
const input = document.querySelector<HTMLInputElement>('[data-booth-form] input[type="file"]');
// Without a microphone that scripts may ask for (an old browser, a page without https) the file form stands alone.
if (box && input && 'MediaRecorder' in window && navigator.mediaDevices) new Booth(box, input).start();
