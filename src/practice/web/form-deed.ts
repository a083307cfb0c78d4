import type { Locale } from '../../shared/i18n/i18n.js';
import { formText } from '../../shared/web/form-text.js';
import { DeedRefused } from '../practice.errors.js';
import type { OpenShop, ShopKeeper } from '../open-shop.js';
import { momentOf } from './frame.presenter.js';

/** Members of a deed that a form of one button may send. */
const MEMBERS = [
  'id',
  'kind',
  'name',
  'good',
  'order',
  'code',
  'carrier',
  'channel',
  'chat',
  'choice',
  'line',
];
const BACK = /^\/practice\/[a-z0-9-]+(\/[a-z0-9-]+){0,3}$/;

/** Where a form leads, and the sentence that is shown there. */
export interface FormAnswer {
  readonly path: string;
  readonly flash: {
    readonly kind: 'success' | 'info' | 'warning';
    readonly key: string;
    readonly params?: Record<string, string | number>;
  };
}

/**
 * Does the deed of a form. What the shop's state does not allow comes back as a sentence on the page: the button was
 * there when the page was made, so nobody is to blame.
 *
 * @throws InvalidFields for a form that no page of ours has
 */
export async function doFromForm(
  service: ShopKeeper,
  shop: OpenShop,
  body: Readonly<Record<string, unknown>>,
  locale: Locale,
): Promise<FormAnswer> {
  const sent = Object.fromEntries(
    MEMBERS.filter((name) => name in body).map((name) => [name, formText(body, name)]),
  );
  const back = formText(body, 'back');
  const path = BACK.test(back) ? back : `/practice/${shop.scenario.slug}`;
  try {
    const after = await service.act(shop.row.personId, shop.row.id, sent);
    const kind = formText(body, 'kind');
    if (!kind.startsWith('clock.')) return { path, flash: { kind: 'success', key: `practice:did.${kind}` } };
    const moment = momentOf(after.state.now, locale);
    return { path, flash: { kind: 'info', key: 'practice:did.clock', params: { moment } } };
  } catch (error) {
    if (!(error instanceof DeedRefused)) throw error;
    return { path, flash: { kind: 'warning', key: `errors:${error.code}.detail` } };
  }
}
