import { isScalar } from 'yaml';
import { UniqueNames, YamlMapReader } from '../../courses/public.js';
import {
  CARD_OUTCOMES,
  type CardOutcome,
  CASH_HABITS,
  type ChatChoice,
  type ChatScript,
  type OrderScript,
  PAYMENT_METHODS,
} from '../engine/scenario.js';
import { LAST_HOUR } from './goods.reader.js';
import { readDirhams, readPicture, readWords, type References, refuseUnknown } from './scenario-map.js';

/** Reads `orders`. */
export function readOrders(map: YamlMapReader, references: References): OrderScript[] {
  const ids = new UniqueNames('order');
  return map.list('orders', { min: 1, max: 40 }).map((node) => {
    const order = YamlMapReader.of(map.file, node, 'an order');
    const hours = (key: string): number | undefined =>
      order.keys().includes(key) ? order.number(key, { min: 0, max: LAST_HOUR }) : undefined;
    const [hour, transferHours, returnHours] = [hours('hour'), hours('transferHours'), hours('returnHours')];
    const dirhams = (key: string, min: number): number | undefined =>
      order.keys().includes(key) ? readDirhams(order, key, { min, max: 100_000 }) : undefined;
    const [upTo, deliveryUpTo] = [dirhams('upTo', 0.01), dirhams('deliveryUpTo', 0)];
    const read: OrderScript = {
      id: ids.take(order, order.slug('id')),
      customer: refer(order, 'customer', references.customers),
      good: refer(order, 'good', references.goods),
      quantity: order.number('quantity', { min: 1, max: 100, otherwise: 1 }),
      method: order.oneOf('method', PAYMENT_METHODS) ?? 'cash',
      cash: order.keys().includes('cash') ? (order.oneOf('cash', CASH_HABITS) ?? 'pays') : 'pays',
      attempts: readAttempts(order),
      ...(hour === undefined ? {} : { hour }),
      ...(upTo === undefined ? {} : { upTo }),
      ...(deliveryUpTo === undefined ? {} : { deliveryUpTo }),
      ...(transferHours === undefined ? {} : { transferHours }),
      ...(returnHours === undefined ? {} : { returnHours }),
    };
    refuseUnknown(order);
    return read;
  });
}

function readAttempts(order: YamlMapReader): CardOutcome[] {
  return order.list('attempts', { min: 0, max: 5 }).map((node) => {
    const value = isScalar(node) ? String(node.value) : '';
    const found = CARD_OUTCOMES.find((one) => one === value);
    if (!found)
      order.error(order.file.placeOf(node), `unknown attempt "${value}"; one of ${CARD_OUTCOMES.join(', ')}`);
    return found ?? 'approved';
  });
}

function refer(map: YamlMapReader, key: string, list: References['goods']): string {
  const { value, place } = map.slug(key);
  if (value !== '') list.push({ id: value, place });
  return value;
}

/** Reads `chats`: messages with answers to choose from. */
export function readChats(map: YamlMapReader, references: References): ChatScript[] {
  const ids = new UniqueNames('chat');
  return map.list('chats', { min: 0, max: 30 }).map((node) => {
    const chat = YamlMapReader.of(map.file, node, 'a chat');
    const read: ChatScript = {
      id: ids.take(chat, chat.slug('id')),
      customer: refer(chat, 'customer', references.customers),
      hour: chat.number('hour', { min: 0, max: LAST_HOUR }),
      text: readWords(chat, 'text', { sentences: true }),
      choices: readChoices(chat, references),
      ...(chat.keys().includes('picture') ? { picture: readPicture(chat, 'picture', references) } : {}),
    };
    refuseUnknown(chat);
    return read;
  });
}

function readChoices(chat: YamlMapReader, references: References): ChatChoice[] {
  const ids = new UniqueNames('choice');
  return chat.list('choices', { min: 2, max: 4 }).map((node) => {
    const choice = YamlMapReader.of(chat.file, node, 'a choice');
    const read: ChatChoice = {
      id: ids.take(choice, choice.slug('id')),
      text: readWords(choice, 'text', { max: 160 }),
      reply: readWords(choice, 'reply', { sentences: true }),
      loses: readDirhams(choice, 'loses', { min: 0, max: 100_000, otherwise: 0 }),
      ...(choice.keys().includes('opens') ? { opens: refer(choice, 'opens', references.opened) } : {}),
    };
    refuseUnknown(choice);
    return read;
  });
}
