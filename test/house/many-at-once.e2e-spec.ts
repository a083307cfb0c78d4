import { randomBytes } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { SignInService } from '../../src/identity/public.js';
import { newId } from '../../src/shared/new-id.js';
import { givenPerson, givenStaff } from '../support/actors.js';
import { createTestApp, type TestApp } from '../support/app.js';

/** Requests that come at the same moment share their reads: nobody may get another's answer. */
describe('many at once', () => {
  let t: TestApp;

  beforeAll(async () => {
    t = await createTestApp();
  }, 60_000);
  afterAll(() => t.close());

  it('is each caller themselves, and strangers are strangers', async () => {
    const people = await Promise.all(Array.from({ length: 30 }, () => givenPerson(t)));
    const staff = await givenStaff(t, 'manager');
    const gone = await givenPerson(t);
    const signIns = t.app.get(SignInService);
    await signIns.revoke((await signIns.actorOf(gone.token, 'bearer'))?.signInId ?? '');
    const callers = Array.from({ length: 240 }, (_, n) => {
      const person = people[(n * 7) % people.length];
      if (n % 8 === 0) return { token: randomBytes(32).toString('base64url'), status: 401, id: undefined };
      if (n % 8 === 3) return { token: gone.token, status: 401, id: undefined };
      if (n % 8 === 5) return { token: staff.token, status: 200, id: staff.id };
      return { token: person?.token ?? '', status: 200, id: person?.id };
    });
    const answers = await Promise.all(callers.map(({ token }) => t.api('/me', { token })));
    expect(answers.map((answer) => answer.statusCode)).toEqual(callers.map(({ status }) => status));
    const ids = answers.map((answer) => {
      const { person, account } = answer.json<{ person?: { id: string }; account?: { id: string } }>();
      return (person ?? account)?.id;
    });
    expect(ids).toEqual(callers.map(({ id }) => id));
  });

  it('keeps the rights of each apart', async () => {
    const staff = await Promise.all(
      (['admin', 'manager', 'trainer', 'funder', 'auditor'] as const).map((role) => givenStaff(t, role)),
    );
    const signIns = t.app.get(SignInService);
    const actors = await Promise.all(
      Array.from({ length: 60 }, (_, n) => signIns.actorOf(staff[n % staff.length]?.token ?? '', 'bearer')),
    );
    expect(
      actors.map((actor) => [actor?.signInId !== undefined, actor?.grants.map(({ role }) => role)]),
    ).toEqual(
      Array.from({ length: 60 }, (_, n) => [
        true,
        [(['admin', 'manager', 'trainer', 'funder', 'auditor'] as const)[n % 5]],
      ]),
    );
  });

  it('reads what an open transaction wrote, although others read at the same moment', async () => {
    const person = await givenPerson(t);
    const signIns = t.app.get(SignInService);
    await t.db
      .transaction(async () => {
        const { token } = await signIns.issue({ phoneId: person.phoneId, personId: person.id });
        const outside = fetchMany(t, person.token);
        expect(await signIns.actorOf(token, 'bearer')).toMatchObject({ person: { id: person.id } });
        await outside;
        throw new Error(newId());
      })
      .catch(() => undefined);
  });

  it('packs pages for those who can unpack them, and says that it depends', async () => {
    const get = (encoding?: string) =>
      t.app.inject({
        url: '/fr',
        headers: { accept: 'text/html', ...(encoding ? { 'accept-encoding': encoding } : {}) },
      });
    const plain = await get();
    const packed = await get('gzip, deflate, br');
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(packed.headers).toMatchObject({ 'content-encoding': 'gzip' });
    expect(String(packed.headers['vary'])).toMatch(/accept-encoding/i);
    expect(Number(packed.headers['content-length'])).toBe(packed.rawPayload.length);
    expect(gunzipSync(packed.rawPayload).toString()).toBe(plain.body);
    expect(packed.rawPayload.length).toBeLessThan(plain.rawPayload.length / 2);
    expect((await get('gzip;q=0, identity')).headers['content-encoding']).toBeUndefined();
    expect((await get('br')).headers['content-encoding']).toBe('br');
  });
});

async function fetchMany(t: TestApp, token: string): Promise<void> {
  await Promise.all(Array.from({ length: 12 }, () => t.api('/me', { token })));
}
