import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AppConfig } from '../../config/app-config.js';
import { publicAddress } from '../../config/public-address.js';
import { CataloguePrinter } from '../catalogue.printer.js';
import type { OpenShop } from '../open-shop.js';
import { catalogueCsv } from './catalogue.csv.js';
import { addressOf } from './frame.presenter.js';

/** The catalogue as files to download, for its owner; in the language of the request. */
@Injectable()
export class CatalogueFiles {
  constructor(
    private readonly printer: CataloguePrinter,
    private readonly config: AppConfig,
  ) {}

  async csv(reply: FastifyReply, shop: OpenShop): Promise<void> {
    await download(reply, 'catalogue.csv', 'text/csv; charset=utf-8').send(
      catalogueCsv(shop, reply.request.locale),
    );
  }

  async pdf(reply: FastifyReply, shop: OpenShop): Promise<void> {
    const { locale } = reply.request;
    const address = `${publicAddress(this.config).replace(/^https?:\/\//, '')}/${locale}${addressOf(shop)}`;
    const pdf = await this.printer.pdf(shop, locale, address);
    await download(reply, 'catalogue.pdf', 'application/pdf').send(pdf);
  }
}

function download(reply: FastifyReply, name: string, type: string): FastifyReply {
  return reply
    .type(type)
    .header('content-disposition', `attachment; filename="${name}"`)
    .header('cache-control', 'private, no-store');
}
