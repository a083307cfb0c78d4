import { filesHere, type Stopped, whyOf } from './download.js';
import type { Fetching, Here, Keeping } from './keeping.js';
import { weightOf } from './packs.js';
import { sizeText } from './sizes.js';
import { Watched } from './tally.js';
import { isAtWork } from './turns.js';

type State = 'none' | 'loading' | 'cut' | 'stored' | 'newer';

/** How often it is looked whether the page that fetches is still there. */
const LOOK_MS = 1_000;

/** The part of a page that stores what is on it: sizes first, then how far it is, then what is here. */
export class KeepPanel {
  private download: Fetching | undefined;
  private watched: Watched | undefined;
  /** False after somebody said "later" to a newer version. */
  private offersNewer = true;
  private isRemoving = false;

  constructor(
    private readonly root: HTMLElement,
    private readonly owner: string,
    private readonly kept: Keeping,
    private readonly onStored: () => void,
  ) {
    const on = (name: string, deed: () => Promise<void>): void =>
      root
        .querySelectorAll(`[data-deed="${name}"]`)
        .forEach((button) => button.addEventListener('click', () => void deed()));
    on('full', () => this.fetch(true));
    on('light', () => this.fetch(false));
    on('continue', async () => this.fetch((await kept.unfinished())?.withVideo ?? false));
    on('take', async () => this.fetch((await kept.stored())?.withVideo ?? false));
    on('later', async () => {
      this.offersNewer = false;
      await this.show();
    });
    on('cancel', () => this.cancel());
    on('remove', () => this.remove());
  }

  /** Shows what is on this phone, and what may be fetched. @param newest version that the server has now */
  async show(newest?: string): Promise<void> {
    if (this.download || this.watched || this.isRemoving) return;
    if (await isAtWork(this.kept.name)) return this.watch();
    if (await this.kept.unfinished()) return this.become('cut');
    const stored = await this.kept.stored();
    if (!stored) {
      this.become('none');
      return this.showSizes();
    }
    this.write('[data-stored-size]', sizeText(stored.bytes));
    this.part('[data-stored-light]', !stored.withVideo && this.hasVideo);
    this.part('[data-add]', false);
    if (newest !== undefined && newest !== stored.versionId && this.offersNewer)
      return this.offerNewer(stored);
    this.become('stored');
    await this.showRoom();
    if (!stored.withVideo && this.hasVideo) await this.offerVideo(stored);
  }

  private get hasVideo(): boolean {
    return 'video' in this.root.dataset;
  }

  private async offerNewer({ withVideo }: Here): Promise<void> {
    try {
      const listed = await this.kept.list();
      this.write('[data-newer-size]', await this.missing(listed.filesFor(withVideo)));
      this.become('newer');
    } catch {
      this.become('stored');
    }
  }

  /** The light copy stays what it is until the video is there, too. */
  private async offerVideo({ versionId }: Here): Promise<void> {
    const listed = await this.kept.list().catch(() => undefined);
    if (listed?.versionId !== versionId) return;
    this.write('[data-add-size]', await this.missing(listed.filesFor(true)));
    this.part('[data-add]', true);
  }

  private async showSizes(): Promise<void> {
    try {
      const listed = await this.kept.list();
      this.write('[data-full-size]', await this.missing(listed.filesFor(true)));
      this.write('[data-light-size]', await this.missing(listed.filesFor(false)));
      this.part('[data-deed="full"]', this.hasVideo);
      this.part('[data-with-video]', this.hasVideo);
      const { here = 0, all = 0 } = listed.some ?? {};
      const some = this.root.querySelector<HTMLElement>('[data-some]');
      const words = some?.dataset['some'] ?? '';
      if (some) some.textContent = words.replace('%a', String(here)).replace('%b', String(all));
      this.part('[data-some]', here > 0);
      this.part('[data-remove-some]', here > 0);
      await this.showRoom();
      this.root.hidden = false;
    } catch {
      // Without a size nothing is offered: what it costs is said first.
      this.root.hidden = true;
    }
  }

  private async missing(files: Parameters<typeof filesHere>[1]): Promise<string> {
    const here = new Set(await filesHere(this.owner, files));
    return sizeText(weightOf(files.filter((file) => !here.has(file))));
  }

  private async showRoom(): Promise<void> {
    const { quota, usage } = (await navigator.storage?.estimate?.()) ?? {};
    if (quota === undefined || usage === undefined) return;
    this.write('[data-used]', sizeText(usage));
    this.write('[data-free]', sizeText(Math.max(0, quota - usage)));
    this.part('[data-room]', true);
  }

  private async fetch(withVideo: boolean): Promise<void> {
    if (this.download || this.watched) return;
    this.become('loading');
    // Asked once and while somebody wants it: a browser then keeps the lessons when it needs room.
    void navigator.storage?.persist?.().catch(() => false);
    try {
      this.download = await this.kept.fetching(withVideo, (done, total) => this.tell(done, total));
      const isOurs = await this.download.run();
      this.download = undefined;
      if (!isOurs) return this.watch();
      await this.arrive();
    } catch (error) {
      this.download = undefined;
      this.stop(whyOf(error));
    }
  }

  /** Another page of this phone is at it: its progress is shown, and nothing is fetched twice. */
  private watch(): void {
    this.become('loading');
    const watched = new Watched(this.kept.name, (done, total) => this.tell(done, total));
    this.watched = watched;
    const look = async (): Promise<void> => {
      if (await isAtWork(this.kept.name)) return;
      clearInterval(timer);
      watched.end();
      this.watched = undefined;
      if ((await this.kept.unfinished()) || !(await this.kept.stored())) await this.show();
      else await this.arrive();
    };
    const timer = setInterval(() => void look(), LOOK_MS);
  }

  private async arrive(): Promise<void> {
    if ((await this.kept.stored())?.versionId !== this.root.dataset['version']) return location.reload();
    await this.show();
    this.onStored();
  }

  private stop(why: Stopped['why']): void {
    if (why === 'cancelled') return void this.show();
    for (const reason of ['network', 'space', 'server'])
      this.part(`[data-reason="${reason}"]`, reason === why);
    this.become('cut');
  }

  private tell(done: number, total: number): void {
    const bar = this.root.querySelector('progress');
    if (bar) [bar.max, bar.value] = [total, done];
    this.write('[data-done]', sizeText(done));
    this.write('[data-total]', sizeText(total));
  }

  private async cancel(): Promise<void> {
    if (this.download) return this.download.cancel();
    if (this.watched) return this.watched.cancel();
    await this.kept.dropUnfinished();
    await this.show();
  }

  private async remove(): Promise<void> {
    if (!confirm(this.root.dataset['question'])) return;
    this.isRemoving = true;
    await this.kept.remove();
    this.isRemoving = false;
    await this.show();
  }

  private become(state: State): void {
    if (state !== 'none') this.root.hidden = false;
    for (const part of this.root.querySelectorAll<HTMLElement>('[data-state]'))
      part.hidden = part.dataset['state'] !== state;
  }

  private part(selector: string, visible: boolean): void {
    for (const element of this.root.querySelectorAll<HTMLElement>(selector)) element.hidden = !visible;
  }

  private write(selector: string, text: string): void {
    for (const element of this.root.querySelectorAll(selector)) element.textContent = text;
  }
}
