import {
  bodyDigest,
  IdempotencyStore,
  type RequestKey,
} from '../../src/shared/idempotency/idempotency.store.js';
import { IdempotencyKeyReused, RequestInFlight } from '../../src/shared/idempotency/idempotency.errors.js';
import { createTestApp, type TestApp } from '../support/app.js';

const HOUR_MS = 3_600_000;

describe('an Idempotency-Key', () => {
  let t: TestApp;
  let store: IdempotencyStore;
  beforeAll(async () => {
    t = await createTestApp();
    store = t.app.get(IdempotencyStore);
  }, 60_000);
  afterAll(() => t.close());

  const claim = (key: RequestKey, body: unknown) => store.claim(key, bodyDigest(body) ?? '');
  const id = (key: string, owner = 'me') => ({ owner, route: 'POST /x', key });
  const answer = { status: 201, mediaType: 'application/json', response: '{"id":1}' };

  it('lets the first through, holds back the second, then repeats the answer', async () => {
    expect(await claim(id('a'), { n: 1 })).toBeUndefined();
    await expect(claim(id('a'), { n: 1 })).rejects.toThrow(RequestInFlight);
    await store.answer(id('a'), answer);
    expect(await claim(id('a'), { n: 1 })).toEqual(answer);
  });

  it('stands for one body', async () => {
    await expect(claim(id('a'), { n: 2 })).rejects.toThrow(IdempotencyKeyReused);
  });

  it('is one’s own: another account starts anew', async () => {
    expect(await claim(id('a', 'you'), { n: 9 })).toBeUndefined();
  });

  it('lets exactly one of fifty at once through', async () => {
    const results = await Promise.allSettled(Array.from({ length: 50 }, () => claim(id('race'), {})));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('may be tried again when the first failed or died with its process', async () => {
    await claim(id('failed'), {});
    await store.forget(id('failed'));
    expect(await claim(id('failed'), {})).toBeUndefined();
    t.clock.advance(61_000);
    expect(await claim(id('failed'), {})).toBeUndefined();
  });

  it('is forgotten after 48 hours', async () => {
    await claim(id('old'), { n: 1 });
    await store.answer(id('old'), answer);
    t.clock.advance(47 * HOUR_MS);
    expect(await claim(id('old'), { n: 1 })).toEqual(answer);
    t.clock.advance(2 * HOUR_MS);
    expect(await claim(id('old'), { n: 2 })).toBeUndefined();
  });
});
