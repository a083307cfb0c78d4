import { ImportWorld } from './world.js';

interface Found {
  items: Array<{ id: string; name: string; phones: string[]; state: string }>;
  next: string | null;
}

const FILE = `Téléphone;Prénom;Nom;Prénom (arabe);Nom (arabe);Année de naissance
0612000101;Fatima Zahra;El Alaoui;;;1985
0612000102;;;فاطمة الزهراء;العلوي;1990
0612000103;Karima;Fassi;كريمة;الفاسي;1970
0612000104;Karim;Fassi;;;1971
0612000105;Mohamed;Ben Ali;;;
`;

describe('people of a campaign are found', () => {
  let w: ImportWorld;
  beforeAll(async () => {
    w = await ImportWorld.make();
    const { id, columns } = await w.preview(FILE);
    expect(columns.map(({ field }) => field)).not.toContain(null);
    expect((await w.confirm(id)).statusCode).toBe(200);
    const session = await w.world.session();
    const seated = await w.world.person();
    await w.t.api(`/sessions/${session}/enrolments`, { token: seated.token, body: {} });
  }, 60_000);
  afterAll(() => w.t.close());

  const ask = (q: string, more = '', token = w.token) =>
    w.t.api(`/people/search?campaign=${w.world.campaignId}&q=${encodeURIComponent(q)}${more}`, {
      token,
      headers: { 'accept-language': 'fr' },
    });
  const names = async (q: string): Promise<string[]> =>
    (await ask(q)).json<Found>().items.map(({ name }) => name);

  it('by a name in either script, however it is spelt and in any order, whole words first', async () => {
    const both = ['Fatima Zahra El Alaoui', 'فاطمة الزهراء العلوي'];
    for (const q of ['alawi fatma', 'ALAOUI', 'العلوى فاطمه', 'Fatima-Zohra', 'zahra alaoui'])
      expect([q, (await names(q)).toSorted()]).toEqual([q, both.toSorted()]);
    expect(await names('Karim')).toEqual(['Karim Fassi', 'Karima Fassi']);
    expect(await names('كريمة')).toEqual(['Karima Fassi']);
    for (const q of ['Benali Mohammed', 'Ali Mohammed', 'محمد بن علي'])
      expect([q, await names(q)]).toEqual([q, ['Mohamed Ben Ali']]);
    expect(await names('Nobody')).toEqual([]);
    expect(await names('🙂')).toEqual([]);
  });

  it('by a number, also in the digits of Arabic', async () => {
    for (const q of ['0612000103', '06 12 00 01 03', '+212612000103', '٠٦١٢٠٠٠١٠٣', '000103'])
      expect([q, await names(q)]).toEqual([q, ['Karima Fassi']]);
    expect(await names('103')).toEqual([]);
  });

  it('with what the campaign knows of them, by page, and by nobody else', async () => {
    const page = (await ask('Fassi', '&limit=1')).json<Found>();
    expect(page.items).toMatchObject([
      { name: 'Karim Fassi', birthYear: 1971, phones: ['+212612000104'], state: 'nominated' },
    ]);
    const rest = (await ask('Fassi', `&limit=1&cursor=${page.next}`)).json<Found>();
    expect([rest.items.map(({ name }) => name), rest.next]).toEqual([['Karima Fassi'], null]);
    expect((await ask('Alami')).json<Found>().items).toMatchObject([{ state: 'enrolled' }]);
    const stranger = await w.world.staff('coordinator', 'organisation', w.world.otherOrganisationId);
    expect((await ask('Fassi', '', stranger)).statusCode).toBe(404);
    const trainer = await w.world.staff('trainer', 'organisation', w.world.organisationId);
    expect((await ask('Fassi', '', trainer)).statusCode).toBe(403);
    expect((await ask('')).statusCode).toBe(422);
    expect((await ask('x'.repeat(101))).statusCode).toBe(422);
  });
});
