/** The views of a shop as the server has them, compiled by the build. */
import Handlebars from 'handlebars/runtime';
import { icons } from 'built:icons';
import { directionOf, type Locale, t } from '../../../../shared/i18n/i18n.js';
import { registerHelpers } from '../../../../shared/web/handlebars/helpers.js';
import { view as alert } from '../../../../shared/web/views/partials/alert.hbs';
import { view as badge } from '../../../../shared/web/views/partials/badge.hbs';
import { view as button } from '../../../../shared/web/views/partials/button.hbs';
import { view as csrf } from '../../../../shared/web/views/partials/csrf.hbs';
import { view as disclosure } from '../../../../shared/web/views/partials/disclosure.hbs';
import { view as emptyState } from '../../../../shared/web/views/partials/empty-state.hbs';
import { view as errorSummary } from '../../../../shared/web/views/partials/error-summary.hbs';
import { view as field } from '../../../../shared/web/views/partials/field.hbs';
import { view as fieldNotes } from '../../../../shared/web/views/partials/field-notes.hbs';
import { view as linkButton } from '../../../../shared/web/views/partials/link-button.hbs';
import { view as listen } from '../../../../shared/web/views/partials/listen.hbs';
import { view as progress } from '../../../../shared/web/views/partials/progress.hbs';
import { view as route } from '../../../../shared/web/views/partials/route.hbs';
import { view as stop } from '../../../../shared/web/views/partials/stop.hbs';
import { view as tabs } from '../../../../shared/web/views/partials/tabs.hbs';
import type { Room } from '../../rooms.js';
import { view as bank } from '../../views/bank.hbs';
import { view as book } from '../../views/book.hbs';
import { view as counter } from '../../views/counter.hbs';
import { view as exercises } from '../../views/exercises.hbs';
import { view as label } from '../../views/label.hbs';
import { view as messages } from '../../views/messages.hbs';
import { view as order } from '../../views/order.hbs';
import { view as orders } from '../../views/orders.hbs';
import { view as deed } from '../../views/partials/practice-deed.hbs';
import { view as head } from '../../views/partials/practice-head.hbs';
import { view as orderCard } from '../../views/partials/practice-order.hbs';
import { view as product } from '../../views/product.hbs';
import { view as products } from '../../views/products.hbs';
import { view as terms } from '../../views/terms.hbs';

const VIEWS = {
  ...{ bank, book, counter, exercises, label, messages },
  ...{ order, orders, product, products, terms },
} satisfies Record<Room, unknown>;
const PARTIALS = {
  ...{ alert, badge, button, csrf, disclosure, field, listen, progress, route, stop, tabs },
  ...{ 'empty-state': emptyState, 'error-summary': errorSummary, 'field-notes': fieldNotes },
  ...{ 'link-button': linkButton, 'practice-deed': deed, 'practice-head': head, 'practice-order': orderCard },
};

const hbs = Handlebars.create();
registerHelpers(hbs, {
  translate: (locale, key, params) => t(locale, key, params as Record<string, string>),
  // A shop's views name no file of the build.
  asset: (name) => name,
  phone: (e164) => e164,
  icon: (name) => icons[name] ?? '',
});
for (const [name, view] of Object.entries(PARTIALS)) hbs.registerPartial(name, hbs.template(view));

const compiled = new Map<string, Handlebars.TemplateDelegate>();

function rendered(name: string, view: (typeof VIEWS)[Room], locale: Locale, model: object): string {
  const template = compiled.get(name) ?? hbs.template(view);
  compiled.set(name, template);
  return template({ ...model, page: { locale, dir: directionOf(locale) } });
}

/** A room as markup, as the server would send it inside its page. */
export function renderRoom(room: Room, locale: Locale, model: object): string {
  return rendered(room, VIEWS[room], locale, model);
}

/** A sentence at the top of the page. */
export function renderAlert(locale: Locale, kind: string, text: string): string {
  return rendered('alert', alert, locale, { kind, text, live: true });
}
