import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { LinkProber } from '../../src/courses/outside-links/link-prober.js';
import { OutsideNetwork } from '../../src/courses/outside-links/outside-network.js';
import { givenStaff } from '../support/actors.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { type CourseFolder, courseFiles, givenCourses, withCaptions } from '../support/courses.js';
import { OutsideWorld } from './outside-world.js';

const LINKS = '/fr/staff/courses/tissage/links';
const FILE = 'tissage/01-le-prix/module.yaml';

jest.setTimeout(60_000);

describe('links to other sites', () => {
  let world: OutsideWorld;
  const never = new AbortController().signal;

  beforeAll(async () => {
    world = await OutsideWorld.begin();
  });
  afterAll(() => world.end());
  beforeEach(() => {
    world.asked.length = 0;
    world.most = 0;
  });
  const probe = (url: string, deadlineMs?: number) =>
    new LinkProber(world.network(deadlineMs)).probe(url, never);

  it.each([
    ['https://ok.site.test/', { outcome: 'ok', status: 200 }],
    ['https://shy.site.test/', { outcome: 'ok', status: 206 }],
    ['https://moved.site.test/', { outcome: 'moved', movedTo: 'https://ok.site.test/new?a=1' }],
    ['https://twice.site.test/', { outcome: 'moved', movedTo: 'https://ok.site.test/new?a=1' }],
    // What is lent for a while is not the new address.
    ['https://lent.site.test/', { outcome: 'ok', movedTo: null }],
    ['https://gone.site.test/', { outcome: 'gone', status: 410 }],
    ['https://lost.site.test/', { outcome: 'gone', status: 404 }],
    ['https://movedaway.site.test/', { outcome: 'gone', movedTo: null }],
    ['https://closed.site.test/', { outcome: 'unreachable', reason: 'refused', status: 403 }],
    ['https://broken.site.test/', { outcome: 'unreachable', reason: 'status', status: 500 }],
    ['https://down.site.test/', { outcome: 'unreachable', reason: 'network' }],
    ['https://nobody.site.test/', { outcome: 'unreachable', reason: 'address' }],
    ['https://nonsense.site.test/', { outcome: 'unreachable', reason: 'unreadable' }],
    ['https://long.site.test/', { outcome: 'unreachable', reason: 'unreadable' }],
    // Our own resolver is down: nothing is known of the site.
    ['https://unresolved.site.test/', { outcome: 'unreachable', reason: 'network' }],
    ['https://unknown.site.test/', { outcome: 'unreachable', reason: 'address' }],
    ['https://other.name.test/', { outcome: 'unreachable', reason: 'tls' }],
  ])('%s is %o', async (url, finding) => {
    expect(await probe(url)).toMatchObject(finding);
  });

  it('are followed five times and no more', async () => {
    expect(await probe('https://round.site.test/1')).toMatchObject({ reason: 'redirects' });
    expect(world.asked.filter((each) => each.startsWith('HEAD'))).toHaveLength(6);
  });

  it('are waited for until the deadline, and their bodies are not read', async () => {
    const began = performance.now();
    expect(await probe('https://slow.site.test/', 300)).toMatchObject({ reason: 'timeout' });
    expect(await probe('https://endless.site.test/', 2000)).toMatchObject({ outcome: 'ok' });
    expect(performance.now() - began).toBeLessThan(2000);
  });

  it('are waited for no longer when the memory is swept meanwhile', async () => {
    setFlagsFromString('--expose_gc');
    const sweep = runInNewContext('gc') as () => void;
    const sweeping = setInterval(sweep, 50);
    const tooLong = new Promise((resolve) => setTimeout(resolve, 5000, 'waited for ever').unref());
    const finding = await Promise.race([probe('https://slow.site.test/', 400), tooLong]);
    clearInterval(sweeping);
    expect(finding).toMatchObject({ outcome: 'unreachable', reason: 'timeout' });
  });

  it('are left when the work ends', async () => {
    const ending = new AbortController();
    const asked = new LinkProber(world.network()).probe('https://slow.site.test/', ending.signal);
    setTimeout(() => ending.abort(new Error('stopped')), 100);
    await expect(asked).rejects.toThrow('stopped');
    await expect(
      new LinkProber(world.network()).probe('https://ok.site.test/', ending.signal),
    ).rejects.toThrow('stopped');
  });

  it.each([
    ['https://intern.site.test/', 'private'],
    ['https://half.site.test/', 'private'],
    ['https://127.0.0.9/', 'private'],
    ['https://0x7f000009/', 'private'],
    ['https://[::1]/', 'private'],
    ['https://ok.site.test:8443/', 'port'],
    ['http://ok.site.test/', 'not-https'],
  ])('never lead beside this machine: %s is not asked', async (url, reason) => {
    expect(await probe(url)).toMatchObject({ outcome: 'unreachable', reason });
    expect(world.asked).toEqual([]);
  });

  it.each([
    ['inside', 'private'],
    ['literal', 'private'],
    ['six', 'private'],
    ['port', 'port'],
    ['plain', 'not-https'],
  ])('nor by a redirect: %s.site.test', async (site, reason) => {
    expect(await probe(`https://${site}.site.test/`)).toMatchObject({ outcome: 'unreachable', reason });
    expect(world.asked).toEqual([`HEAD ${site}.site.test/`]);
  });

  it.each(['https://localhost/', 'https://127.0.0.1/', 'https://10.0.0.1/', 'https://[::ffff:127.0.0.1]/'])(
    'nor as the site itself is made: %s',
    async (url) => {
      const finding = await new LinkProber(new OutsideNetwork()).probe(url, never);
      expect(finding).toMatchObject({ outcome: 'unreachable', reason: 'private' });
    },
  );

  describe('of a course', () => {
    let t: TestApp;
    let courses: CourseFolder;
    let token: string;

    beforeAll(async () => {
      const files = withCaptions(courseFiles());
      const links = ['ok', 'gone', 'moved', 'closed', 'late', 'intern']
        .map((site) => `[${site}](https://${site}.site.test/)`)
        .join(' ');
      const many = Array.from({ length: 12 }, (_, n) => `[${n}](https://late.site.test/${n})`).join(' ');
      files.set(
        FILE,
        (files.get(FILE) ?? '')
          .replace('ar: الثمن يؤدي الصوف.', `ar: "${links}"`)
          .replace('text: { fr: Prenez un tapis.,', `text: { fr: "${many} [ok](https://ok.site.test/)",`),
      );
      courses = await givenCourses(files);
      t = await createTestApp({ env: { QAFILA_COURSES: courses.path } });
      Object.assign(t.app.get(OutsideNetwork), world.network());
      token = (await givenStaff(t, 'admin', { kind: 'installation', id: null })).token;
    }, 60_000);
    afterAll(async () => {
      await t.close();
      await courses.remove();
    });

    const page = async (url = LINKS) => t.inject({ url, headers: { authorization: `Bearer ${token}` } });
    const words = (html: string) =>
      html
        .replace(/<[^>]+>/g, ' ')
        .replaceAll('&#x3D;', '=')
        .replace(/\s+/g, ' ');
    const press = (headers: Record<string, string> = { authorization: `Bearer ${token}` }) =>
      t.inject({ method: 'POST', url: LINKS, headers });
    const audited = async () =>
      (
        await t.db.read<{ n: number }>(
          'test.linkAudit',
          `SELECT count(*)::int AS n FROM audit_event WHERE action = 'courses.links.check'`,
        )
      )[0]?.n;
    /** A minute goes by. */
    const rest = () =>
      t.db.write(
        'test.linkRest',
        `UPDATE job SET finished_at = finished_at - interval '60 s' WHERE kind = 'courses.links'`,
      );
    const jobs = () =>
      t.db.read<{ state: string; done: number; total: number }>(
        'test.linkJobs',
        `SELECT state, progress_done AS done, progress_total AS total FROM job WHERE kind = 'courses.links' ORDER BY created_at`,
      );

    it('are listed with the places they stand in, and asked by nobody yet', async () => {
      const html = words((await page()).body);
      expect(html).toMatch(/Pas encore vérifié https:\/\/ok\.site\.test\/ .*Dans : Carte 1 Calculez/);
      expect(html).toContain('Vérifier les liens vers d’autres sites');
      expect(world.asked).toEqual([]);
    });

    it('are asked by a press, once however often one presses, a few at a time, with progress', async () => {
      const presses = await Promise.all([press(), press(), press()]);
      expect(presses.map(({ statusCode }) => statusCode)).toEqual([303, 303, 303]);
      expect(await jobs()).toEqual([{ state: 'queued', done: 0, total: null }]);
      expect(await audited()).toBe(1);
      const waiting = await page();
      expect([waiting.headers['refresh'], words(waiting.body)]).toEqual([
        '3',
        expect.stringContaining('Vérification en cours Elle commence bientôt.'),
      ]);
      await t.runJobs();
      expect(await jobs()).toEqual([{ state: 'done', done: 18, total: 18 }]);
      expect(
        world.asked.filter((each) => each.includes('//ok') || each.endsWith(' ok.site.test/')),
      ).toHaveLength(1);
      expect([world.most > 1, world.most <= 4]).toEqual([true, true]);
      expect(world.asked.some((each) => each.includes('intern'))).toBe(false);
    });

    it('are shown with what each leads to, in the reader’s language, what asks for something first', async () => {
      const shown = await page();
      expect(shown.headers['refresh']).toBeUndefined();
      const html = words(shown.body);
      expect(html).toMatch(
        /N’existe plus https:\/\/gone\.site\.test\/ .*Injoignable https:\/\/closed\.site\.test\/ .*\(403\), mais pas à un programme.*A déménagé https:\/\/moved\.site\.test\/ .*Mettez-la à la place : https:\/\/ok\.site\.test\/new\?a=1 .*Répond https:\/\/ok\.site\.test\/ La page répond\. Vérifié : /,
      );
      expect(html).toMatch(/Injoignable https:\/\/intern\.site\.test\/ .*une adresse qui n’est pas publique/);
      const arabic = words((await page(LINKS.replace('/fr/', '/ar/'))).body);
      expect(arabic).toMatch(/لم يعد موجودا https:\/\/gone\.site\.test\//);
    });

    it('are remembered when one publishes, and asked by nobody then', async () => {
      await t.api('/courses/tissage/draft', { token, body: {} });
      const before = await page('/fr/staff/courses/tissage/publish');
      expect(words(before.body)).toContain(
        'Le lien https://gone.site.test/ ne menait plus à rien à la dernière vérification.',
      );
      await t.api('/courses/tissage/draft', {
        ...{ token, method: 'PATCH', headers: { 'if-match': '"1"' } },
        body: {
          ...{ file: '01-le-prix/module.yaml', part: 'devoir' },
          fields: { 't:/text/fr': 'Voyez [là](https://lost.site.test/).' },
        },
      });
      expect((await t.api('/courses/tissage/draft/publish', { token, body: {} })).statusCode).toBe(200);
      expect(world.asked).toEqual([]);
    });

    it('are not asked again within a minute of the last check, which is said', async () => {
      const refused = await press();
      expect(refused.statusCode).toBe(303);
      const flash = refused.cookies.find(({ name }) => name === 'flash')?.value ?? '';
      const shown = await t.inject({
        url: LINKS,
        headers: { authorization: `Bearer ${token}`, cookie: `flash=${flash}` },
      });
      expect(words(shown.body)).toContain('Attendez une minute avant une nouvelle vérification.');
      expect([(await jobs()).length, await audited()]).toEqual([1, 1]);
    });

    it('that left the course are forgotten at the next check', async () => {
      await rest();
      await press();
      await t.runJobs();
      const rows = await t.db.read<{ url: string }>(
        'test.links',
        'SELECT url FROM course_link_check ORDER BY url',
      );
      expect(rows.map(({ url }) => url)).toEqual(
        ['closed', 'gone', 'intern', 'late', 'lost', 'moved', 'ok'].map(
          (site) => `https://${site}.site.test/`,
        ),
      );
      expect((await jobs()).map(({ done }) => done)).toEqual([18, 7]);
    });

    it('say when the last check did not finish, until one does', async () => {
      await rest();
      await press();
      // The worker stopped in every attempt.
      await t.db.write(
        'test.linkStop',
        `UPDATE job SET state = 'running', attempts = max_attempts, lease_token = id, lease_until = now() - interval '1 s'
          WHERE kind = 'courses.links' AND state = 'queued'`,
      );
      await t.runJobs();
      const failed = await page();
      expect(failed.headers['refresh']).toBeUndefined();
      expect(words(failed.body)).toMatch(
        /La dernière vérification n’est pas allée au bout .* Réessayer la vérification/,
      );
      await rest();
      await press();
      expect(words((await page()).body)).not.toContain('n’est pas allée au bout');
      await t.runJobs();
      expect(words((await page()).body)).not.toContain('n’est pas allée au bout');
      expect((await jobs()).map(({ state }) => state)).toEqual(['done', 'done', 'dead', 'done']);
      world.asked.length = 0;
    });

    it('are nobody else’s to ask', async () => {
      expect((await press({})).statusCode).not.toBe(303);
      const learner = await givenStaff(t, 'coordinator', { kind: 'installation', id: null });
      expect((await press({ authorization: `Bearer ${learner.token}` })).statusCode).toBe(403);
      expect(world.asked).toEqual([]);
    });
  });
});
