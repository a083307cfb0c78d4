import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type FieldError, InvalidFields } from '../../shared/errors/domain-error.js';
import { t } from '../../shared/i18n/i18n.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { type OpenShop, ShopService } from '../shop.service.js';

const VIEWS = 'practice/web/views';
/** Views of the shop and the word that is their title. */
const TITLES = {
  products: 'tabs.products',
  product: 'tabs.products',
  terms: 'shop.termsTitle',
  orders: 'tabs.orders',
  order: 'tabs.orders',
  label: 'label.title',
  bank: 'bank.title',
  messages: 'tabs.messages',
  book: 'tabs.book',
  exercises: 'tabs.exercises',
} as const;
export type Room = keyof typeof TITLES;

/** What is written in a form of a room, and what comes of it. */
export interface Writing {
  readonly deed: Readonly<Record<string, unknown>>;
  /** Where one goes when it is done, below the shop's address, and the sentence shown there. */
  readonly done: { readonly path: string; readonly key: string };
  /** The room again, with what was typed and what is wrong with it. */
  readonly refused: (problems: readonly FieldError[]) => object;
}

/** Shows the rooms of a shop, and writes what was typed in them. */
@Injectable()
export class ShopRooms {
  constructor(
    private readonly service: ShopService,
    private readonly pages: PageRenderer,
  ) {}

  async show(reply: FastifyReply, room: Room, model: object): Promise<void> {
    await this.pages.send(reply, `${VIEWS}/${room}.hbs`, titleOf(reply, room), model);
  }

  /** Does a deed; a mistake in its fields shows the room again with 422, and nothing has changed. */
  async write(
    reply: FastifyReply,
    shop: OpenShop,
    room: Room,
    { deed, done, refused }: Writing,
  ): Promise<void> {
    try {
      await this.service.act(shop.row.personId, shop.row.id, deed);
    } catch (error) {
      if (!(error instanceof InvalidFields)) throw error;
      return this.refuse(reply, room, refused(error.errors));
    }
    const path = `/practice/${shop.scenario.slug}${done.path}`;
    await this.pages.redirect(reply, path, { kind: 'success', key: done.key });
  }

  async refuse(reply: FastifyReply, room: Room, model: object, status?: number): Promise<void> {
    await this.pages.refuse(reply, `${VIEWS}/${room}.hbs`, titleOf(reply, room), model, status);
  }
}

function titleOf({ request }: FastifyReply, room: Room): { title: string } {
  return { title: t(request.locale, `practice:${TITLES[room]}`) };
}
