import { buffer } from 'node:stream/consumers';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import sharp from 'sharp';
import { Clock } from '../shared/clock/clock.js';
import { wallTimeOf } from '../shared/clock/wall-time.js';
import { DEFAULT_ZONE } from '../shared/clock/zone-data.js';
import { FileStore } from '../shared/files/file-store.js';
import type { Locale } from '../shared/i18n/i18n.js';
import { lettersNotInFonts } from '../shared/print/letters-not-in-fonts.js';
import { compiledScript, WorkerPool, WorkFailed } from '../shared/workers/worker-pool.js';
import { OWN_PHOTO } from './engine/action.js';
import type { SheetState } from './engine/state.js';
import { drawingOf } from './pictures.js';
import {
  type CatalogueSheet,
  catalogueSheet,
  publishedSheets,
  withoutLetters,
} from './print/catalogue-sheet.js';
import type { CatalogueWork } from './print/catalogue.worker.js';
import { ShopPhotos } from './shop-photo.service.js';
import type { OpenShop } from './open-shop.js';

const IDLE_MS = 60_000;
const HEAP_MB = 128;
/** Longest side of a printed photo, in pixels: half a page of A4 at 200 dots an inch. */
const PRINTED_SIDE = 800;
const QUALITY = 82;
/** What is left of a letter that was made of several may itself be missing. */
const MOST_TRIES = 4;

/** Prints the catalogue of a practice shop, in a thread of its own. */
@Injectable()
export class CataloguePrinter implements OnModuleDestroy {
  private readonly threads = new WorkerPool<CatalogueWork, Uint8Array>({
    script: compiledScript(import.meta.url, './print/catalogue.worker.js'),
    threads: 1,
    idleMs: IDLE_MS,
    heapMb: HEAP_MB,
  });

  constructor(
    private readonly photos: ShopPhotos,
    private readonly files: FileStore,
    private readonly clock: Clock,
  ) {}

  onModuleDestroy(): Promise<void> {
    return this.threads.close();
  }

  /** The PDF in one language; letters that no font has are left out, and it says so. */
  async pdf(shop: OpenShop, locale: Locale, address: string): Promise<Buffer> {
    const pictures = new Map<SheetState, string>();
    const files: Record<string, Uint8Array> = {};
    for (const sheet of publishedSheets(shop)) {
      const { name, content } = await this.pictureOf(shop, sheet);
      pictures.set(sheet, name);
      files[name] = content;
    }
    const { localDate: today } = wallTimeOf(this.clock.now(), DEFAULT_ZONE);
    const sheet = catalogueSheet(shop, locale, {
      today,
      address,
      pictureOf: (one) => pictures.get(one) ?? '',
    });
    return this.print(sheet, files);
  }

  private async print(
    sheet: CatalogueSheet,
    files: CatalogueWork['files'],
    tries = MOST_TRIES,
  ): Promise<Buffer> {
    try {
      return Buffer.from(await this.threads.run({ sheet, files }));
    } catch (error) {
      const letters = error instanceof WorkFailed ? lettersNotInFonts(error.message) : '';
      if (letters === '' || tries <= 1) throw error;
      return this.print(withoutLetters(sheet, letters), files, tries - 1);
    }
  }

  private async pictureOf(
    { row, scenario }: OpenShop,
    { good, picture }: SheetState,
  ): Promise<{ name: string; content: Uint8Array }> {
    const hash = picture === OWN_PHOTO ? await this.photos.hashOf(row.id, good) : undefined;
    const isThere = hash !== undefined && (await this.files.stat(hash)) !== undefined;
    if (isThere) return { name: `own-${good}.jpg`, content: await this.printed(hash) };
    const drawn = picture === OWN_PHOTO ? scenario.goods.find(({ id }) => id === good)?.pictures[0] : picture;
    const drawing = drawingOf(drawn ?? 'unknown') ?? drawingOf('unknown');
    return { name: `${drawn}.svg`, content: drawing ?? new Uint8Array() };
  }

  /** As JPEG, which a PDF holds as it is. */
  private async printed(hash: string): Promise<Uint8Array> {
    return sharp(await buffer(await this.files.read(hash)))
      .resize({ width: PRINTED_SIDE, height: PRINTED_SIDE, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: QUALITY })
      .toBuffer();
  }
}
