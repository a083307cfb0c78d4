import { type Locale, t } from '../../shared/i18n/i18n.js';
import type { OpenShop } from '../open-shop.js';
import { addressOf, type deedForm, momentOf, pictureHref, presentHead } from './frame.presenter.js';
import { presentOrderCard } from './order.presenter.js';

export type Forms = ReturnType<typeof deedForm>[];

/** What waits for the trainee, what they are to learn, and the last things that happened. */
export function presentCounter(shop: OpenShop, locale: Locale) {
  const { scenario, state, score } = shop;
  const base = `/${locale}/practice/${scenario.slug}`;
  const waiting = [...state.orders.values()].filter(({ status, refundDue }) => status === 'new' || refundDue);
  const talks = [...state.chats].filter(([, chat]) => chat.choice === '' && !chat.missed);
  return {
    head: presentHead(shop, 'counter', locale),
    hints: score.exercises
      .filter(({ state: at }) => at === 'wrong')
      .map(({ exercise, path }) => ({ title: exercise.title, hint: path?.hint })),
    orders: waiting.map((order) => presentOrderCard(shop, order, locale)),
    talks: talks.map(([id]) => {
      const script = scenario.chats.find((one) => one.id === id);
      const customer = scenario.customers.find((one) => one.id === script?.customer);
      return { href: `${base}/messages#chat-${id}`, name: customer?.name, text: script?.text };
    }),
    unnamed: state.name === '',
    productsHref: `${base}/products`,
    address: `/${locale}${addressOf(shop)}`,
    news: [...state.orders.values()]
      .flatMap(({ script, steps }) => steps.map((step) => ({ ...step, script })))
      .sort((a, b) => b.at - a.at)
      .slice(0, 6)
      .map(({ at, what, script }) => ({
        moment: momentOf(at, locale),
        text: t(locale, `practice:step.${what}`),
        name: scenario.customers.find(({ id }) => id === script.customer)?.name,
      })),
    again: { action: `${base}/open`, show: shop.row.actions.length > 0 },
  };
}

/** The first look at a scenario, before its shop is open. */
export function presentIntro(
  scenario: OpenShop['scenario'],
  locale: Locale,
  mayPlay: boolean,
  isKnown: boolean,
) {
  const base = `/${locale}/practice/${scenario.slug}`;
  return {
    title: scenario.title,
    summary: scenario.summary,
    days: scenario.days,
    pictures: scenario.goods.map(({ name, pictures: [picture = ''] }) => ({
      src: pictureHref(picture),
      name,
    })),
    exercises: scenario.exercises.map(({ title }) => title),
    listHref: `/${locale}/practice`,
    openAction: mayPlay ? `${base}/open` : undefined,
    signInHref: isKnown ? undefined : `/${locale}/sign-in?next=${base}`,
  };
}
