import { Injectable } from '@nestjs/common';
import { DomainError } from '../../shared/errors/domain-error.js';
import { failureOf } from '../../shared/errors/problem.js';
import { NotAPhoto, PhotoTooLarge, PhotoUnusable } from '../../shared/files/photo.errors.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { type FormBody, formText } from '../../shared/web/form-text.js';
import { OWN_PHOTO } from '../engine/action.js';
import type { Good } from '../engine/scenario.js';
import { ShopPhotos } from '../shop-photo.service.js';
import type { OpenShop } from '../open-shop.js';
import { typedSheet } from './form-sheet.js';
import type { TypedSheet } from './product.presenter.js';

/** The shop after the photo of a form, what was typed beside it, and what is wrong with the photo. */
export interface PhotoTaken {
  readonly shop: OpenShop;
  readonly typed: TypedSheet;
  readonly errors?: Readonly<Record<string, string>>;
  readonly status?: number;
}

/** The photo in the form of a product sheet. */
@Injectable()
export class FormPhoto {
  constructor(private readonly photos: ShopPhotos) {}

  /** Takes the photo that the form carries, or takes the kept one away; without either nothing changes. */
  async take(shop: OpenShop, good: Good, body: FormBody, locale: Locale): Promise<PhotoTaken> {
    const typed = typedSheet(body);
    const photo: unknown = body?.['photo'];
    const given = { id: formText(body, 'photoId'), good: good.id };
    const { id: shopId, personId } = shop.row;
    const deed = formText(body, 'do');
    try {
      if (Buffer.isBuffer(photo) && photo.length > 0) {
        const after = await this.photos.put(personId, shopId, { ...given, photo });
        return { shop: after, typed: { ...typed, picture: OWN_PHOTO } };
      }
      if (deed === 'no-photo' && shop.state.photos.has(good.id)) {
        const after = await this.photos.remove(personId, shopId, given);
        const picture = typed.picture === OWN_PHOTO ? (good.pictures[0] ?? '') : typed.picture;
        return { shop: after, typed: { ...typed, picture } };
      }
    } catch (error) {
      if (!isAboutPhoto(error)) throw error;
      const text = t(locale, `errors:${error.code}.detail`, error.params);
      return { shop, typed, errors: { photo: text }, status: failureOf(error).status };
    }
    if (deed !== 'photo') return { shop, typed };
    return { shop, typed, errors: { photo: t(locale, 'practice:photo.missing') } };
  }
}

function isAboutPhoto(error: unknown): error is DomainError {
  return error instanceof PhotoTooLarge || error instanceof NotAPhoto || error instanceof PhotoUnusable;
}
