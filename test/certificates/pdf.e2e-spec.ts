import { CertificatePrinter } from '../../src/certificates/certificate.printer.js';
import {
  type FrozenCertificate,
  type PrintedLogo,
  type PrintedName,
  type PrintedTexts,
  TEXT_KEYS,
} from '../../src/certificates/certificate.js';
import { LONGEST_TEXT, printedTexts } from '../../src/certificates/certificate-texts.js';
import { FileStore } from '../../src/shared/files/file-store.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { coloured } from './logos.js';
import { checkSyntax, fontsOf, imagesOf, infoOf, pixelsOf, structureOf, textOf, xmpOf } from './pdf-tools.js';

jest.setTimeout(120_000);

const CODE = '7K3MX9QPT2';
const FROZEN: FrozenCertificate = {
  name: { fr: 'Fatima-Zahra El Idrissi', ar: 'فاطمة الزهراء الإدريسي' },
  course: { fr: 'Vendre en ligne', ar: 'البيع عبر الإنترنت' },
  campaign: { fr: 'Caravane du e-commerce 2021', ar: 'قافلة التجارة الإلكترونية 2021' },
  organisation: {
    fr: 'Centre régional d’investissement de Tanger-Tétouan-Al Hoceïma',
    ar: 'المركز الجهوي للاستثمار طنجة تطوان الحسيمة',
  },
  funders: [{ fr: 'Agence pour la promotion et le développement du Nord', ar: 'وكالة إنعاش أقاليم الشمال' }],
  city: { fr: 'Tétouan', ar: 'تطوان' },
  dates: { first: '2021-12-14', last: '2021-12-15' },
  minutes: 450,
  issuedOn: '2021-12-22',
  signatories: [
    { name: { fr: 'Karim Exemple', ar: 'كريم المثال' }, role: { fr: 'Directeur', ar: 'المدير' } },
  ],
};

describe('the PDF of a certificate', () => {
  let t: TestApp;
  let printer: CertificatePrinter;
  const print = (name: PrintedName = FROZEN.name, changes: Partial<FrozenCertificate> = {}) =>
    printer.pdf({ ...FROZEN, name, ...changes }, CODE, '2021-000007');

  beforeAll(async () => {
    t = await createTestApp();
    printer = t.app.get(CertificatePrinter);
  });
  afterAll(() => t.close());

  it('is one tagged page of PDF/A-3a on A4, with its title, without a fault', async () => {
    const pdf = await print();
    const info = infoOf(pdf);
    expect([info.get('Pages'), info.get('Tagged'), info.get('Page size')]).toEqual([
      '1',
      'yes',
      '841.89 x 595.276 pts (A4)',
    ]);
    expect(info.get('Title')).toBe(
      'Attestation de formation · شهادة تكوين · Fatima-Zahra El Idrissi · فاطمة الزهراء الإدريسي',
    );
    expect(info.get('Subject')).toContain(`/v/${CODE}`);
    expect(info.get('CreationDate')).toContain('Dec 22');
    expect(xmpOf(pdf)).toMatch(/pdfaid:part>3<[\s\S]*pdfaid:conformance>A</);
    expect(checkSyntax(pdf)).toContain('No syntax or stream encoding errors found');
    const structure = structureOf(pdf);
    expect(structure).toMatch(/H1/);
    expect(structure).toMatch(/Figure/);
  });

  it('has only the fonts we pinned, all inside', async () => {
    const fonts = fontsOf(await print({ fr: 'ⴼⴰⵟⵉⵎⴰ Amrani', ar: 'فاطمة' }));
    expect(fonts.every(({ embedded }) => embedded)).toBe(true);
    expect([...new Set(fonts.map(({ name }) => name.replace(/^[A-Z]{6}\+/, '')))].sort()).toEqual([
      'Amiri-Bold',
      'Amiri-Regular',
      'NotoSansTifinagh-Regular',
    ]);
  });

  it('gives every printed text back to whoever copies it', async () => {
    const lines = textOf(await print());
    for (const text of [
      'Attestation de formation',
      'شهادة تكوين',
      'Fatima-Zahra El Idrissi',
      'فاطمة الزهراء الإدريسي',
      'Vendre en ligne',
      'البيع عبر الإنترنت',
      'Centre régional d’investissement de Tanger-Tétouan-Al Hoceïma',
      'Karim Exemple',
      'كريم المثال',
      '7K3MX 9QPT2',
    ])
      expect(lines).toContain(text);
    const whole = lines.join('\n');
    for (const part of ['du 14 au 15 décembre 2021', '7 h 30', '2021-000007', `/v/${CODE}`, 'دجنبر', 'تطوان'])
      expect(whole).toContain(part);
  });

  it.each([
    'علاء',
    'محمد الأمين',
    'عبد الله بنعيسى',
    'لالة زهرة آيت أوعلي',
    'مولاي إسماعيل ولد الشيخ',
    'رؤى اللطيفي',
    'سكينة بن شقرون',
    'هيئة مؤمن',
    'ياسمين گنون',
  ])('gives back %s in Arabic', async (ar) => {
    expect(textOf(await print({ ar }))).toContain(ar);
  });

  it.each([
    'Fatima-Zahra El Idrissi',
    'Noëlle Œuvrard',
    'Aït Ben Haddou',
    'O’Connor Łukasz',
    'ff fi fl ffi Office',
  ])('gives back %s in Latin letters', async (fr) => {
    expect(textOf(await print({ fr }))).toContain(fr);
  });

  it('leaves a missing script out: nothing stands in its place', async () => {
    const only = textOf(await print({ ar: 'علاء بناني' })).join('\n');
    expect(only).toContain('علاء بناني');
    expect(only).not.toMatch(/Ala|Bennani|null|undefined/);
    expect(infoOf(await print({ fr: 'Ali Bennani' })).get('Title')).toBe(
      'Attestation de formation · شهادة تكوين · Ali Bennani',
    );
  });

  it('makes a very long name smaller until it fits the sheet', async () => {
    const fr = 'Marie-Antoinette Fatima-Zohra Bent El Hadj Abdessalam Chahdi';
    const ar = 'مولاي عبد السلام بن محمد بن عبد القادر العلوي الإدريسي الوزاني';
    expect([fr.length, ar.length]).toEqual([60, 62]);
    const words = textOf(await print({ fr, ar })).join(' ');
    for (const word of [...fr.split(' '), ...ar.split(' ')]) expect(words).toContain(word);
    const longest = await print({ fr: `${'Abdessalam '.repeat(9)}A ${'Benabdellah '.repeat(8)}B`, ar });
    expect(infoOf(longest).get('Pages')).toBe('1');
    for (const pdf of [await print({ fr, ar }), longest]) await expectInsideTheBorder(pdf);
  });

  it('keeps to PDF/A-3a on one page with logos, words of its own and two who sign, each picture with its words', async () => {
    const logos: PrintedLogo[] = [];
    for (const [width, height] of [
      [300, 300],
      [760, 95],
      [75, 300],
    ] as const) {
      const png = await coloured('#c00000', width, height).png().toBuffer();
      const { hash } = await t.app.get(FileStore).put(png);
      logos.push({ hash, width, height, alt: { fr: `Logo ${width}`, ar: 'شعار' } });
    }
    const [signatory] = FROZEN.signatories;
    const pdf = await print(FROZEN.name, {
      logos,
      texts: {
        ...printedTexts(null),
        heading: { fr: 'Attestation d’assiduité' },
        givenBy: { ar: 'في إطار اتفاقية الشراكة' },
        note: { fr: 'Elle n’est pas un diplôme.', ar: 'وليست دبلوما' },
      },
      signatories: signatory ? [signatory, signatory] : [],
    });
    expect([infoOf(pdf).get('Pages'), infoOf(pdf).get('Tagged')]).toEqual(['1', 'yes']);
    expect(xmpOf(pdf)).toMatch(/pdfaid:part>3<[\s\S]*pdfaid:conformance>A</);
    expect(checkSyntax(pdf)).toContain('No syntax or stream encoding errors found');
    expect(fontsOf(pdf).every(({ embedded }) => embedded)).toBe(true);
    expect(structureOf(pdf).match(/Figure/g)).toHaveLength(4);
    for (const alt of ['Logo 300 · شعار', 'Logo 760 · شعار', 'Logo 75 · شعار'])
      expect(imagesOf(pdf)).toContain(alt);
    const lines = textOf(pdf);
    expect(lines).toContain('Attestation d’assiduité');
    expect(lines.join()).not.toContain('شهادة تكوين');
    await expectInsideTheBorder(pdf);
    expect((await reds(pdf)).map(([wide, high]) => [Math.round(wide), Math.round(high)])).toEqual([
      [17, 17],
      [61, 8],
      [4, 17],
    ]);
  });

  it('prints what fills the page smaller, never on a second page nor over its border', async () => {
    const long = (words: string, max: number): string =>
      `${words} `.repeat(Math.floor(max / (words.length + 1))).trim();
    const texts = Object.fromEntries(
      TEXT_KEYS.map((key) => [
        key,
        { fr: long('au titre de', LONGEST_TEXT[key]), ar: long('في إطار', LONGEST_TEXT[key]) },
      ]),
    ) as PrintedTexts;
    const line = { fr: long('Directeur général', 80), ar: long('المدير العام', 80) };
    const fr = 'Marie-Antoinette Fatima-Zohra Bent El Hadj Abdessalam Chahdi '.repeat(2).trim();
    const pdf = await print(
      { fr, ar: FROZEN.name.ar ?? '' },
      {
        texts,
        signatories: [
          { name: line, role: line },
          { name: line, role: line },
        ],
      },
    );
    expect(infoOf(pdf).get('Pages')).toBe('1');
    await expectInsideTheBorder(pdf);
  });

  it('is not blank: the names, the border and the square are really there', async () => {
    const full = await print();
    const other = await print({ fr: 'Ali', ar: FROZEN.name.ar ?? '' });
    const [a, b] = [await pixelsOf(full), await pixelsOf(other)];
    const darkIn = ({ data, width }: typeof a, x0: number, y0: number, x1: number, y1: number): number => {
      let dark = 0;
      for (let y = y0; y < y1; y++)
        for (let x = x0; x < x1; x++) if ((data[y * width + x] ?? 255) < 128) dark += 1;
      return dark;
    };
    expect(darkIn(a, 0, 0, a.width, 70)).toBeGreaterThan(500);
    expect(darkIn(a, 380, 420, 470, 510)).toBeGreaterThan(900);
    // Only the French name differs: the left half changes, the right half does not.
    const middle = a.width / 2;
    expect(darkIn(a, 80, 200, middle - 60, 290)).toBeGreaterThan(darkIn(b, 80, 200, middle - 60, 290) + 200);
    expect(darkIn(a, middle + 60, 200, a.width - 80, 290)).toBe(
      darkIn(b, middle + 60, 200, b.width - 80, 290),
    );
    await expectInsideTheBorder(full);
  });

  it('is the same bytes for the same data, and others for other data', async () => {
    const [one, two] = await Promise.all([print(), print()]);
    expect(one.equals(two)).toBe(true);
    expect((await print({ fr: 'Ali' })).equals(one)).toBe(false);
  });

  it('prints what it is given as text, never as a programme', async () => {
    const fr = '#panic("x") $1$ *gras* <b> @a \\\\ [x]';
    expect(textOf(await print({ fr })).join(' ')).toContain('#panic("x") $1$ *gras* <b> @a \\\\ [x]');
  });
});

/** Width and height of each red picture at the top, in millimetres, from left to right. */
async function reds(pdf: Buffer): Promise<Array<[number, number]>> {
  const dpi = 144;
  const { data, width } = await pixelsOf(pdf, dpi, 'colour');
  const [top, bottom] = [Math.round((25 / 25.4) * dpi), Math.round((48 / 25.4) * dpi)];
  const columns = Array.from({ length: width }, (_, x) => {
    let high = 0;
    for (let y = top; y < bottom; y++) {
      const at = (y * width + x) * 3;
      if ((data[at] ?? 0) > 150 && (data[at + 1] ?? 255) < 60 && (data[at + 2] ?? 255) < 60) high += 1;
    }
    return high;
  });
  const found: Array<[number, number]> = [];
  for (const [x, high] of columns.entries()) {
    const last = found.at(-1);
    if (high > 8 && (columns[x - 1] ?? 0) <= 8) found.push([1, high]);
    else if (high > 8 && last) [last[0], last[1]] = [last[0] + 1, Math.max(last[1], high)];
  }
  return found.map(([wide, high]) => [(wide / dpi) * 25.4, (high / dpi) * 25.4]);
}

/** Between the inner line of the border and the first letters there is white. */
async function expectInsideTheBorder(pdf: Buffer): Promise<void> {
  const { data, width, height } = await pixelsOf(pdf);
  // 21 to 24 mm from the left and right edges, where only white may be.
  const [from, to] = [Math.round((20.5 / 25.4) * 72), Math.round((24 / 25.4) * 72)];
  for (let y = 80; y < height - 80; y++) {
    for (let x = from; x < to; x++) {
      expect(data[y * width + x] ?? 0).toBeGreaterThan(240);
      expect(data[y * width + (width - x - 1)] ?? 0).toBeGreaterThan(240);
    }
  }
}
