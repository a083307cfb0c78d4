import { rowsOf, workbookOf } from '../support/workbook.js';
import { ImportWorld } from './world.js';

jest.setTimeout(60_000);

const HEAD = 'Téléphone;Prénom;Nom;الاسم الشخصي;الاسم العائلي;Sexe;Date de naissance;Ville;Activité;Métier';
const line = (phone: string, given: string, more = ''): string => `${phone};${given};Alaoui;;;${more}`;

/** The same bytes as an old program would write them. */
function encoded(text: string, label: string): Buffer {
  const signs = new TextDecoder(label).decode(Uint8Array.from({ length: 256 }, (_, byte) => byte));
  return Buffer.from([...text].map((sign) => signs.indexOf(sign)));
}

describe('a file that somebody sends', () => {
  let w: ImportWorld;
  beforeAll(async () => (w = await ImportWorld.make()), 60_000);
  afterAll(() => w.t.close());

  const refused = async (file: Buffer | string): Promise<[number, string, string]> => {
    const before = await w.written();
    const answer = await w.send(file);
    const { code, detail } = answer.json<{ code: string; detail: string }>();
    expect(await w.written()).toEqual(before);
    return [answer.statusCode, code, detail];
  };
  const problemsOf = async (file: Buffer | string): Promise<Array<string[]>> => {
    const { id } = await w.preview(file);
    return (await w.rows(id)).map(({ problems }) => problems.map(({ code }) => code));
  };

  const FRENCH = `${HEAD}\r\n${line('06 12 34 56 78', 'Éléonore')}\r\n`;
  const ARABIC = 'الهاتف;الاسم الشخصي;الاسم العائلي\r\n0612345679;فاطمة;العلوي\r\n';
  it.each<[string, Buffer, string]>([
    ['UTF-8', Buffer.from(FRENCH), 'Éléonore'],
    ['UTF-8 with its mark', Buffer.from(`\ufeff${FRENCH}`), 'Éléonore'],
    ['UTF-16', Buffer.from(`\ufeff${ARABIC}`, 'utf16le'), 'فاطمة'],
    ['UTF-16 the other way', Buffer.from(`\ufeff${FRENCH}`, 'utf16le').swap16(), 'Éléonore'],
    ['windows-1256', encoded(ARABIC, 'windows-1256'), 'فاطمة'],
    ['commas', Buffer.from(FRENCH.replaceAll(';', ',')), 'Éléonore'],
    ['tabs', Buffer.from(FRENCH.replaceAll(';', '\t')), 'Éléonore'],
    [
      'XLSX',
      workbookOf({
        rows: rowsOf(
          ARABIC.trim()
            .split('\r\n')
            .map((one) => one.split(';')),
        ),
      }),
      'فاطمة',
    ],
  ])('is read as %s', async (_, file, name) => {
    const { id, counts } = await w.preview(file);
    expect(counts).toEqual({ create: 1, update: 0, same: 0, error: 0 });
    expect((await w.rows(id))[0]?.cells).toContain(name);
  });

  it('is read as windows-1252', async () => {
    const text = 'Téléphone;Prénom;Nom\r\n0612345678;Éléonore;BENSAÏD\r\n';
    const { id, counts } = await w.preview(encoded(text, 'windows-1252'));
    expect(counts.create).toBe(1);
    expect((await w.rows(id))[0]?.cells).toEqual(['0612345678', 'Éléonore', 'BENSAÏD']);
  });

  it('keeps a new line that stands in quotes', async () => {
    const { id, counts } = await w.preview(`${HEAD}\n0612345678;"Fatima\nZahra";"O;Amrani"\n`);
    expect(counts).toEqual({ create: 1, update: 0, same: 0, error: 0 });
    expect((await w.rows(id))[0]?.cells.slice(1)).toEqual(['Fatima\nZahra', 'O;Amrani']);
  });

  it('is refused with the name of the limit: 51 columns, 5,001 rows, 10 MB, 100 MB unpacked', async () => {
    expect(await refused(`${'x;'.repeat(50)}x\n`)).toMatchObject([
      413,
      'table-too-large-columns',
      /50 colonnes/,
    ]);
    const rows = (count: number): string => `${HEAD}\n${'x\n'.repeat(count)}`;
    expect(await refused(rows(5001))).toMatchObject([413, 'table-too-large-rows', /5000 lignes/]);
    const large = Buffer.alloc(10 * 1024 * 1024 + 1, 'x');
    expect(await refused(large)).toMatchObject([413, 'table-too-large-bytes', /10 Mo/]);
    expect(await refused(Buffer.alloc(11 * 1024 * 1024, 'x'))).toMatchObject([
      413,
      'body-too-large',
      /10 MB/,
    ]);
    const liar = workbookOf({ rows: `<!--${' '.repeat(1024)}-->`.repeat(105 * 1024), saysSize: 1000 });
    expect(await refused(liar)).toMatchObject([413, 'table-too-large-inflated', /100 Mo/]);
    expect((await w.preview(rows(5000))).counts.error).toBe(5000);
  });

  it('that nobody can read is an error with words, never a 500', async () => {
    const whole = workbookOf({ rows: rowsOf([['a'], ['b']]) });
    const tries: Array<[Buffer | string, string]> = [
      [whole.subarray(0, 200), 'table-broken-workbook'],
      [Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), 'table-old-or-locked'],
      [Buffer.from('%PDF-1.7\n'), 'table-not-a-table'],
      ['', 'table-empty'],
      [`${HEAD}\n"0612345678;Fatima\n`, 'table-quote'],
    ];
    for (const [file, code] of tries) expect(await refused(file)).toMatchObject([422, code, /\w+/]);
    const nothing = await w.t.inject({
      ...{ method: 'POST', url: `/api/v1/people/import?campaign=${w.world.campaignId}` },
      headers: { authorization: `Bearer ${w.token}` },
    });
    expect(nothing.statusCode).toBe(422);
  });

  it('that takes more memory than a thread may have is refused, and the next one is read', async () => {
    // Four million strings below the limit of what is unpacked, which the thread would have to hold.
    const heavy = workbookOf({
      rows: rowsOf([['a']]),
      sharedStrings: '<si><t>abcde</t></si>'.repeat(4_500_000),
    });
    expect(await refused(heavy)).toMatchObject([422, 'table-too-heavy', /mémoire/]);
    expect((await w.preview(`${HEAD}\n${line('0612345678', 'Fatima')}`)).counts.create).toBe(1);
  });

  it('says of each row what is wrong, and how to mend it', async () => {
    const problems = await problemsOf(
      [
        HEAD,
        line('2,12613E+11', 'Fatima'),
        line('', 'Fatima'),
        line('061234', 'Fatima'),
        line('0612345678', ''),
        line('0612345678', 'Fatima', 'x;31/12/85;Atlantis;Astronaute;Fusées'),
      ].join('\n'),
    );
    expect(problems).toEqual([
      ['phone-rounded'],
      ['phone-empty'],
      ['phone-too-short'],
      ['required'],
      expect.arrayContaining([
        'gender-word',
        'birth-date-short',
        'city-unknown',
        'category-word',
        'sector-word',
      ]),
    ]);
    const { id } = await w.preview(`${HEAD}\n${line('2,12613E+11', 'Fatima')}`);
    expect((await w.rows(id))[0]?.problems[0]?.detail).toMatch(/format Texte/);
  });

  it('has dates in three orders, Arabic digits, and words in three languages', async () => {
    const file = [
      HEAD,
      line('0612345671', 'Amina', 'Femme;31/12/1985;Tétouan;Artisan;Cuir'),
      line('٠٦١٢٣٤٥٦٧٢', 'Bouchra', 'F;1985-12-31;تطوان;Maître artisan;'),
      line('+212 6 12 34 56 73', 'Chama', 'أنثى;12/31/1985;Tetouan;;'),
      line("'0612345674", 'Dounia', 'female;١٩٨٥;;;'),
      line('212612345675', 'Ilham', 'femme;1985;;;'),
      line('612345676', 'Hanan', ';;;;'),
    ].join('\n');
    const { id, counts } = await w.preview(file);
    expect(counts).toEqual({ create: 6, update: 0, same: 0, error: 0 });
    expect((await w.confirm(id)).statusCode).toBe(200);
    const people = await w.sql<{ e164: string; gender: string; year: number | null; city: string | null }>(
      `SELECT ph.e164, n.gender, n.birth_year AS year, n.city_slug AS city FROM nomination n JOIN phone ph ON ph.id = n.phone_id
        WHERE n.import_id = $1 ORDER BY ph.e164`,
      [id],
    );
    expect(people.map(({ e164 }) => e164)).toEqual([1, 2, 3, 4, 5, 6].map((n) => `+21261234567${n}`));
    expect(people.slice(0, 5).map(({ gender, year }) => [gender, year])).toEqual(
      Array(5).fill(['female', 1985]),
    );
    expect(people.slice(0, 3).map(({ city }) => city)).toEqual(['tetouan', 'tetouan', 'tetouan']);
  });

  it('has formulas that stay text, in and out', async () => {
    const own = await ImportWorld.in(w.t);
    const names = ['=HYPERLINK("http://x")', '+1', '-2', '@SUM(A1)', "'Abdellah", "'=1"];
    const rows = names.map((name, n) => [`06 98 00 00 0${n}`, n % 2 ? `'${name}` : name, 'Alaoui']);
    const csv = [['Téléphone', 'Prénom', 'Nom'], ...rows].map((one) =>
      one.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(';'),
    );
    const { id } = await own.preview(csv.join('\n'));
    expect((await own.confirm(id)).statusCode).toBe(200);
    const kept = await own.sql<{ given: string }>(
      `SELECT given_fr AS given FROM nomination n JOIN phone p ON p.id = n.phone_id WHERE campaign_id = $1 ORDER BY p.e164`,
      [own.world.campaignId],
    );
    // The apostrophe before a formula is the file's; the one of a name is the name's.
    expect(kept.map(({ given }) => given)).toEqual([...names.slice(0, 5), "'=1"]);
    const out = (await own.export()).toString();
    expect(out).toContain('"\'=HYPERLINK(""http://x"")"');
    expect(out).not.toMatch(/(^|,)"?[=+@-]/m);
    expect((await own.preview(Buffer.from(out))).counts).toEqual({ create: 0, update: 0, same: 6, error: 0 });
  });

  it('names a phone twice: one person once, five people at most, and those of the base are seen', async () => {
    const own = await ImportWorld.in(w.t);
    const phone = '0698111111';
    const first = await own.preview(`${HEAD}\n${line(phone, 'Amina')}`);
    expect((await own.confirm(first.id)).statusCode).toBe(200);
    const { id } = await own.preview(
      [
        HEAD,
        line(phone, 'Amina'),
        ...['Bahia', 'Chama', 'Dounia', 'Hanan', 'Ilham', 'Bahia'].map((name) => line(phone, name)),
      ].join('\n'),
    );
    const rows = await own.rows(id);
    expect(rows.map(({ outcome }) => outcome)).toEqual([
      'same',
      'create',
      'create',
      'create',
      'create',
      'error',
      'error',
    ]);
    expect(rows.flatMap(({ problems }) => problems.map(({ code }) => code))).toEqual([
      'phone-serves-five',
      'twice-in-file',
    ]);
    expect(rows[6]?.problems[0]?.detail).toContain('ligne 3');
  });
});
