import type { LocalizedText } from '../../shared/i18n/locales.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { marginOf } from '../engine/margin.js';
import type { Scenario } from '../engine/scenario.js';
import { MINUTES_A_DAY, type OrderState, WALLET_CEILINGS } from '../engine/state.js';
import { deliveryFeeOf } from '../engine/world.js';
import type { OpenShop } from '../open-shop.js';
import { titleOf } from './book.presenter.js';
import { addressOf } from './frame.presenter.js';
import type { ChatDto, OrderDto, ScenarioDto, ScoreDto, SheetDto, ShopDto, TermsDto } from './shop.dto.js';

/** A scenario that one may begin; nothing of its script. */
export function presentScenario(scenario: Scenario, locale: Locale): ScenarioDto {
  const { slug, course, days, exercises } = scenario;
  const say = sayIn(locale);
  const max = exercises.reduce((sum, { points }) => sum + points, 0);
  return { slug, course, days, max, title: say(scenario.title), summary: say(scenario.summary) };
}

/** A shop as its owner sees it: what has come, never what will, nor what a paper is really worth. */
export function presentShop(shop: OpenShop, locale: Locale): ShopDto {
  const { row, scenario, state } = shop;
  const say = sayIn(locale);
  const { level, balance, raising } = state.wallet;
  return {
    ...{ id: row.id, scenario: scenario.slug, number: row.number, address: addressOf(shop) },
    ...{ now: state.now, isOver: state.now >= scenario.days * MINUTES_A_DAY, name: state.name },
    terms: presentTerms(shop),
    goods: scenario.goods.map(
      ({ id, name, pictures, stock, grams, materials, minutes, hourRate, packaging, commission }) => ({
        ...{ id, name: say(name), pictures: [...pictures], stock, grams },
        ...{ materials, minutes, hourRate, packaging, commission },
      }),
    ),
    sheets: presentSheets(shop),
    orders: [...state.orders.values()]
      .filter(({ arrivedAt }) => arrivedAt >= 0)
      .map((order) => presentOrder(scenario, order, locale)),
    chats: presentChats(shop, locale),
    papers: state.papers.map(({ id, at, kind, order, figures }) => ({
      ...{ id, at, figures: [...figures] },
      title: titleOf(shop, id, kind, order, locale),
    })),
    book: state.book.map(({ id, paper, amount }) => ({ id, paper, amount })),
    wallet: { level, balance, raising, ceiling: WALLET_CEILINGS[level] ?? 0 },
    score: presentScore(shop, locale),
  };
}

function presentTerms({ scenario: { terms: offer }, state }: OpenShop): TermsDto {
  return {
    deliveryFee: deliveryFeeOf(state),
    returnDays: state.terms?.returnDays ?? null,
    refund: state.terms?.refund ?? null,
    offered: offer ? { deliveryFees: [...offer.deliveryFees], returnDays: [...offer.returnDays] } : null,
  };
}

function sayIn(locale: Locale): (text: LocalizedText | undefined) => string {
  return (text) => text?.[locale] ?? text?.fr ?? '';
}

function presentSheets({ scenario, state }: OpenShop): SheetDto[] {
  return scenario.goods.flatMap((good) => {
    const sheet = state.sheets.get(good.id);
    if (!sheet) return [];
    const { titleFr, titleAr, price, stock, picture, counted, published } = sheet;
    const margin = marginOf(good, price, counted);
    return [
      { good: good.id, titleFr, titleAr, price, stock, picture, counted: [...counted], published, margin },
    ];
  });
}

function presentOrder(scenario: Scenario, order: OrderState, locale: Locale): OrderDto {
  const { script, status, payment, total, arrivedAt, refundDue } = order;
  const say = sayIn(locale);
  const customer = scenario.customers.find(({ id }) => id === script.customer);
  return {
    ...{ id: script.id, customer: say(customer?.name), city: say(customer?.city) },
    ...{ good: script.good, quantity: script.quantity, method: script.method },
    ...{ status, payment, total, arrivedAt, refundDue },
    steps: order.steps.map(({ at, what }) => ({ at, what, text: t(locale, `practice:step.${what}`) })),
  };
}

function presentChats({ scenario, state }: OpenShop, locale: Locale): ChatDto[] {
  const say = sayIn(locale);
  return scenario.chats.flatMap((script) => {
    const chat = state.chats.get(script.id);
    if (!chat) return [];
    const chosen = script.choices.find(({ id }) => id === chat.choice);
    const customer = scenario.customers.find(({ id }) => id === script.customer);
    return [
      {
        ...{ id: script.id, customer: say(customer?.name), text: say(script.text) },
        choices: script.choices.map(({ id, text }) => ({ id, text: say(text) })),
        ...{ choice: chosen?.id ?? null, reply: chosen ? say(chosen.reply) : null, missed: chat.missed },
      },
    ];
  });
}

function presentScore({ score }: OpenShop, locale: Locale): ScoreDto {
  const say = sayIn(locale);
  return {
    points: score.points,
    max: score.max,
    exercises: score.exercises.map(({ exercise, state, path, points, reasons }) => ({
      ...{ id: exercise.id, title: say(exercise.title), task: say(exercise.task) },
      ...{ state, points, max: exercise.points, path: path?.id ?? null, hint: path ? say(path.hint) : null },
      reasons: reasons.map(({ rule, points: count }) => ({ rule, points: count })),
    })),
  };
}
