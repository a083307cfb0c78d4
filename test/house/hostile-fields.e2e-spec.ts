import type { LightMyRequestResponse } from 'fastify';
import { demoSession, stopId } from '../tours/world.js';
import { type Path, type Samples, spoiled } from './hostile/samples.js';
import { type Operation, operationsOf, samplesOf } from './hostile/samples-of-api.js';
import { IS_LONG, turnOf } from '../support/turns.js';
import { faultOf, HOSTILE_TEXTS, HOSTILE_VALUES, NOT_UNICODE } from './hostile/values.js';
import { addressOf, allowed, createHostileWorld, type HostileWorld, type Parts } from './hostile/world.js';

jest.setTimeout(600_000);

const CITIES = ['tanger', 'tetouan', 'larache', 'chefchaouen', 'ouezzane', 'al-hoceima', 'mdiq', 'asilah'];
/** What is kept as it came, whatever it holds: bad ones go to review, one by one. */
const KEPT_RAW = new Set(['/api/v1/sessions/{session}/attendance']);
const UNICODE = new Set(NOT_UNICODE.map(([name]) => name));

const NOTHING = ['nothing at all', undefined] as const;

/** What the n-th place is sent: what is no text always, of all else its turn, so that a run sends everything somewhere. */
function valuesFor<T>(
  n: number,
  list: ReadonlyArray<readonly [string, T]>,
): ReadonlyArray<readonly [string, T]> {
  const isAlways = ([name]: readonly [string, T]): boolean => UNICODE.has(name);
  return [
    ...list.filter(isAlways),
    ...turnOf(
      n,
      list.filter((one) => !isAlways(one)),
      6,
    ),
  ];
}

describe('every field of the API, spoiled one by one', () => {
  let w: HostileWorld;
  let operations: Operation[];
  let samples: Samples;
  let asked = 0;

  beforeAll(async () => {
    w = await createHostileWorld();
    operations = operationsOf(w);
    samples = samplesOf(w);
  }, 120_000);
  afterAll(() => w.close());

  const accessOf = ({ method, path }: Operation) =>
    w.routes.find((route) => route.method === method && route.url === path.replace(/\{(\w+)\}/g, ':$1'))
      ?.access ?? 'public';

  /** Other rows each time, so that a deed done once does not hide what follows. */
  function partsNow(): Parts {
    const city = CITIES[(asked += 1) % CITIES.length] ?? 'tanger';
    return { ...w.parts, session: demoSession(city), stop: stopId(city) };
  }

  async function call(operation: Operation, body?: unknown, query = ''): Promise<LightMyRequestResponse> {
    const [who = 'admin'] = allowed({ access: accessOf(operation) });
    const url = `${addressOf(operation.path.replace(/\{(\w+)\}/g, ':$1'), partsNow())}${query}`;
    if (asked % 20 === 0) await w.db.write('test.forgetLimits', 'DELETE FROM rate_limit');
    return w.inject({
      method: operation.method as 'POST',
      url,
      headers: { authorization: `Bearer ${w.who[who as 'admin']}`, accept: 'application/json' },
      ...(body === undefined ? {} : { payload: body as object }),
    });
  }

  function faultAt(operation: Operation, path: Path, what: string, answer: LightMyRequestResponse): string[] {
    const fault = faultOf(answer, true);
    const isKept = UNICODE.has(what) && answer.statusCode < 300 && !KEPT_RAW.has(operation.path);
    if (!fault && !isKept) return [];
    return [
      `${operation.method} ${operation.path} /${path.join('/')} ${what}: ${fault ?? 'taken, though no text'}`,
    ];
  }

  it('of a body', async () => {
    const faults: string[] = [];
    let place = 0;
    for (const operation of operations) {
      if (!operation.body) continue;
      for (const path of samples.places(operation.body)) {
        for (const [what, value] of valuesFor((place += 1), [...HOSTILE_VALUES, NOTHING])) {
          const answer = await call(operation, spoiled(samples.of(operation.body), path, value));
          faults.push(...faultAt(operation, path, what, answer));
        }
      }
    }
    expect(asked).toBeGreaterThan(IS_LONG ? 2_000 : 700);
    expect(faults).toEqual([]);
  });

  it('of an address', async () => {
    const faults: string[] = [];
    let place = 0;
    for (const operation of operations) {
      for (const name of operation.queries) {
        for (const [what, value] of valuesFor((place += 1), HOSTILE_TEXTS)) {
          if (what === 'half a character') continue;
          const one = `${name}=${encodeURIComponent(value)}`;
          for (const query of [`?${one}`, `?${one}&${one}`])
            faults.push(
              ...faultAt(operation, [query.slice(0, 60)], what, await call(operation, undefined, query)),
            );
        }
      }
    }
    expect(faults).toEqual([]);
  });
});
