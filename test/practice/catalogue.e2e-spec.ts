import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import sharp from 'sharp';
import { checkSyntax, fontsOf, infoOf, pixelsOf, structureOf, textOf } from '../certificates/pdf-tools.js';
import { givenPerson, givenStaff } from '../support/actors.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { multipart } from '../teaching/forms.js';

const ARABIC = 'زربية صوف منسوجة باليد';

describe('the catalogue of a practice shop as PDF', () => {
  let t: TestApp;

  beforeAll(async () => {
    t = await createTestApp();
  }, 120_000);
  afterAll(() => t.close());

  const act = (token: string, shop: string, kind: string, more: object) =>
    t.api(`/practice/shops/${shop}/actions`, { token, body: { id: randomUUID(), kind, ...more } });

  /** A shop with a rug under the trainee's own red photo, and a bowl under a drawing. */
  async function givenShop(titleFr = 'Tapis de laine tissé main'): Promise<{ token: string; shop: string }> {
    const { token } = await givenPerson(t);
    const opened = await t.api('/practice/shops', { token, body: { scenario: 'ma-boutique' } });
    const shop = opened.json<{ id: string }>().id;
    await act(token, shop, 'shop.name', { name: 'Dar Zellij' });
    await act(token, shop, 'terms.save', { deliveryFee: 2000, returnDays: 14, refund: 'voucher' });
    const sheets = [
      { good: 'tapis', titleFr, titleAr: ARABIC, price: 65_050, stock: 2, picture: 'rug-window' },
      { good: 'bol', titleFr: 'Bol en terre', titleAr: '', price: 6000, stock: 0, picture: 'bowl-window' },
    ];
    for (const sheet of sheets) {
      await act(token, shop, 'sheet.save', sheet);
      await act(token, shop, 'sheet.publish', { good: sheet.good });
    }
    const red = await sharp({ create: { width: 800, height: 600, channels: 3, background: '#c00000' } })
      .jpeg()
      .toBuffer();
    const { payload, headers } = await multipart({ photo: new Blob([new Uint8Array(red)]) });
    const url = `/api/v1/practice/shops/${shop}/goods/tapis/photo`;
    await t.inject({
      method: 'POST',
      url,
      payload,
      headers: { ...headers, authorization: `Bearer ${token}` },
    });
    return { token, shop };
  }

  async function pdfOf(token: string, shop: string, lang = 'fr'): Promise<Buffer> {
    const answer = await t.api(`/practice/shops/${shop}/catalogue.pdf`, {
      token,
      headers: { 'accept-language': lang },
    });
    expect([answer.statusCode, answer.headers['content-type'], answer.headers['cache-control']]).toEqual([
      ...[200, 'application/pdf', 'private, no-store'],
    ]);
    if (process.env['CATALOGUE_OUT'])
      writeFileSync(`${process.env['CATALOGUE_OUT']}-${lang}.pdf`, answer.rawPayload);
    return answer.rawPayload;
  }

  it('is tagged A4 with the titles, prices and terms, in our fonts and without a fault', async () => {
    const { token, shop } = await givenShop();
    const pdf = await pdfOf(token, shop);
    const info = infoOf(pdf);
    expect([info.get('Title'), info.get('Pages'), info.get('Tagged'), info.get('Page size')]).toEqual([
      ...['Dar Zellij', '1', 'yes', '595.276 x 841.89 pts (A4)'],
    ]);
    const text = textOf(pdf).join('\n');
    for (const words of [
      'Tapis de laine tissé main',
      ARABIC,
      '650,50 DH',
      '2 pièces en stock',
      'Plus en stock',
    ])
      expect(text).toContain(words);
    expect(text).toMatch(
      /Livraison : 20 DH\n[\s\S]*pendant 14 jours\.\n[\s\S]*Nous donnons un bon d’achat\./,
    );
    expect(text).toContain('/fr/practice/at/dar-zellij-');
    expect(fontsOf(pdf).every(({ embedded }) => embedded)).toBe(true);
    expect(checkSyntax(pdf)).toContain('No syntax or stream encoding errors found');
    expect(structureOf(pdf)).toMatch(/H1[\s\S]*Figure[\s\S]*H2/);
  });

  it('runs from right to left in Arabic, the first product at the right', async () => {
    const { token, shop } = await givenShop();
    const pdf = await pdfOf(token, shop, 'ar');
    expect(textOf(pdf).join('\n')).toContain('التوصيل والمرتجعات');
    expect(textOf(pdf).join('\n')).toContain('متجر للتدريب');
    // The heading begins at the right; the first product's photo, which is one colour, stands in the right half.
    const { data, width, height } = await pixelsOf(pdf);
    const ink = (from: number, to: number, top: number, bottom: number): number => {
      let dark = 0;
      for (let y = Math.floor(top * height); y < bottom * height; y++)
        for (let x = Math.floor(from * width); x < to * width; x++)
          if ((data[y * width + x] ?? 255) < 160) dark++;
      return dark;
    };
    expect(ink(0.5, 1, 0.05, 0.08)).toBeGreaterThan(0);
    expect(ink(0, 0.4, 0.05, 0.08)).toBe(0);
    expect(ink(0.5, 1, 0.15, 0.4)).toBeGreaterThan(3 * ink(0, 0.5, 0.15, 0.4));
  });

  it('leaves out letters that no font has, and says so', async () => {
    const { token, shop } = await givenShop('Tapis 🧶👩‍🌾 du Rif 毯');
    const text = textOf(await pdfOf(token, shop)).join('\n');
    expect(text).toContain('Tapis du Rif');
    expect(text).toContain('Des signes que nos polices n’ont pas');
  });

  it('is for its owner only, and says that nothing is on sale yet', async () => {
    const { token, shop } = await givenShop();
    const stranger = await givenPerson(t);
    const staff = await givenStaff(t, 'trainer');
    const asked = await Promise.all(
      [stranger.token, staff.token, undefined].map(async (one) => {
        const json = await t.api(`/practice/shops/${shop}/catalogue.pdf`, { token: one });
        return json.statusCode;
      }),
    );
    expect(asked).toEqual([404, 403, 401]);
    for (const good of ['tapis', 'bol']) await act(token, shop, 'sheet.withdraw', { good });
    expect(textOf(await pdfOf(token, shop)).join('\n')).toContain('Aucune fiche n’est encore en vente.');
  });
});
