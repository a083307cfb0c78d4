import { randomBytes, randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { SESSION_COOKIE } from '../../src/shared/access/access-hooks.js';
import { FileStore } from '../../src/shared/files/file-store.js';
import { givenEnrolment, givenSession, type GivenSession } from '../attendance/factories.js';
import { page } from '../attendance/pages.js';
import { givenPerson } from '../support/actors.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { multipart } from '../teaching/forms.js';

interface Shop {
  id: string;
  address: string;
  sheets: Array<{ good: string; picture: string; published: boolean }>;
}
const PRODUCT = '/fr/practice/ma-boutique/products/tapis';
const SHEET = { titleFr: 'Tapis de laine', titleAr: 'زربية من الصوف', price: 65_000, stock: 2, counted: [] };

const blob = (content: Buffer): Blob => new Blob([new Uint8Array(content)]);
const colour = (background: string, width = 1600, height = 1200) =>
  sharp({ create: { width, height, channels: 3, background } });

describe("trainees' own photos", () => {
  let t: TestApp;
  let session: GivenSession;
  let other: GivenSession;
  let red: Buffer;

  beforeAll(async () => {
    t = await createTestApp();
    [session, other] = [await givenSession(t), await givenSession(t)];
    red = await colour('#b8503a').jpeg().toBuffer();
  }, 120_000);
  afterAll(() => t.close());

  async function opened(): Promise<{ token: string; shop: Shop }> {
    const { token } = await givenEnrolment(t, session);
    const shop = await t.api('/practice/shops', { token, body: { scenario: 'ma-boutique' } });
    return { token, shop: shop.json<Shop>() };
  }
  const addressOf = (shop: Shop, good = 'tapis') => `/api/v1/practice/shops/${shop.id}/goods/${good}/photo`;
  async function send(token: string, url: string, fields: Record<string, string | Blob>) {
    const { payload, headers } = await multipart(fields);
    return t.inject({
      method: 'POST',
      url,
      payload,
      headers: { ...headers, authorization: `Bearer ${token}` },
    });
  }
  const seen = (token: string | undefined, url: string) =>
    t.inject({ url, headers: token ? { authorization: `Bearer ${token}` } : {} });
  const act = (token: string, shop: Shop, kind: string, more: object) =>
    t.api(`/practice/shops/${shop.id}/actions`, { token, body: { id: randomUUID(), kind, ...more } });
  const hashes = () =>
    t.db.read<{ hash: string }>('test.photos', `SELECT hash FROM stored_file ORDER BY hash`);

  it.each([
    ['a thousand parts and more', 1500, [413]],
    ['one name many times', 900, [415, 422]],
  ])('are refused in a form of %s, at once', async (_, times, statuses) => {
    const { token, shop } = await opened();
    const form = new FormData();
    for (let n = 0; n < times; n += 1) form.append('note', 'x');
    const made = new Response(form);
    const answer = await t.inject({
      method: 'POST',
      url: addressOf(shop),
      payload: Buffer.from(await made.arrayBuffer()),
      headers: { 'content-type': made.headers.get('content-type') ?? '', authorization: `Bearer ${token}` },
    });
    expect(statuses).toContain(answer.statusCode);
    expect(answer.headers['content-type']).toContain('application/problem+json');
  });

  it('are kept small, upright and without their place; the trainee and their trainers see them, nobody else', async () => {
    const { token, shop } = await opened();
    const taken = await colour('#b8503a', 3000, 2000)
      .withExif({ IFD0: { Make: 'Fabricant' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '35/1 10/1 0/1' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const sent = await send(token, addressOf(shop), { photo: blob(taken) });
    expect(sent.statusCode).toBe(201);
    const own = await seen(token, addressOf(shop));
    expect([own.statusCode, own.headers['content-type'], own.headers['cache-control']]).toEqual([
      ...[200, 'image/webp', 'private, no-store'],
    ]);
    const kept = await sharp(own.rawPayload).metadata();
    expect([kept.format, kept.width, kept.height, kept.exif, kept.orientation]).toEqual([
      ...['webp', 667, 1000, undefined, undefined],
    ]);
    const readers = [session.trainer, session.coordinator, other.trainer, await givenPerson(t)];
    const statuses = await Promise.all(
      readers.map(async (one) => (await seen(one.token, addressOf(shop))).statusCode),
    );
    expect(statuses).toEqual([200, 200, 404, 404]);
    expect((await seen(undefined, addressOf(shop))).statusCode).toBe(401);
    expect((await seen(token, addressOf(shop, 'bol'))).statusCode).toBe(404);
    expect((await seen(token, addressOf({ ...shop, id: 'nothing' }))).statusCode).toBe(404);
  });

  it('stand in the window for those who may see them; a classmate sees the drawing', async () => {
    const { token, shop } = await opened();
    await act(token, shop, 'sheet.save', { ...SHEET, good: 'tapis', picture: 'rug-dark' });
    await act(token, shop, 'sheet.publish', { good: 'tapis' });
    const sent = await send(token, addressOf(shop), { photo: blob(red) });
    expect(sent.json<Shop>().sheets).toMatchObject([{ good: 'tapis', picture: 'own', published: true }]);
    const window = `/fr${shop.address}`;
    const classmate = await givenEnrolment(t, session);
    const shown = await Promise.all(
      [token, session.trainer.token, classmate.token, other.trainer.token].map(async (one) => {
        const { body } = await page(t, window, one);
        return [body.includes(addressOf(shop)), body.includes('/practice/pictures/rug-window.svg')];
      }),
    );
    expect(shown).toEqual([
      [true, false],
      [true, false],
      [false, true],
      [false, true],
    ]);
    for (const path of ['', '/products', '/products/tapis', '/catalogue'])
      if (path)
        expect((await page(t, `/fr/practice/ma-boutique${path}`, token)).body).toContain(addressOf(shop));
  });

  it('leave table and disk when they are replaced or taken away, but for one that is needed elsewhere', async () => {
    const [{ token, shop }, second] = [await opened(), await opened()];
    const files = t.app.get(FileStore);
    const before = await hashes();
    await send(token, addressOf(shop), { photo: blob(await colour('#0a5261').png().toBuffer()) });
    const [blue] = (await hashes()).filter(({ hash }) => !before.some((one) => one.hash === hash));
    expect(await files.stat(blue!.hash)).toBeDefined();
    await send(second.token, addressOf(second.shop), {
      photo: blob(await colour('#0a5261').png().toBuffer()),
    });
    await send(token, addressOf(shop), { photo: blob(await colour('#b87a00').webp().toBuffer()) });
    await t.runJobs();
    // The other shop has the same picture.
    expect(await files.stat(blue!.hash)).toBeDefined();
    expect((await seen(second.token, addressOf(second.shop))).statusCode).toBe(200);
    const gone = await t.api(`/practice/shops/${second.shop.id}/goods/tapis/photo`, {
      token: second.token,
      method: 'DELETE',
    });
    expect(gone.statusCode).toBe(200);
    await t.runJobs();
    expect(await files.stat(blue!.hash)).toBeUndefined();
    expect((await hashes()).some(({ hash }) => hash === blue!.hash)).toBe(false);
    const again = await t.api(`/practice/shops/${second.shop.id}/goods/tapis/photo`, {
      token: second.token,
      method: 'DELETE',
    });
    expect(again.statusCode).toBe(404);
    expect((await seen(token, addressOf(shop))).statusCode).toBe(200);
  });

  it('come once with the same id, and never into the shop of somebody else', async () => {
    const { token, shop } = await opened();
    const id = randomUUID();
    const sends = Array.from({ length: 5 }, () => send(token, addressOf(shop), { id, photo: blob(red) }));
    expect((await Promise.all(sends)).map(({ statusCode }) => statusCode)).toEqual(Array(5).fill(201));
    const [{ n } = { n: 0 }] = await t.db.read<{ n: number }>(
      'test.photoActions',
      `SELECT count(*)::int AS n FROM practice_action WHERE shop_id = $1`,
      [shop.id],
    );
    expect(n).toBe(1);
    const thief = await givenPerson(t);
    expect((await send(thief.token, addressOf(shop), { photo: blob(red) })).statusCode).toBe(404);
    const taken = await t.api(`/practice/shops/${shop.id}/goods/tapis/photo`, {
      token: thief.token,
      method: 'DELETE',
    });
    expect(taken.statusCode).toBe(404);
    expect((await send(token, addressOf(shop, 'lampe'), { photo: blob(red) })).statusCode).toBe(409);
    const claimed = await act(token, shop, 'photo.add', { good: 'bol' });
    expect(claimed.statusCode).toBe(422);
  });

  it('are refused with words when they are no photo, too much of one, or a trap', async () => {
    const { token, shop } = await opened();
    const heavy = Buffer.concat([red, randomBytes(6 * 1024 * 1024)]);
    const heic = Buffer.concat([
      Buffer.from([0, 0, 0, 24]),
      Buffer.from('ftypheic\0\0\0\0mif1heic'),
      randomBytes(64),
    ]);
    const cases: Array<[string, Buffer, number, string]> = [
      ['a drawing', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 415, 'photo-wrong-type'],
      ['a zip', Buffer.from('PK\u0003\u0004aaaaaaaaaaaaaaaa'), 415, 'photo-wrong-type'],
      ['20 000 pixels', await colour('#fff', 20_000, 10).png().toBuffer(), 422, 'photo-too-many-pixels'],
      ['half a picture', red.subarray(0, red.length / 2), 422, 'photo-broken'],
      ['HEVC', heic, 422, 'photo-heic'],
      ['6 MB', heavy, 413, 'photo-too-large'],
    ];
    for (const [name, content, status, code] of cases) {
      const answer = await send(token, addressOf(shop), { photo: blob(content) });
      expect([name, answer.statusCode, answer.json<{ code: string }>().code]).toEqual([name, status, code]);
    }
    const avif = await colour('#b8503a', 400, 300).avif({ effort: 0 }).toBuffer();
    expect((await send(token, addressOf(shop), { photo: blob(avif) })).statusCode).toBe(201);
    const nothing = await send(token, addressOf(shop), { photo: blob(Buffer.alloc(0)) });
    expect([nothing.statusCode, nothing.json<{ errors: unknown }>().errors]).toMatchObject([
      422,
      [{ pointer: '/photo', code: 'required' }],
    ]);
  });

  it('come with the form of a sheet, without script, and a refused form keeps what was typed', async () => {
    const { token } = await opened();
    const form = async (fields: Record<string, string | Blob>, lists: readonly string[] = []) => {
      const { body } = await page(t, PRODUCT, token);
      const hidden = (name: string): string =>
        new RegExp(`name="${name}" value="([^"]+)"`).exec(body)?.[1] ?? '';
      const data = new FormData();
      for (const name of ['_csrf', 'id', 'photoId']) data.append(name, hidden(name));
      for (const value of lists) data.append('counted', value);
      for (const [name, value] of Object.entries(fields))
        if (typeof value === 'string') data.append(name, value);
        else data.append(name, value, 'photo.jpg');
      const made = new Response(data);
      return t.inject({
        method: 'POST',
        url: PRODUCT,
        payload: Buffer.from(await made.arrayBuffer()),
        headers: {
          accept: 'text/html',
          'sec-fetch-site': 'same-origin',
          'content-type': made.headers.get('content-type') ?? '',
        },
        cookies: { [SESSION_COOKIE]: token },
      });
    };
    const typed = {
      titleFr: 'Tapis du Rif',
      titleAr: 'زربية',
      price: '650',
      stock: '2',
      picture: 'rug-dark',
    };
    const zip = await form({ ...typed, photo: blob(Buffer.from('PK\u0003\u0004aaaaaaaaaaaa')) }, [
      'hours',
      'materials',
    ]);
    expect(zip.statusCode).toBe(415);
    expect(zip.body).toContain('Envoyez une photo JPEG, PNG, WebP ou AVIF.');
    expect(zip.body).toContain('value="Tapis du Rif"');
    expect(zip.body.match(/name="counted" value="\w+" checked/g)).toHaveLength(2);
    const empty = await form({ ...typed, do: 'photo', photo: blob(Buffer.alloc(0)) });
    expect([empty.statusCode, empty.body.includes('Choisissez d’abord une photo.')]).toEqual([422, true]);
    // The sheet has a mistake: the photo is kept nevertheless and need not be chosen again.
    const mistaken = await form({ ...typed, price: 'cent', photo: blob(red) });
    expect([mistaken.statusCode, mistaken.body.includes('value="own" checked')]).toEqual([422, true]);
    expect((await form({ ...typed, picture: 'own' }, ['hours'])).statusCode).toBe(303);
    const { body } = await page(t, PRODUCT, token);
    expect(body).toContain('value="own" checked');
    const removed = await form({ ...typed, picture: 'own', do: 'no-photo' });
    expect([removed.statusCode, removed.body.includes('value="own"')]).toEqual([200, false]);
    expect(removed.body).toContain('value="rug-window" checked');
  });
});
