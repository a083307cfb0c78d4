/**
 * A simulated week of a practice shop: a thousand actions replayed from the first minute, as the server does at each
 * tap, with the score. The floor is what was asked for: a week in a second.
 */
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Weeks a second that were asked for. */
const FLOOR = 1;
const BAR = 1;

/** A busy week: each order answered, asked, shipped; the book kept; far more taps than a trainee makes. */
function busyWeek(scenario, count) {
  const verbs = ['order.accept', 'order.call', 'wallet.ask', 'order.check', 'order.decline'];
  const actions = [];
  const add = (deed, at) => actions.push({ id: String(actions.length).padStart(36, '0'), at, deed });
  const minutes = scenario.days * 24 * 60;
  for (let n = 0; n < count; n++) {
    const at = Math.floor((n / count) * minutes);
    const { id: order } = scenario.orders[n % scenario.orders.length];
    const kind = verbs[n % verbs.length];
    if (n % 7 === 0) add({ kind: 'order.ship', order, carrier: n % 2 ? 'post' : 'private' }, at);
    else if (n % 11 === 0) add({ kind: 'book.add', paper: 'fil', direction: 'out', amount: 8450 }, at);
    else add({ kind, order }, at);
  }
  return actions;
}

export async function run({ quick }) {
  const at = (file) => import(`${ROOT}dist/src/practice/${file}`);
  const { replay } = await at('engine/replay.js');
  const { factsOf } = await at('engine/facts.js');
  const { scoreOf } = await at('engine/rules.js');
  const { readScenario } = await at('scenario-file/scenario.reader.js');
  const { PICTURES } = await at('pictures.js');
  const { scenario } = await readScenario(`${ROOT}courses/practice/semaine-de-commandes.yaml`, PICTURES);
  const actions = busyWeek(scenario, 1000);
  const rounds = quick ? 5 : 50;
  const times = Array.from({ length: rounds }, () => {
    const from = performance.now();
    scoreOf(scenario, factsOf(replay(scenario, 7, actions).state));
    return performance.now() - from;
  }).sort((a, b) => a - b);
  const median = times[Math.floor(rounds / 2)];
  const ours = Math.round(1000 / median);
  const name = `practice shop: a week of ${actions.length} actions with its score (median ${median.toFixed(2)} ms)`;
  return { name, unit: 'weeks per second', ours, floor: FLOOR, ratio: ours / FLOOR, bar: BAR };
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  console.log(await run({ quick: process.argv.includes('--quick') }));
