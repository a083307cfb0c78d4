import { packAt, type StoredPack } from './database.js';
import { Download, filesFor, type ListedPack, listPack, missingOf, Stopped } from './download.js';
import { keyOf, removePack, weightOf } from './packs.js';
import { sizeText } from './sizes.js';

type State = 'none' | 'loading' | 'cut' | 'stored' | 'newer';

/** The part of a lesson's page that stores it: sizes first, then how far it is, then what is here. */
export class KeepPanel {
  private download: Download | undefined;
  private listed: ListedPack | undefined;
  /** False after somebody said "later" to a newer version. */
  private offersNewer = true;

  constructor(
    private readonly root: HTMLElement,
    private readonly owner: string,
    private readonly page: string,
  ) {
    const on = (name: string, deed: () => Promise<void>): void =>
      root
        .querySelectorAll(`[data-deed="${name}"]`)
        .forEach((button) => button.addEventListener('click', () => void deed()));
    on('full', () => this.fetch(true));
    on('light', () => this.fetch(false));
    on('continue', async () => this.fetch((await this.unfinished())?.withVideo ?? false));
    on('take', async () => this.fetch((await this.stored())?.withVideo ?? false));
    on('later', async () => {
      this.offersNewer = false;
      await this.show();
    });
    on('cancel', () => this.cancel());
    on('remove', () => this.remove());
  }

  /** Shows what is on this phone, and what may be fetched. @param newest version that the server has now */
  async show(newest?: string): Promise<void> {
    const stored = await this.stored();
    const unfinished = await this.unfinished();
    if (unfinished && !stored) return this.become('cut');
    if (!stored) {
      this.become('none');
      return this.showSizes();
    }
    this.write('[data-stored-size]', sizeText(weightOf(stored.files)));
    this.part('[data-stored-light]', !stored.withVideo && this.hasVideo);
    if (newest !== undefined && newest !== stored.versionId && this.offersNewer)
      return this.offerNewer(stored);
    this.become('stored');
    await this.showRoom();
  }

  private get hasVideo(): boolean {
    return document.querySelector('[data-player]') !== null;
  }

  private stored(): Promise<StoredPack | undefined> {
    return packAt(keyOf(this.owner, this.page)).then((pack) => (pack?.state === 'stored' ? pack : undefined));
  }

  private async unfinished(): Promise<StoredPack | undefined> {
    const fresh = await packAt(keyOf(this.owner, this.page));
    return fresh?.state === 'loading' ? fresh : packAt(keyOf(this.owner, this.page, true));
  }

  private async offerNewer({ withVideo }: StoredPack): Promise<void> {
    try {
      const listed = await this.list();
      this.write('[data-newer-size]', sizeText(await missingOf(this.owner, filesFor(listed, withVideo))));
      this.become('newer');
    } catch {
      this.become('stored');
    }
  }

  private async showSizes(): Promise<void> {
    try {
      const listed = await this.list();
      for (const withVideo of [true, false])
        this.write(
          withVideo ? '[data-full-size]' : '[data-light-size]',
          sizeText(await missingOf(this.owner, filesFor(listed, withVideo))),
        );
      this.part('[data-deed="full"]', this.hasVideo);
      this.part('[data-with-video]', this.hasVideo);
      await this.showRoom();
      this.root.hidden = false;
    } catch {
      // Without a size nothing is offered: what it costs is said first.
      this.root.hidden = true;
    }
  }

  private async showRoom(): Promise<void> {
    const { quota, usage } = (await navigator.storage?.estimate?.()) ?? {};
    if (quota === undefined || usage === undefined) return;
    this.write('[data-used]', sizeText(usage));
    this.write('[data-free]', sizeText(Math.max(0, quota - usage)));
    this.part('[data-room]', true);
  }

  private async list(): Promise<ListedPack> {
    this.listed ??= await listPack(this.root.dataset['pack'] ?? '', this.owner);
    return this.listed;
  }

  private async fetch(withVideo: boolean): Promise<void> {
    if (this.download) return;
    this.become('loading');
    // Asked once and while somebody wants it: a browser then keeps the lessons when it needs room.
    void navigator.storage?.persist?.().catch(() => false);
    try {
      this.download = new Download(this.owner, await this.list(), withVideo, (done, total) =>
        this.tell(done, total),
      );
      await this.download.run();
      this.download = undefined;
      const isNewer = this.root.dataset['version'] !== this.listed?.versionId;
      if (isNewer) return location.reload();
      await this.show();
    } catch (error) {
      this.download = undefined;
      this.stop(error instanceof Stopped ? error.why : 'network');
    }
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
    const unfinished = await this.unfinished();
    if (unfinished) await removePack(unfinished);
    await this.show();
  }

  private async remove(): Promise<void> {
    const stored = await this.stored();
    if (!stored || !confirm(this.root.dataset['question'])) return;
    await removePack(stored);
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
