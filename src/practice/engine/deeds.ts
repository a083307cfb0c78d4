import {
  type Action,
  type Deed,
  OWN_PHOTO,
  type Refusal,
  type SheetInput,
  type ShopTerms,
} from './action.js';
import { onOrder } from './order-deeds.js';
import type { Simulation } from './simulation.js';
import { MINUTES_A_DAY, WALLET_CEILINGS } from './state.js';
import { arrive } from './world.js';

type Outcome = Refusal | undefined;

/** Does what the trainee wants at the shop's present. @returns why it cannot be done, when it cannot */
export function perform(sim: Simulation, { id, deed }: Action): Outcome {
  if ('order' in deed) return onOrder(sim, deed);
  switch (deed.kind) {
    case 'shop.name':
      sim.state.name = deed.name;
      return undefined;
    case 'terms.save':
      return promise(sim, deed);
    case 'sheet.save':
      return save(sim, deed);
    case 'sheet.publish':
    case 'sheet.withdraw':
      return show(sim, deed.good, deed.kind === 'sheet.publish');
    case 'photo.add':
      return addPhoto(sim, deed.good);
    case 'photo.remove':
      return removePhoto(sim, deed.good);
    case 'clock.next':
    case 'clock.tomorrow':
      return moveClock(sim, deed.kind);
    case 'wallet.raise':
      return raiseWallet(sim);
    case 'wallet.cashOut':
      return cashOut(sim);
    case 'chat.answer':
      return answer(sim, deed);
    case 'book.add':
      return write(sim, id, deed);
    case 'book.remove':
      return strike(sim, deed.line);
  }
}

/** Orders that have come keep what was promised when they came. */
function promise({ state }: Simulation, { deliveryFee, returnDays, refund }: ShopTerms): Outcome {
  const offer = state.scenario.terms;
  if (!offer?.deliveryFees.includes(deliveryFee) || !offer.returnDays.includes(returnDays))
    return 'no-such-thing';
  state.terms = { deliveryFee, returnDays, refund };
  return undefined;
}

function save(
  sim: Simulation,
  { good, titleFr, titleAr, price, stock, picture, counted }: SheetInput,
): Outcome {
  const { scenario, sheets, photos } = sim.state;
  const made = scenario.goods.find(({ id }) => id === good);
  const isThere = picture === OWN_PHOTO ? photos.has(good) : made?.pictures.includes(picture);
  if (!isThere) return 'no-such-thing';
  const published = sheets.get(good)?.published ?? false;
  sheets.set(good, { good, titleFr, titleAr, price, stock, picture, counted, published });
  return undefined;
}

function show({ state: { sheets } }: Simulation, good: string, published: boolean): Outcome {
  const sheet = sheets.get(good);
  if (!sheet) return 'no-such-thing';
  if (published && ((sheet.titleFr === '' && sheet.titleAr === '') || sheet.price === 0))
    return 'sheet-incomplete';
  sheets.set(good, { ...sheet, published });
  return undefined;
}

/** The sheet, where there is one already, shows the photo at once. */
function addPhoto({ state: { scenario, sheets, photos } }: Simulation, good: string): Outcome {
  if (!scenario.goods.some(({ id }) => id === good)) return 'no-such-thing';
  photos.add(good);
  const sheet = sheets.get(good);
  if (sheet) sheets.set(good, { ...sheet, picture: OWN_PHOTO });
  return undefined;
}

/** A sheet that showed it goes back to the good's first drawing. */
function removePhoto({ state: { scenario, sheets, photos } }: Simulation, good: string): Outcome {
  if (!photos.delete(good)) return 'no-such-thing';
  const sheet = sheets.get(good);
  const picture = scenario.goods.find(({ id }) => id === good)?.pictures[0];
  if (sheet?.picture === OWN_PHOTO && picture !== undefined) sheets.set(good, { ...sheet, picture });
  return undefined;
}

function moveClock(sim: Simulation, kind: 'clock.next' | 'clock.tomorrow'): Outcome {
  const { now } = sim.state;
  if (now >= sim.end) return 'week-over';
  const morning = (Math.floor(now / MINUTES_A_DAY) + 1) * MINUTES_A_DAY;
  sim.moveTo(Math.min(sim.end, kind === 'clock.next' ? sim.nextNoticed() : morning));
  return undefined;
}

function raiseWallet(sim: Simulation): Outcome {
  const { wallet } = sim.state;
  if (wallet.level >= WALLET_CEILINGS.length - 1) return 'wallet-at-top';
  if (wallet.raising) return 'not-now';
  wallet.raising = true;
  sim.plan(sim.hourBegun + MINUTES_A_DAY, 'wallet raised', () => {
    wallet.raising = false;
    wallet.level += 1;
  });
  return undefined;
}

function cashOut(sim: Simulation): Outcome {
  const { wallet } = sim.state;
  if (wallet.balance === 0) return 'wallet-empty';
  // From one pocket of the shop to another: a paper, and no income.
  sim.paper('cash-out', 0, [wallet.balance]);
  wallet.balance = 0;
  return undefined;
}

function answer(sim: Simulation, deed: Extract<Deed, { kind: 'chat.answer' }>): Outcome {
  const { scenario, chats, orders } = sim.state;
  const chat = chats.get(deed.chat);
  const choice = scenario.chats
    .find(({ id }) => id === deed.chat)
    ?.choices.find(({ id }) => id === deed.choice);
  if (!chat || !choice) return 'no-such-thing';
  if (chat.choice !== '') return 'chat-answered';
  if (chat.missed) return 'not-now';
  chat.choice = choice.id;
  if (choice.loses > 0) sim.paper('fraud', -choice.loses, [choice.loses]);
  const order = choice.opens === undefined ? undefined : orders.get(choice.opens);
  if (order) sim.plan(sim.hourBegun + 60, `order ${order.script.id}`, () => arrive(sim, order));
  return undefined;
}

function write(sim: Simulation, id: string, deed: Extract<Deed, { kind: 'book.add' }>): Outcome {
  const { papers, book } = sim.state;
  if (!papers.some((paper) => paper.id === deed.paper)) return 'no-such-thing';
  book.push({ id, paper: deed.paper, amount: deed.direction === 'in' ? deed.amount : -deed.amount });
  return undefined;
}

function strike({ state: { book } }: Simulation, line: string): Outcome {
  const index = book.findIndex(({ id }) => id === line);
  if (index < 0) return 'no-such-thing';
  book.splice(index, 1);
  return undefined;
}
