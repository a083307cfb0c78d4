import { OWN_PHOTO } from './action.js';
import { marginOf } from './margin.js';
import type { FactValue, Scenario } from './scenario.js';
import { deliveryFeeOf } from './world.js';
import { openShop, type OrderState, type Paper, type SheetState, type ShopState } from './state.js';

/** Facts by name; amounts in centimes, times in whole simulated hours. Every name is there from the first minute. */
export type Facts = ReadonlyMap<string, FactValue>;

/** Everything that rules may ask about a shop. */
export function factsOf(state: ShopState): Facts {
  const facts = new Map<string, FactValue>();
  const put = (prefix: string, values: Record<string, FactValue>): void => {
    for (const [name, value] of Object.entries(values)) facts.set(`${prefix}.${name}`, value);
  };
  put('shop', { named: state.name !== '' });
  put('terms', {
    said: state.terms !== undefined,
    deliveryFee: deliveryFeeOf(state),
    returnDays: state.terms?.returnDays ?? 0,
    refund: state.terms?.refund ?? '',
  });
  put('clock', { hours: Math.floor(state.now / 60) });
  for (const good of state.scenario.goods) put(`sheet.${good.id}`, sheetFacts(state, good.id));
  for (const [id, order] of state.orders) put(`order.${id}`, orderFacts(order));
  for (const { id } of state.scenario.chats) {
    const chat = state.chats.get(id);
    put(`chat.${id}`, { choice: chat?.choice ?? '', missed: chat?.missed ?? false });
  }
  put('money', {
    total: state.papers.reduce((sum, { amount }) => sum + amount, 0),
    goodsLost: state.goodsLost,
  });
  const { level, refusals, balance } = state.wallet;
  put('wallet', { level, refusals, balance });
  put('book', bookFacts(state));
  return facts;
}

/** Names and kinds of the facts of a scenario. */
export function knownFacts(scenario: Scenario): Facts {
  return factsOf(openShop(scenario, 0));
}

function sheetFacts({ scenario, sheets }: ShopState, goodId: string): Record<string, FactValue> {
  const good = scenario.goods.find(({ id }) => id === goodId);
  const sheet: SheetState | undefined = sheets.get(goodId);
  const counted = sheet?.counted ?? [];
  return {
    saved: sheet !== undefined,
    published: sheet?.published ?? false,
    price: sheet?.price ?? 0,
    margin: good && sheet ? marginOf(good, sheet.price) : 0,
    stock: sheet?.stock ?? 0,
    overStock: good !== undefined && sheet !== undefined && sheet.stock > good.stock,
    picture: sheet?.picture ?? '',
    ownPhoto: sheet?.picture === OWN_PHOTO,
    titleFr: sheet?.titleFr.length ?? 0,
    titleAr: sheet?.titleAr.length ?? 0,
    countsMaterials: counted.includes('materials'),
    countsHours: counted.includes('hours'),
    countsPackaging: counted.includes('packaging'),
    countsCommission: counted.includes('commission'),
  };
}

function orderFacts(order: OrderState): Record<string, FactValue> {
  const { arrivedAt, answeredAt } = order;
  return {
    status: order.status,
    payment: order.payment,
    missed: order.missed,
    answered: answeredAt >= 0,
    hoursToAnswer: answeredAt < 0 ? -1 : Math.floor((answeredAt - arrivedAt) / 60),
    called: order.called,
    checked: order.checked,
    carrier: order.carrier,
    cameBack: order.cameBack,
    refusedAtDoor: order.refusedAtDoor,
    shippedUnpaid: order.shippedUnpaid,
    keyedIn: order.keyedIn,
    links: order.links,
    wrongCodes: order.wrongCodes,
    refundDue: order.refundDue,
    refundChannel: order.refundChannel,
  };
}

/** The trainee's book against what really moved. */
function bookFacts({ papers, book }: ShopState): Record<string, FactValue> {
  const linesOf = (paper: Paper) => book.filter((line) => line.paper === paper.id);
  const real = papers.filter(({ amount }) => amount !== 0);
  const truth = new Map(papers.map((paper) => [paper.id, paper.amount]));
  const sum = (amounts: readonly { amount: number }[]): number =>
    amounts.reduce((all, { amount }) => all + amount, 0);
  const missing = real.filter((paper) => linesOf(paper).length === 0).length;
  const reversed = book.filter(
    ({ paper, amount }) => Math.sign(amount) === -Math.sign(truth.get(paper) ?? 0) && truth.get(paper) !== 0,
  );
  const misread = book.filter(({ paper, amount }) => {
    const real = truth.get(paper) ?? 0;
    return real !== 0 && Math.abs(amount) !== Math.abs(real);
  });
  const difference = sum(book) - sum(papers);
  return {
    lines: book.length,
    difference,
    missing,
    doubled: papers.filter((paper) => linesOf(paper).length > 1).length,
    reversed: reversed.length,
    misread: misread.length,
    foreign: book.filter(({ paper }) => truth.get(paper) === 0).length,
    balanced: difference === 0 && missing === 0 && papers.length > 0,
  };
}
