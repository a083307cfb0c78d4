import { Body, Controller, Get, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ForPerson } from '../../shared/access/access-rule.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import { fieldDetail } from '../../shared/errors/problem.js';
import { type FormBody, formText } from '../../shared/web/form-text.js';
import type { TermsOffer } from '../engine/scenario.js';
import type { OpenShop } from '../shop.service.js';
import { OwnShop } from './own-shop.js';
import { ShopRooms } from './shop-rooms.js';
import { presentTerms } from './terms.presenter.js';

/** Where the trainee says what delivery costs and how goods come back. */
@Controller('practice/:scenario/terms')
export class TermsPagesController {
  constructor(private readonly rooms: ShopRooms) {}

  @Get()
  @ForPerson()
  form(@Res() reply: FastifyReply, @OwnShop() shop: OpenShop): Promise<void> {
    return this.rooms.show(reply, 'terms', presentTerms(shop, offerOf(shop), reply.request.locale));
  }

  @Post()
  @ForPerson()
  save(@Res() reply: FastifyReply, @OwnShop() shop: OpenShop, @Body() body: FormBody): Promise<void> {
    const { locale } = reply.request;
    const offer = offerOf(shop);
    const typed = {
      deliveryFee: formText(body, 'deliveryFee'),
      returnDays: formText(body, 'returnDays'),
      refund: formText(body, 'refund'),
    };
    return this.rooms.write(reply, shop, 'terms', {
      deed: {
        ...{ id: formText(body, 'id'), kind: 'terms.save' },
        ...numbers(typed),
        ...(typed.refund === '' ? {} : { refund: typed.refund }),
      },
      done: { path: '/products', key: 'practice:did.terms.save' },
      refused: (problems) =>
        presentTerms(shop, offer, locale, {
          typed,
          errors: Object.fromEntries(
            problems.map((one) => [one.pointer.split('/')[1] ?? '', fieldDetail(locale, one)]),
          ),
        }),
    });
  }
}

/** @throws NotFound in a shop whose terms are not for the trainee to choose */
function offerOf({ scenario }: OpenShop): TermsOffer {
  if (!scenario.terms) throw new NotFound('terms');
  return scenario.terms;
}

/** What was tapped as numbers; what is none stays text, for the reader of deeds to refuse. */
function numbers(typed: {
  readonly deliveryFee: string;
  readonly returnDays: string;
}): Readonly<Record<string, number | string>> {
  return Object.fromEntries(
    (['deliveryFee', 'returnDays'] as const)
      .filter((name) => typed[name] !== '')
      .map((name) => [name, /^\d{1,8}$/.test(typed[name]) ? Number(typed[name]) : typed[name]]),
  );
}
