import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { InvalidFields } from '../../shared/errors/domain-error.js';
import type { Locale } from '../../shared/i18n/i18n.js';
import { type PageOptions, PageRenderer } from '../../shared/web/page-renderer.js';
import type { OpenShop } from '../open-shop.js';
import { ShopService } from '../shop.service.js';
import type { Writing } from './room-writings.js';
import { placeAt, type Room, titleOf } from './rooms.js';

/** Scripts of a shop's rooms: what stores it, and keeps it in step. */
export const SHOP_SCRIPTS = ['offline.js'];
const VIEWS = 'practice/web/views';

/** Shows the rooms of a shop, and writes what was typed in them. */
@Injectable()
export class ShopRooms {
  constructor(
    private readonly service: ShopService,
    private readonly pages: PageRenderer,
  ) {}

  /** Sends the room at a place below the shop's address. @throws NotFound */
  async show(reply: FastifyReply, shop: OpenShop, path: string): Promise<void> {
    const place = placeAt(shop, path, reply.request.locale);
    if ('elsewhere' in place)
      return this.pages.redirect(reply, `/practice/${shop.scenario.slug}${place.elsewhere}`);
    await this.send(reply, shop, place.room, place.model);
  }

  /** Sends a room as it was left, without anything being done. */
  async send(reply: FastifyReply, shop: OpenShop, room: Room, model: object): Promise<void> {
    const { locale } = reply.request;
    const kept = withKeeping(shop, room, model, locale);
    await this.pages.send(reply, `${VIEWS}/${room}.hbs`, optionsOf(shop, room, locale), kept);
  }

  /** Bytes of the shop's own page, before it is packed for the way. */
  async weigh(request: FastifyRequest, shop: OpenShop): Promise<number> {
    const place = placeAt(shop, '', request.locale);
    const model = 'model' in place ? place.model : {};
    const options = {
      ...optionsOf(shop, 'counter', request.locale),
      path: `/practice/${shop.scenario.slug}`,
    };
    const kept = withKeeping(shop, 'counter', model, request.locale);
    return this.pages.weigh(request, `${VIEWS}/counter.hbs`, options, kept);
  }

  /** Does a deed; a mistake in its fields shows the room again with 422, and nothing has changed. */
  async write(reply: FastifyReply, shop: OpenShop, { room, deed, done, refused }: Writing): Promise<void> {
    try {
      await this.service.act(shop.row.personId, shop.row.id, deed);
    } catch (error) {
      if (!(error instanceof InvalidFields)) throw error;
      return this.refuse(reply, shop, room, refused(error.errors));
    }
    const path = `/practice/${shop.scenario.slug}${done.path}`;
    await this.pages.redirect(reply, path, { kind: 'success', key: done.key });
  }

  async refuse(
    reply: FastifyReply,
    shop: OpenShop,
    room: Room,
    model: object,
    status?: number,
  ): Promise<void> {
    const { locale } = reply.request;
    const kept = withKeeping(shop, room, model, locale);
    await this.pages.refuse(reply, `${VIEWS}/${room}.hbs`, optionsOf(shop, room, locale), kept, status);
  }
}

function optionsOf(shop: OpenShop, room: Room, locale: Locale): PageOptions {
  return { title: titleOf(shop, room, locale), scripts: SHOP_SCRIPTS };
}

/** A room, with what it tells the script that keeps the shop on a phone: each keeps it in step, the counter offers it. */
function withKeeping({ row, scenario }: OpenShop, room: Room, model: object, locale: Locale): object {
  const kept = {
    pack: {
      page: `/${locale}/practice/${scenario.slug}`,
      url: `/api/v1/practice/scenarios/${scenario.slug}/pack?lang=${locale}`,
      versionId: row.id,
    },
    owner: row.personId,
  };
  const head = 'head' in model ? { head: { ...(model.head as object), kept } } : {};
  return { ...model, ...head, ...(room === 'counter' ? kept : {}) };
}
