import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { type Locale, readWords, type Words } from '../../shared/i18n/i18n.js';
import { type BuiltFile, BuiltFiles, ON_EVERY_PAGE } from '../../shared/web/built-files.js';
import type { OpenShop } from '../open-shop.js';
import { drawingOf } from '../pictures.js';
import { pictureHref } from './frame.presenter.js';
import { titleOf } from './rooms.js';
import type { ShopPackDto, ShopPackFileDto, ShopWorldDto } from './shop-pack.dto.js';
import { SHOP_SCRIPTS, ShopRooms } from './shop-rooms.js';

/** What plays without a network. */
const PHONE_SCRIPT = 'shop-on-phone.js';
/** Whose words a shop's pages say. */
const SPOKEN = ['practice', 'web'];

/** What a phone needs to go on with a shop where there is no network. */
@Injectable()
export class ShopPacks {
  private readonly words = new Map<Locale, Words>();

  constructor(
    private readonly built: BuiltFiles,
    private readonly rooms: ShopRooms,
  ) {}

  /** Every file with its bytes; the page is weighed as it would be sent to whoever asks, in the request's language. */
  async list(request: FastifyRequest, shop: OpenShop): Promise<ShopPackDto> {
    const { locale } = request;
    const { row, scenario } = shop;
    const page = `/${locale}/practice/${scenario.slug}`;
    const app = [...ON_EVERY_PAGE, ...SHOP_SCRIPTS, PHONE_SCRIPT].map((name) => this.built.file(name));
    const files: ShopPackFileDto[] = [
      { url: page, bytes: await this.rooms.weigh(request, shop), part: 'page' },
      ...app.map(({ path, bytes }: BuiltFile) => ({ url: path, bytes, part: 'app' })),
      ...drawingsOf(shop).map(([name, drawing]) => ({
        url: pictureHref(name),
        ...{ bytes: drawing.length, part: 'lesson' },
      })),
      {
        url: this.worldHref(shop, locale),
        bytes: Buffer.byteLength(JSON.stringify(this.world(shop, locale))),
        part: 'lesson',
      },
    ];
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    const title = titleOf(shop, 'counter', locale);
    return { slug: scenario.slug, title, versionId: row.id, lang: locale, page, bytes, files };
  }

  /** The shop, its scenario and its words: all that the engine and the pages are made of. */
  world({ row, scenario }: OpenShop, locale: Locale): ShopWorldDto {
    return { row, scenario, lang: locale, words: this.wordsOf(locale) };
  }

  /** Another address once more was done, or other words are said, so that a phone fetches it anew. */
  private worldHref({ row }: OpenShop, locale: Locale): string {
    const words = createHash('sha256')
      .update(JSON.stringify(this.wordsOf(locale)))
      .digest('hex')
      .slice(0, 8);
    return `/api/v1/practice/shops/${row.id}/world?lang=${locale}&done=${row.actions.length}&words=${words}`;
  }

  private wordsOf(locale: Locale): Words {
    const known = this.words.get(locale);
    if (known) return known;
    const all = readWords(locale);
    const words: Words = Object.fromEntries(SPOKEN.map((name) => [name, all[name] ?? {}]));
    // Of the sentences of errors those of a shop, and of the fields of its forms.
    words['errors'] = Object.fromEntries(
      Object.entries(all['errors'] ?? {}).filter(
        ([code]) => code === 'field' || code === 'not-found' || code.startsWith('practice-'),
      ),
    );
    this.words.set(locale, words);
    return words;
  }
}

/** Of the goods, of those who buy them, of what they show. */
function drawingsOf({ scenario }: OpenShop): Array<[string, Buffer]> {
  const { goods, customers, chats } = scenario;
  const names = new Set([
    ...goods.flatMap(({ pictures }) => pictures),
    ...[...customers, ...chats].flatMap(({ picture }) => picture ?? []),
    ...['unknown', 'phone-transfer'],
  ]);
  return [...names].flatMap((name): Array<[string, Buffer]> => {
    const drawing = drawingOf(name);
    return drawing ? [[name, drawing]] : [];
  });
}
