import sharp from 'sharp';
import { FileStore } from '../../src/shared/files/file-store.js';
import { newId } from '../../src/shared/new-id.js';
import { givenStaff } from '../support/actors.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { ALT, bomb, coloured, sendLogo } from './logos.js';
import { imagesOf, pixelsOf } from './pdf-tools.js';
import { givenTrainee, givenWorld, type World } from './world.js';

jest.setTimeout(180_000);

interface Logo {
  id: string;
  position: number | null;
  alt: { fr: string; ar: string };
  width: number;
  height: number;
  pictureUrl: string;
}

describe('logos of a campaign', () => {
  let t: TestApp;
  let world: World;
  let manager: string;
  let red: Buffer;
  let blue: Buffer;

  beforeAll(async () => {
    t = await createTestApp();
    [red, blue] = [await coloured('#c00000').png().toBuffer(), await coloured('#0000c0').jpeg().toBuffer()];
  });
  beforeEach(async () => {
    world = await givenWorld(t);
    manager = (await givenStaff(t, 'manager', { kind: 'campaign', id: world.campaignId })).token;
  });
  afterAll(() => t.close());

  const path = (id = '', rest = ''): string =>
    `/campaigns/${world.slug}/certificates/logos${id && `/${id}`}${rest}`;
  const list = async (): Promise<{ items: Logo[]; removed: Logo[] }> =>
    (await t.api(path(), { token: manager })).json<{ items: Logo[]; removed: Logo[] }>();
  const order = async (): Promise<string[]> => (await list()).items.map(({ id }) => id);
  async function added(content: Buffer, alt = ALT): Promise<Logo> {
    const answer = await sendLogo(t, world.slug, manager, content, { alt });
    expect([answer.statusCode, answer.body]).toEqual([201, expect.any(String)]);
    return answer.json<Logo>();
  }
  const codeOf = async (content: Buffer, more: object = {}): Promise<[number, unknown]> => {
    const answer = await sendLogo(t, world.slug, manager, content, more);
    const { code, errors } = answer.json<{
      code: string;
      errors?: Array<{ pointer: string; code: string }>;
    }>();
    return [answer.statusCode, errors ? errors.map((one) => `${one.pointer} ${one.code}`).join() : code];
  };
  const files = async (): Promise<number> => {
    let n = 0;
    for await (const _ of t.app.get(FileStore).list()) n += 1;
    return n;
  };
  async function issued(): Promise<{ code: string; pdf: Buffer }> {
    const personId = await givenTrainee(t, world);
    const made = await t.api(`/sessions/${world.sessionId}/certificates`, {
      token: manager,
      body: { personId },
    });
    const { code } = made.json<{ code: string }>();
    return { code, pdf: await pdfOf(code) };
  }
  async function pdfOf(code: string): Promise<Buffer> {
    const file = await t.inject({ url: `/v/${code}.pdf`, headers: { authorization: `Bearer ${manager}` } });
    return file.rawPayload;
  }
  /** How much of the top of the sheet has a colour, of 255. */
  async function shareOf(pdf: Buffer, channel: 0 | 1 | 2): Promise<number> {
    const { data, width } = await pixelsOf(pdf, 72, 'colour');
    let n = 0;
    for (let y = 70; y < 140; y++)
      for (let x = 80; x < width - 80; x++) {
        const at = (y * width + x) * 3;
        const others = [0, 1, 2].filter((one) => one !== channel).map((one) => data[at + one] ?? 255);
        if ((data[at + channel] ?? 0) > 150 && others.every((value) => value < 60)) n += 1;
      }
    return n;
  }

  it('are kept as PNG of ours, in order, at most three', async () => {
    const withPlace = await coloured('#00c000', 2000, 1000)
      .withExif({ IFD0: { Copyright: 'nobody' } })
      .jpeg()
      .toBuffer();
    const one = await added(red);
    const two = await added(blue);
    const three = await added(withPlace);
    expect([one, two, three].map(({ position, width, height }) => [position, width, height])).toEqual([
      [1, 400, 200],
      [2, 400, 200],
      [3, 600, 300],
    ]);
    const url = three.pictureUrl;
    const picture = await t.inject({ url, headers: { authorization: `Bearer ${manager}` } });
    expect([picture.statusCode, picture.headers['content-type']]).toEqual([200, 'image/png']);
    const made = await sharp(picture.rawPayload).metadata();
    expect([made.format, made.exif, made.icc]).toEqual(['png', undefined, undefined]);
    expect(await codeOf(red)).toEqual([409, 'no-place-for-logo']);
    expect(await order()).toEqual([one.id, two.id, three.id]);
  });

  it('are three at most, also when ten come at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => sendLogo(t, world.slug, manager, red)),
    );
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([
      201,
      201,
      201,
      ...Array(7).fill(409),
    ]);
    expect((await list()).items.map(({ position }) => position)).toEqual([1, 2, 3]);
  });

  it('change places, also when several do so at once, and say anew what they show', async () => {
    const [a, b, c] = [await added(red), await added(blue), await added(red)];
    const moved = await t.api(path(c.id), { token: manager, method: 'PATCH', body: { position: 1 } });
    expect([moved.statusCode, moved.json<Logo>().position]).toEqual([200, 1]);
    expect(await order()).toEqual([c.id, a.id, b.id]);
    const alt = { fr: 'Autre', ar: 'آخر' };
    await t.api(path(a.id), { token: manager, method: 'PATCH', body: { alt } });
    expect((await list()).items[1]?.alt).toEqual(alt);
    await Promise.all(
      [a, b, c, a, b, c].map(({ id }, n) =>
        t.api(path(id), { token: manager, method: 'PATCH', body: { position: (n % 3) + 1 } }),
      ),
    );
    const { items } = await list();
    expect(items.map(({ position }) => position)).toEqual([1, 2, 3]);
    expect(items.map(({ id }) => id).sort()).toEqual([a.id, b.id, c.id].sort());
  });

  it('come back after they were taken away, and leave no hole', async () => {
    const [a, b, c] = [await added(red), await added(blue), await added(red)];
    expect((await t.api(path(a.id), { token: manager, method: 'DELETE' })).statusCode).toBe(200);
    expect((await t.api(path(a.id), { token: manager, method: 'DELETE' })).statusCode).toBe(200);
    const { items, removed } = await list();
    expect(items.map(({ id, position }) => [id, position])).toEqual([
      [b.id, 1],
      [c.id, 2],
    ]);
    expect(removed.map(({ id, position }) => [id, position])).toEqual([[a.id, null]]);
    const back = await t.api(path(a.id, '/restore'), { token: manager, body: {} });
    expect([back.statusCode, back.json<Logo>().position]).toEqual([200, 3]);
    await t.api(path(b.id), { token: manager, method: 'DELETE' });
    await added(blue);
    expect((await t.api(path(b.id, '/restore'), { token: manager, body: {} })).json()).toMatchObject({
      code: 'no-place-for-logo',
    });
  });

  it('are printed on certificates to come with their words for those who do not see; one that is out keeps its own', async () => {
    const before = await issued();
    await added(red);
    const during = await issued();
    const { items } = await list();
    await t.api(path(items[0]?.id), { token: manager, method: 'DELETE' });
    await added(blue, { fr: 'Une vague', ar: 'موجة' });
    const after = await issued();
    expect(imagesOf(during.pdf)).toContain('Étoile de la caravane · نجمة القافلة');
    const colours = async ({ pdf }: { pdf: Buffer }): Promise<boolean[]> => [
      (await shareOf(pdf, 0)) > 500,
      (await shareOf(pdf, 2)) > 500,
    ];
    expect(await colours(before)).toEqual([false, false]);
    expect(await colours(during)).toEqual([true, false]);
    expect(await colours(after)).toEqual([false, true]);
    expect((await pdfOf(during.code)).equals(during.pdf)).toBe(true);
    const logosOf = async (code: string): Promise<unknown> =>
      (await t.api(`/certificates/${code}`)).json<{ logos: unknown }>().logos;
    expect(await logosOf(before.code)).toEqual([]);
    expect(await logosOf(during.code)).toEqual([{ alt: ALT }]);
    expect(await logosOf(after.code)).toEqual([{ alt: { fr: 'Une vague', ar: 'موجة' } }]);
    // A new name prints what the old one printed, although its logo was taken away since.
    const name = { fr: { given: 'Autre', family: 'Nom' } };
    const fixed = await t.api(`/certificates/${during.code}/replace`, { token: manager, body: { name } });
    const code = fixed.json<{ code: string }>().code;
    expect(await colours({ pdf: await pdfOf(code) })).toEqual([true, false]);
    expect(await logosOf(code)).toEqual([{ alt: ALT }]);
  });

  it('take nothing that is no picture of points, whatever it is called', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script>alert(1)</script></svg>';
    const webp = await coloured('#c00000').webp().toBuffer();
    const bad: Array<[string, Buffer, number, string]> = [
      ['text', Buffer.from('logo'), 415, 'logo-wrong-type'],
      ['a page', Buffer.from('<!doctype html><script>alert(1)</script>'), 415, 'logo-wrong-type'],
      ['a drawing', Buffer.from(svg), 415, 'logo-svg'],
      [
        'a drawing behind a mark',
        Buffer.from(`\ufeff<?xml version="1.0"?><!-- x -->${svg}`),
        415,
        'logo-svg',
      ],
      ['another picture', webp, 415, 'logo-wrong-type'],
      ['a ZIP', Buffer.from('PK\u0003\u0004aaaaaaaaaaaaaaaaaa'), 415, 'logo-wrong-type'],
      ['the head of a PNG', red.subarray(0, 8), 422, 'logo-broken'],
      ['half a PNG', red.subarray(0, red.length >> 1), 422, 'logo-broken'],
      ['a bomb', bomb(30_000, 30_000), 422, 'logo-too-many-pixels'],
      ['a bomb with sides of that length', bomb(6000, 6000), 422, 'logo-too-many-pixels'],
      ['a small one', await coloured('#c00000', 119, 60).png().toBuffer(), 422, 'logo-too-small'],
      ['a line', await coloured('#c00000', 900, 100).png().toBuffer(), 422, 'logo-too-narrow'],
      ['nothing', Buffer.alloc(0), 422, '/picture logo-missing'],
      ['too many bytes', Buffer.concat([red, Buffer.alloc(2 * 1024 * 1024)]), 413, 'logo-too-large'],
      ['far too many bytes', Buffer.alloc(5 * 1024 * 1024), 413, 'body-too-large'],
    ];
    const [before, started] = [await files(), performance.now()];
    for (const [what, content, status, code] of bad)
      expect([what, ...(await codeOf(content))]).toEqual([what, status, code]);
    expect(performance.now() - started).toBeLessThan(20_000);
    expect([await files(), (await list()).items]).toEqual([before, []]);
    expect(await codeOf(red, { name: 'other' })).toEqual([422, '/picture logo-missing']);
  });

  it('say what they show in both languages, in few words', async () => {
    const both = (fr: string, ar: string) => ({ alt: { fr, ar } });
    expect(await codeOf(red, both('', ' '))).toEqual([
      422,
      '/alt/fr logo-alt-missing,/alt/ar logo-alt-missing',
    ]);
    expect(await codeOf(red, both('\u202e\u200f', '!'))).toEqual([
      422,
      '/alt/fr logo-alt-missing,/alt/ar logo-alt-missing',
    ]);
    expect(await codeOf(red, both('a'.repeat(121), 'ب'))).toEqual([422, '/alt/fr longer-than']);
    expect(await codeOf(red, both('a', 'ب'.repeat(10_000)))).toEqual([422, '/alt/ar longer-than']);
    expect(await codeOf(red, both('a\0b', 'ب'))).toEqual([422, '/alt/fr not-unicode']);
    const kept = await added(red, { fr: ' <b>A</b> \u202e\n😀', ar: 'نجمة\u2067' });
    expect(kept.alt).toEqual({ fr: '<b>A</b> 😀', ar: 'نجمة' });
    const { code, pdf } = await issued();
    expect(imagesOf(pdf)).toContain('<b>A</b> 😀 · نجمة');
    const page = await t.inject({ url: `/fr/v/${code}`, headers: { accept: 'text/html' } });
    expect(page.body).toContain('&lt;b&gt;A&lt;/b&gt; 😀');
    const change = await t.api(path(kept.id), {
      token: manager,
      method: 'PATCH',
      body: { alt: { fr: 'x' } },
    });
    expect(change.statusCode).toBe(422);
  });

  it('leave no file behind when the page is full', async () => {
    const long = 'عبد السلام كريم المثال '.repeat(3).trim();
    for (const position of [1, 2])
      await t.db.write(
        `test.longSignature${position}`,
        `INSERT INTO certificate_signatory (campaign_id, position, name_fr, name_ar, role_fr, role_ar) VALUES ($1, $2, $3, $4, $5, $4)`,
        [world.campaignId, position, 'W W '.repeat(1500), long, 'W W '.repeat(1500)],
      );
    const unseen = await coloured('#12ab34').png().toBuffer();
    const before = await files();
    expect(await codeOf(unseen)).toEqual([422, 'certificate-sheet-too-full']);
    expect([await files(), (await list()).items]).toEqual([before, []]);
  });

  it('are another campaign’s business only for its own staff', async () => {
    const { id } = await added(red);
    const other = await givenWorld(t);
    const foreign = (await givenStaff(t, 'manager', { kind: 'campaign', id: other.campaignId })).token;
    const there = (rest: string): string => `/campaigns/${other.slug}/certificates/logos${rest}`;
    const asked = async (token: string, at: (rest: string) => string) =>
      (
        await Promise.all([
          t.api(at(`/${id}/picture`), { token }),
          t.api(at(`/${id}`), { token, method: 'PATCH', body: { position: 1 } }),
          t.api(at(`/${id}`), { token, method: 'DELETE' }),
          t.api(at(`/${id}/restore`), { token, body: {} }),
        ])
      ).map(({ statusCode }) => statusCode);
    // By the address of their own campaign, and by that of the logo's.
    expect(await asked(foreign, there)).toEqual([404, 404, 404, 404]);
    expect(await asked(foreign, (rest) => path() + rest)).toEqual([404, 404, 404, 404]);
    expect((await t.api(path(newId()), { token: manager, method: 'DELETE' })).statusCode).toBe(404);
    for (const role of ['trainer', 'auditor', 'funder'] as const) {
      const { token } = await givenStaff(t, role, { kind: 'campaign', id: world.campaignId });
      expect([role, await asked(token, (rest) => path() + rest)]).toEqual([role, [403, 403, 403, 403]]);
      expect([role, (await sendLogo(t, world.slug, token, red)).statusCode]).toEqual([role, 403]);
    }
    expect(await order()).toEqual([id]);
  });

  it('are written into the audit log, each deed with who did it', async () => {
    const { id } = await added(red);
    await t.api(path(id), { token: manager, method: 'PATCH', body: { position: 1 } });
    await t.api(path(id), { token: manager, method: 'DELETE' });
    await t.api(path(id, '/restore'), { token: manager, body: {} });
    const rows = await t.db.read<{ action: string; logo: string }>(
      'test.logoAudit',
      `SELECT action, facts->>'logo' AS logo FROM audit_event WHERE subject_id = $1 AND action LIKE 'certificates.logo%' ORDER BY seq`,
      [world.campaignId],
    );
    expect(rows).toEqual(
      ['add', 'change', 'remove', 'restore'].map((deed) => ({
        action: `certificates.logo-${deed}`,
        logo: id,
      })),
    );
  });
});
