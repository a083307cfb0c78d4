import { createParamDecorator, type ExecutionContext, Injectable, type PipeTransform } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { PersonNotPicked } from '../../shared/access/access.errors.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import type { OpenShop } from '../open-shop.js';
import { ShopService } from '../shop.service.js';
import { playerOf } from './player.js';

interface Asked {
  readonly personId: string;
  readonly scenario: string;
}

const AskedShop = createParamDecorator((_: unknown, context: ExecutionContext): Asked => {
  const { actor, params } = context.switchToHttp().getRequest<FastifyRequest>();
  const personId = playerOf(actor);
  if (!personId) throw new PersonNotPicked();
  return { personId, scenario: (params as { scenario: string }).scenario };
});

@Injectable()
export class OwnShopPipe implements PipeTransform<Asked, Promise<OpenShop>> {
  constructor(private readonly service: ShopService) {}

  async transform({ personId, scenario }: Asked): Promise<OpenShop> {
    const shop = await this.service.current(personId, scenario);
    if (!shop) throw new NotFound('shop');
    return shop;
  }
}

/** The shop that the signed-in person plays in the route's `:scenario`; 404 before they have opened it. */
export const OwnShop = (): ParameterDecorator => AskedShop(OwnShopPipe);
