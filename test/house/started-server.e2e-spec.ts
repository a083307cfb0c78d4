import { readFile } from 'node:fs/promises';
import { endAll, start, type Started } from '../support/process.js';
import { newVarFolder, removeVarFolder } from '../support/var-folder.js';

jest.setTimeout(90_000);

const PASSWORD = 'a password of the tests';

/** What people start is bundled; all other tests run the modules one by one. */
describe('the server that npm start makes', () => {
  let varDir: string;
  let server: Started;
  let token: string;
  const ask = (path: string, more: RequestInit = {}) =>
    fetch(`${server.url}${path}`, {
      ...more,
      headers: {
        'accept-language': 'fr',
        ...(token && { authorization: `Bearer ${token}` }),
        ...more.headers,
      },
    });
  const post = (path: string, body: unknown) =>
    ask(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  beforeAll(async () => {
    varDir = await newVarFolder('qafila-started-');
    server = await start({ QAFILA_VAR: varDir, QAFILA_DEMO_PASSWORD: PASSWORD });
    token = '';
    const answer = await post('/api/v1/auth/token', { email: 'admin@qafila.test', password: PASSWORD });
    ({ token } = (await answer.json()) as { token: string });
  });
  afterAll(async () => {
    await endAll();
    await removeVarFolder(varDir);
  });

  it('finds its pages, words, styles and drawings', async () => {
    for (const locale of ['fr', 'ar', 'en']) {
      const page = await ask(`/${locale}`);
      expect(page.status).toBe(200);
      const html = await page.text();
      expect(html).toContain(`<html lang="${locale}"`);
      for (const [, path] of html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g))
        expect([path, (await ask(path ?? '')).status]).toEqual([path, 200]);
    }
  });

  it('describes itself as the committed description does', async () => {
    const committed = JSON.parse(await readFile('docs/openapi.json', 'utf8')) as unknown;
    expect(await (await ask('/api/v1/openapi.json')).json()).toEqual(committed);
    expect((await ask('/api/docs')).status).toBe(200);
  });

  it('checks what it is given, field by field, in words', async () => {
    const refused = await post('/api/v1/people', { phone: 'six', language: 'xx' });
    expect(refused.status).toBe(422);
    const { errors } = (await refused.json()) as { errors: Array<{ pointer: string; detail: string }> };
    expect(errors.map(({ pointer }) => pointer)).toEqual(
      expect.arrayContaining(['/name', '/language', '/consents']),
    );
    expect(errors.every(({ detail }) => detail.length > 5)).toBe(true);
  });

  it('prints and reads tables in threads of its own', async () => {
    const paper = await ask('/staff/campaigns/caravane-2027/certificates/specimen.pdf');
    expect((await paper.text()).slice(0, 5)).toBe('%PDF-');
    const form = new FormData();
    form.set('file', new Blob(['Téléphone;Nom;Prénom\n06 12 34 56 78;Alami;Fatima\n']), 'people.csv');
    const preview = await ask('/api/v1/people/import?campaign=caravane-2027&dryRun=1', {
      method: 'POST',
      body: form,
    });
    expect(await preview.json()).toMatchObject({ state: 'preview', counts: { create: 1, error: 0 } });
  });
});
