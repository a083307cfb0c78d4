/**
 * Sends a video piece by piece: how much is there, the time that is left at the measured speed, pause, cancel, and going
 * on by itself after a cut. After the page was closed the same file is asked for again.
 */
import { Sending, type SendingNews } from './upload/sending.js';
import { WEAK_SPEED } from './upload/speed.js';
import { Sentences } from './upload/words.js';

/** The script that makes a video smaller; fetched when somebody asks for it. */
interface Shrinker {
  plan(file: File): Promise<{ bytes: number } | undefined>;
  shrink(file: File, progress: (part: number) => void, signal: AbortSignal): Promise<File>;
}

const SPEED_KEY = 'qafila-video-speed';
/** Milliseconds between two readings of the progress by a screen reader. */
const SPOKEN_MS = 15_000;

class VideoUpload {
  private readonly words: Sentences;
  private readonly input: HTMLInputElement;
  private readonly shrinkBox: HTMLInputElement;
  private sending: Sending | undefined;
  private shrinking: AbortController | undefined;
  /** An upload of the list that the next chosen file goes on with. */
  private resumes: { readonly id: string; readonly bytes: number; readonly name: string } | undefined;
  private spokenAt = -Infinity;
  private lastState = '';

  constructor(
    private readonly box: HTMLElement,
    private readonly form: HTMLFormElement,
  ) {
    this.words = new Sentences(box);
    this.input = this.find<HTMLInputElement>('input[type="file"]');
    this.shrinkBox = this.find<HTMLInputElement>('#field-shrink');
  }

  start(): void {
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      void this.begin();
    });
    this.input.addEventListener('change', () => void this.chosen());
    this.shrinkBox.addEventListener('change', () => void this.chosen());
    this.find('[data-shrink]').hidden = !('VideoEncoder' in window);
    this.find('[data-pause]').addEventListener('click', () => void this.pauseOrGoOn());
    this.find('[data-cancel]').addEventListener('click', () => void this.cancel());
    window.addEventListener('beforeunload', (event) => {
      if (this.sending?.isRunning || this.shrinking) event.preventDefault();
    });
    for (const button of document.querySelectorAll<HTMLButtonElement>('[data-resume]')) {
      button.hidden = false;
      button.addEventListener('click', () => this.askForSameFile(button));
    }
  }

  private get file(): File | undefined {
    return this.input.files?.[0];
  }

  private askForSameFile({ dataset }: HTMLButtonElement): void {
    const { resume = '', bytes, file = '' } = dataset;
    this.resumes = { id: resume, bytes: Number(bytes), name: file };
    this.shrinkBox.checked = false;
    this.guess(this.words.say('Resume', file));
    this.input.value = '';
    this.input.focus();
    this.input.click();
  }

  /** A file was chosen, or is to be made smaller: how large it is, and how long it takes. */
  private async chosen(): Promise<void> {
    const { file } = this;
    if (!file) return;
    const refusal = this.refusalOf(file);
    if (refusal) return this.guess(refusal);
    this.guess(this.timeFor(file.size));
    if (this.resumes) return this.begin();
    if (this.shrinkBox.checked) await this.planShrinking(file);
  }

  private refusalOf(file: File): string | undefined {
    const { resumes, words } = this;
    if (file.size === 0) return words.say('Empty');
    if (resumes && file.size !== resumes.bytes)
      return words.say('OtherFile', resumes.name, words.size(resumes.bytes));
    const isTooLarge = file.size > Number(this.box.dataset.limit) && !this.shrinkBox.checked;
    return isTooLarge ? words.say('TooLarge', words.size(file.size)) : undefined;
  }

  private timeFor(bytes: number): string {
    const known = Number(localStorage.getItem(SPEED_KEY)) || undefined;
    const time = this.words.time(bytes / (known ?? WEAK_SPEED));
    return this.words.say(known ? 'GuessKnown' : 'Guess', this.words.size(bytes), time);
  }

  private async planShrinking(file: File): Promise<void> {
    this.hint(this.words.say('ShrinkLook'));
    const plan = await this.planned(file);
    if (!plan) {
      this.shrinkBox.checked = false;
      this.hint(this.words.say('NoShrink'));
      const refusal = this.refusalOf(file);
      return refusal ? this.guess(refusal) : undefined;
    }
    this.hint(this.words.say('Shrink', this.words.size(file.size), this.words.size(plan.bytes)));
    this.guess(this.timeFor(plan.bytes));
  }

  /** @returns undefined where it cannot be made smaller, or the script for that did not come */
  private async planned(file: File): Promise<{ bytes: number } | undefined> {
    try {
      return await (await this.shrinker()).plan(file);
    } catch {
      return undefined;
    }
  }

  private async begin(): Promise<void> {
    const { file } = this;
    if (!file || this.sending?.isRunning || this.shrinking) return;
    const refusal = this.refusalOf(file);
    if (refusal) return this.guess(refusal);
    this.form.hidden = true;
    this.find('[data-panel]').hidden = false;
    this.find('[data-name]').textContent = file.name;
    this.find('[data-cancel]').focus();
    const ready = this.shrinkBox.checked ? await this.shrunk(file) : file;
    if (!ready) return;
    const { api = '', csrf = '', account = '', course = '', module = '', part = '' } = this.box.dataset;
    const spoken = this.find<HTMLSelectElement>('select[name="spoken"]').value;
    this.sending = new Sending(
      ready,
      {
        ...{ api, csrf, account },
        metadata: { course, module, part, spoken, filename: ready.name },
        ...(this.resumes ? { uploadUrl: `${api}/${this.resumes.id}` } : {}),
      },
      (news) => this.show(news),
    );
    await this.sending.start();
  }

  /** @returns undefined when it was cancelled */
  private async shrunk(file: File): Promise<File | undefined> {
    const control = new AbortController();
    this.shrinking = control;
    this.find('[data-pause]').hidden = true;
    try {
      const shrinker = await this.shrinker();
      return await shrinker.shrink(file, (part) => this.showShrinking(part), control.signal);
    } catch {
      if (control.signal.aborted) return undefined;
      // It goes as it is, unless it is too large for that.
      this.shrinkBox.checked = false;
      this.hint(this.words.say('NoShrink'));
      const refusal = this.refusalOf(file);
      if (!refusal) return file;
      this.reset(refusal);
      return undefined;
    } finally {
      this.shrinking = undefined;
      this.find('[data-pause]').hidden = false;
    }
  }

  private showShrinking(part: number): void {
    this.find<HTMLProgressElement>('[data-progress]').value = part * 100;
    this.find('[data-amount]').textContent = this.words.say('Shrinking', this.words.percent(part, 1));
  }

  private show(news: SendingNews): void {
    const { words } = this;
    const { state, sent, total, perSecond } = news;
    this.find<HTMLProgressElement>('[data-progress]').value = (100 * sent) / total;
    const amount = words.say('Of', words.percent(sent, total), words.size(sent), words.size(total));
    this.find('[data-amount]').textContent = amount;
    const left =
      perSecond === undefined
        ? undefined
        : words.say('Left', words.time((total - sent) / perSecond), words.speed(perSecond));
    if (perSecond) localStorage.setItem(SPEED_KEY, String(Math.round(perSecond)));
    const isSending = state === 'sending';
    this.find('[data-left]').textContent = isSending ? (left ?? words.say('Measuring')) : '';
    this.find('[data-pause] span').textContent = words.say(this.sending?.isPaused ? 'GoOn' : 'Pause');
    this.speak(state, isSending && left ? `${amount} ${left}` : amount);
    if (state === 'failed') this.reset(news.problem || words.say('Failed'));
    if (state === 'done') window.location.assign(this.box.dataset.doneHref ?? '');
  }

  /** A screen reader hears each change at once, and now and then how far it is. */
  private speak(state: SendingNews['state'], progress: string): void {
    const now = performance.now();
    const isNew = state !== this.lastState;
    if (!isNew && (state !== 'sending' || now - this.spokenAt < SPOKEN_MS)) return;
    this.lastState = state;
    this.spokenAt = now;
    const key = state.charAt(0).toUpperCase() + state.slice(1);
    this.find('[data-status]').textContent = isNew ? this.words.say(key) : progress;
  }

  private async pauseOrGoOn(): Promise<void> {
    if (!this.sending) return;
    if (this.sending.isPaused) this.sending.go();
    else await this.sending.pause();
  }

  private async cancel(): Promise<void> {
    this.shrinking?.abort();
    const later = this.words.say('CancelledLater');
    const removed = (): void => {
      // Only where nothing else was said since.
      if (this.find('[data-guess]').textContent === later) this.guess(this.words.say('Cancelled'));
    };
    const isRemoved = this.sending ? await this.sending.cancel(removed) : true;
    this.reset(isRemoved ? this.words.say('Cancelled') : later);
  }

  /** The form again, with a sentence about what was. */
  private reset(sentence: string): void {
    this.sending = undefined;
    this.resumes = undefined;
    this.lastState = '';
    this.find('[data-panel]').hidden = true;
    this.form.hidden = false;
    this.guess(sentence);
    this.input.focus();
  }

  private shrinker(): Promise<Shrinker> {
    return import(this.box.dataset.shrinker ?? '') as Promise<Shrinker>;
  }

  private guess(text: string): void {
    this.find('[data-guess]').textContent = text;
  }

  private hint(text: string): void {
    this.find('[data-shrink-hint]').textContent = text;
  }

  private find<T extends HTMLElement = HTMLElement>(selector: string): T {
    const found = this.box.querySelector<T>(selector);
    if (!found) throw new Error(`The page has no ${selector}`);
    return found;
  }
}

const box = document.querySelector<HTMLElement>('[data-video-upload]');
const form = box?.querySelector<HTMLFormElement>('form[data-send]');
if (box && form) new VideoUpload(box, form).start();
