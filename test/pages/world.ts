import { SeatReceiptService } from '../../src/enrolment/seat-receipt.service.js';
import { PersonalLinks } from '../../src/enrolment/personal-link.service.js';
import { randomUUID } from 'node:crypto';
import { SignInService } from '../../src/identity/public.js';
import { CallList } from '../../src/messages/public.js';
import { ok, quizKeys, sessionIn, staffToken } from '../support/api-steps.js';
import { multipart } from '../teaching/forms.js';
import { givenSelections } from './selections.js';
import { givenTrainers } from './trainers.js';
import { createTestApp, type TestApp } from '../support/app.js';

const PASSWORD = 'every-page-password-1';
const COURSE = 'e-marketing';
/** A course in which a video is filmed. */
const FILMED = 'vente-en-ligne';
/** A course of which a newer version is published than the one that the person began. */
const RENEWED = 'paiement-electronique';
const SCENARIO = 'semaine-de-commandes';
const PAYMENTS = 'paiements-et-arnaques';
/** A scenario whose trainees choose delivery and returns. */
const OWN_TERMS = 'ma-boutique';
const FIGURES = '/staff/campaigns/apdn-2021';

// Somebody of the demo who did everything, as far as a person alone on their phone can.
const GRADUATE = `
  SELECT c.person_id AS id, pp.phone_id AS "phoneId", c.code
    FROM certificate c JOIN person_phone pp ON pp.person_id = c.person_id JOIN person p ON p.id = c.person_id
   WHERE p.given_fr IS NOT NULL AND p.given_ar IS NOT NULL
   ORDER BY c.serial, pp.phone_id LIMIT 1`;
const ATTEMPT = `
  SELECT a.id, m.slug, c.slug AS course FROM quiz_attempt a JOIN module m ON m.id = a.module_id JOIN course c ON c.id = m.course_id
   WHERE a.person_id = $1 AND a.passed ORDER BY a.at, a.id LIMIT 1`;
const HELD = `
  SELECT s.id FROM session s JOIN campaign c ON c.id = s.campaign_id JOIN stop st ON st.id = s.stop_id
   WHERE c.slug = 'apdn-2021' AND st.city_slug = 'tetouan' ORDER BY s.id LIMIT 1`;
const STOP = `
  SELECT st.id FROM stop st JOIN session s ON s.stop_id = st.id JOIN campaign c ON c.id = s.campaign_id
   WHERE c.slug = 'caravane-2027' AND st.city_slug = 'tetouan' LIMIT 1`;
/** After every session of the demo. */
const FAR = new Date('2100-01-01T00:00:00Z');
const TOUR = `SELECT t.id FROM tour t JOIN campaign c ON c.id = t.campaign_id WHERE c.slug = 'caravane-2027' AND t.name_fr LIKE '%2027' LIMIT 1`;
// A session to come on whose list nobody stands yet.
const EMPTY = `
  SELECT s.id FROM session s JOIN campaign c ON c.id = s.campaign_id
   WHERE c.slug = 'caravane-2027' AND s.status = 'planned' AND NOT EXISTS (SELECT FROM enrolment e WHERE e.session_id = s.id)
   ORDER BY s.id LIMIT 1`;
const NOBODY = `UPDATE sign_in SET person_id = NULL WHERE id = $1`;

// What the person of the demo typed before the code of their phone.
const DRAFT_HELD = `
  INSERT INTO application_draft (id, call_id, e164, answers, needs, created_at)
  SELECT gen_random_uuid(), k.id, ph.e164, '{"f1": "01.571.01.11", "f2": ["o2"], "f4": "Vendre, ma carte ••••••"}', '{transport}', 'infinity'
    FROM call k, certificate c JOIN person p ON p.id = c.person_id JOIN person_phone pp ON pp.person_id = p.id JOIN phone ph ON ph.id = pp.phone_id
   WHERE k.slug = $1 AND p.given_fr IS NOT NULL AND p.given_ar IS NOT NULL
   ORDER BY c.serial, pp.phone_id LIMIT 1
  RETURNING id`;

// Chance is drawn when a shop is opened; here every run draws the same.
const SEEDED = `UPDATE practice_shop SET seed = 7 WHERE id = $1`;

export type Visitor = 'visitor' | 'person' | 'family' | 'trainer' | 'manager' | 'admin';

/** A page of the product, how its route is written, and who opens it. */
export interface Visit {
  name: string;
  route: string;
  as: Visitor;
  path: string;
  /** What it is answered with, where that is not 200. */
  status?: 403 | 404;
  /** The address names no language: the browser does. */
  asksLanguage?: boolean;
}

/** The demo with one of everything that a page can show. */
export interface EveryPage extends TestApp {
  tokens: Readonly<Record<Exclude<Visitor, 'visitor'>, string>>;
  visits: Visit[];
}

/** The first match of a pattern in a page. */
async function linkOn(t: TestApp, path: string, token: string, pattern: RegExp): Promise<string> {
  const { body } = await t.inject({
    url: path,
    headers: { accept: 'text/html' },
    cookies: { qafila: token },
  });
  const found = pattern.exec(body)?.[1];
  if (!found) throw new Error(`No ${pattern} on ${path}: ${body.slice(0, 300)}`);
  return found;
}

async function one<Row extends object>(t: TestApp, sql: string, values: unknown[] = []): Promise<Row> {
  const [row] = (await t.db.manager.query(sql, values)) as Row[];
  if (!row) throw new Error(`Nothing: ${sql}`);
  return row;
}

/** An order of the practice shop that was taken and packed, so that it has a label. */
async function givenOrder(t: TestApp, token: string): Promise<string> {
  const shop = await ok<{ id: string }>(t, '/practice/shops', { token, body: { scenario: SCENARIO } });
  await t.db.write('test.seed', SEEDED, [shop.id]);
  const act = (kind: string, more: object = {}) =>
    t.api(`/practice/shops/${shop.id}/actions`, { token, body: { id: randomUUID(), kind, ...more } });
  const base = `/fr/practice/${SCENARIO}`;
  for (let step = 0; step < 20; step += 1) {
    const orders = await t.inject({
      url: `${base}/orders`,
      headers: { accept: 'text/html' },
      cookies: { qafila: token },
    });
    const order = new RegExp(`${base}/orders/([\\w-]+)`).exec(orders.body)?.[1];
    if (order) {
      await act('order.accept', { order });
      await act('order.ship', { order, carrier: 'post' });
      return order;
    }
    await act('clock.next');
  }
  throw new Error('No order came');
}

/** An order that is paid by card, its customer at the bank's page. */
async function givenPaymentByCard(t: TestApp, token: string): Promise<void> {
  const shop = await ok<{ id: string }>(t, '/practice/shops', { token, body: { scenario: PAYMENTS } });
  await t.db.write('test.seed', SEEDED, [shop.id]);
  const act = (kind: string, more: object = {}) =>
    t.api(`/practice/shops/${shop.id}/actions`, { token, body: { id: randomUUID(), kind, ...more } });
  for (let step = 0; step < 5; step += 1) await act('clock.next');
  await act('order.accept', { order: 'carte' });
  await act('card.link', { order: 'carte' });
}

/** A block that waits for a video, in a draft of its own. @returns folder of the module and id of the block */
async function givenFilmBlock(t: TestApp, token: string): Promise<string> {
  const opened = () =>
    ok<{ revision: number; files: { path: string }[] }>(
      t,
      `/courses/${FILMED}/draft`,
      { token, body: {} },
      200,
    );
  const begin = async (fields: Record<string, string>): Promise<string> => {
    const { headers } = await t.inject({
      ...{ method: 'POST', url: `/fr/staff/courses/${FILMED}` },
      payload: new URLSearchParams({ ...fields, revision: String((await opened()).revision) }).toString(),
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-www-form-urlencoded' },
    });
    return String(headers.location);
  };
  const slug = 'filmer-son-atelier';
  await begin({ op: 'add-module', slug, 'title-fr': 'Filmer son atelier', 'title-ar': 'تصوير الورشة' });
  const file = (await opened()).files.find(({ path }) => path.endsWith(`-${slug}/module.yaml`));
  const module = file?.path.split('/')[0] ?? '';
  const block = await begin({ op: 'add-block', kind: 'video', module });
  return block.split('/parts/')[1] ?? '';
}

/** Publishes a version of a course in which one text is another, after somebody began the one before. */
async function givenNewerVersion(t: TestApp, token: string, person: string): Promise<void> {
  const answers = Object.fromEntries(await quizKeys(RENEWED, 'panorama'));
  await ok(t, '/modules/panorama/quiz-attempts', { token: person, body: { id: randomUUID(), answers } });
  const draft = `/courses/${RENEWED}/draft`;
  const { revision } = await ok<{ revision: number }>(t, draft, { token, body: {} }, 200);
  await ok(t, draft, {
    ...{ token, method: 'PATCH', headers: { 'if-match': String(revision) } },
    body: {
      ...{ file: '06-suivre-son-argent/module.yaml', part: 'une-semaine' },
      fields: { 't:/title/fr': 'Ma semaine de ventes', 't:/title/ar': 'أسبوع مبيعاتي' },
    },
  });
  await ok(t, `${draft}/publish`, { token, body: {} }, 200);
}

/** A file of people with one of everything that a row can be. @returns the id of its import, which waits */
async function givenImport(t: TestApp, token: string): Promise<string> {
  const send = async (lines: readonly string[], query: string): Promise<string> => {
    const file = new Blob([['Téléphone;Prénom;Nom;Sexe;Ville', ...lines].join('\n')]);
    const { payload, headers } = await multipart({ file });
    const sent = await t.inject({
      ...{ method: 'POST', url: `/api/v1/people/import?campaign=caravane-2027&${query}`, payload },
      headers: { ...headers, authorization: `Bearer ${token}` },
    });
    return sent.json<{ id: string }>().id;
  };
  const known = ['0612340001;Amina;Alaoui;femme;', '0612340002;Bahia;Alaoui;femme;Larache'];
  await send(known, 'rows=all');
  const rows = [
    '0612340001;Amina;Alaoui;femme;Tétouan',
    '0612340003;Chama;Alaoui;;',
    '2,12613E+11;Dounia;Alaoui;;',
  ];
  return send([known[1] ?? '', ...rows], 'dryRun=1');
}

/** Two people to call about a session, one by whoever looks. @returns the address of the list */
async function givenPeopleToCall(
  t: TestApp,
  personId: string,
  session: string,
  token: string,
): Promise<string> {
  const { organisationId } = await one<{ organisationId: string }>(
    t,
    `SELECT organisation_id AS "organisationId" FROM session WHERE id = $1`,
    [session],
  );
  const about = { organisationId, listId: session, personId, template: 'enrolment:sms.calledOff' };
  const call = { ...about, why: 'no-sms' as const };
  const lines = [
    ['fr', '+212539123456', 'Bonjour, la séance de Tétouan est annulée.'],
    ['ar', null, 'السلام عليكم، ألغيت حصة تطوان.'],
  ] as const;
  for (const [language, recipient, body] of lines) {
    const aboutId = randomUUID();
    await t.app
      .get(CallList)
      .add({ ...call, aboutId, language, recipient, body, dedupeKey: `test:${language}` });
  }
  const path = `/sessions/${session}/calls`;
  const { items } = await ok<{ items: Array<{ id: string }> }>(t, path, { token }, 200);
  await ok(t, `${path}/${items[0]?.id}/take`, { token, body: {} }, 200);
  return `/staff${path}`;
}

/** The address of the page that takes a code, after a phone was named. */
async function givenCodePage(t: TestApp): Promise<string> {
  const { headers } = await t.inject({
    ...{ method: 'POST', url: '/fr/sign-in' },
    payload: new URLSearchParams({ phone: '06 12 34 56 78' }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  return String(headers.location).replace(/^\/fr/, '');
}

/** A draft beside the calls of the demo, a dossier of the person, and answers of the same phone before its code. */
async function givenCalls(
  t: TestApp,
  tokens: EveryPage['tokens'],
  add: (as: Visitor, route: string, path?: string, name?: string) => void,
): Promise<void> {
  const open = 'appel-caravane-2027';
  const { fields } = await ok<{ fields: object[] }>(t, `/calls/${open}`, {}, 200);
  const words = { fr: 'Appel aux coopératives', ar: 'نداء إلى التعاونيات' };
  const draft = await ok<{ slug: string }>(t, '/campaigns/caravane-2027/calls', {
    token: tokens.manager,
    body: {
      ...{ title: words, body: words, fields },
      opens: { localDate: '2027-02-01', localTime: '09:00' },
      closes: { localDate: '2027-02-20', localTime: '18:00' },
    },
  });
  const sent = await ok<{ id: string }>(t, `/calls/${open}/applications`, {
    ...{
      token: tokens.person,
      body: { answers: { f1: '01.571.01.11', f2: ['o1'], f3: 4 }, needs: ['child'] },
    },
  });
  const held = await one<{ id: string }>(t, DRAFT_HELD, [open]);
  const staff = `/staff/calls/${open}`;
  add('visitor', '/calls/:call', `/calls/${open}`, 'call-of-a-visitor');
  add('visitor', '/calls/:call', '/calls/appel-apdn-2021', 'call-closed');
  add('person', '/calls/:call', `/calls/${open}`);
  add('person', '/calls/:call/send', `/calls/${open}/send?draft=${held.id}`);
  add('person', '/my/applications');
  add('manager', '/staff/calls');
  add('manager', '/staff/campaigns/:campaign/calls', '/staff/campaigns/caravane-2027/calls');
  add('manager', '/staff/campaigns/:campaign/calls/new', '/staff/campaigns/caravane-2027/calls/new');
  add('manager', '/staff/calls/:call', staff);
  add('manager', '/staff/calls/:call', `/staff/calls/${draft.slug}`, 'staff-calls-draft');
  add('manager', '/staff/calls/:call/edit', `/staff/calls/${draft.slug}/edit`);
  add('manager', '/staff/calls/:call/edit', `${staff}/edit`, 'staff-calls-call-words');
  for (const room of ['preview', 'desk', 'poster'])
    add('manager', `/staff/calls/:call/${room}`, `${staff}/${room}`);
  add('manager', '/staff/calls/:call/applications', '/staff/calls/appel-apdn-2021/applications');
  add('manager', '/staff/applications/:application', `/staff/applications/${sent.id}`);
  await givenSelections(t, tokens, { fields, title: words }, add, one);
}

/** A plan of the open tour that was found, with a city that has no place in it. */
async function givenPlans(
  t: TestApp,
  token: string,
  add: (as: Visitor, route: string, path?: string, name?: string) => void,
): Promise<void> {
  const { id: tour } = await one<{ id: string }>(t, TOUR);
  const { id: stop } = await one<{ id: string }>(t, STOP);
  const body = {
    from: '2027-03-01',
    to: '2027-03-03',
    stops: ['larache', 'asilah', 'targuist'].map((city) => ({ city })),
  };
  const plan = await ok<{ id: string }>(t, `/tours/${tour}/plans`, { token, body }, 202);
  await t.runJobs();
  const empty = await ok<{ id: string }>(t, '/campaigns/caravane-2027/tours', {
    token,
    body: {
      name: { fr: 'Tournée sans étape', ar: 'جولة بلا محطات' },
      teams: [{ name: 'A', home: 'tanger', trainerIds: [] }],
    },
  });
  add('manager', '/staff/tours');
  add('manager', '/staff/tours/:tour', `/staff/tours/${tour}`);
  add('manager', '/staff/tours/:tour', `/staff/tours/${empty.id}`, 'staff-tours-empty');
  add('manager', '/staff/tours/:tour/copy', `/staff/tours/${tour}/copy`);
  add('manager', '/staff/tours/:tour/stops/import', `/staff/tours/${tour}/stops/import`);
  add('manager', '/staff/tours/:tour/plans/new', `/staff/tours/${tour}/plans/new?from=${plan.id}`);
  add('manager', '/staff/campaigns/:campaign/tours/new', '/staff/campaigns/caravane-2027/tours/new');
  add('manager', '/staff/plans/:plan', `/staff/plans/${plan.id}`);
  add('manager', '/staff/stops/:stop/move', `/staff/stops/${stop}/move`);
}

export async function givenEveryPage(): Promise<EveryPage> {
  const t = await createTestApp({
    env: { QAFILA_DEMO: '1', QAFILA_DEMO_PASSWORD: PASSWORD },
    isFirstStart: true,
  });
  await t.runJobs();
  const graduate = await one<{ id: string; phoneId: string; code: string }>(t, GRADUATE);
  const signIns = t.app.get(SignInService);
  const person = (await signIns.issue({ phoneId: graduate.phoneId, personId: graduate.id })).token;
  const family = (await signIns.issue({ phoneId: graduate.phoneId, personId: graduate.id })).token;
  const signIn = await signIns.actorOf(family, 'cookie');
  await t.db.write('test.nobodyPicked', NOBODY, [signIn?.signInId]);
  const [trainer, manager, admin] = await Promise.all(
    ['trainer', 'manager', 'admin'].map((name) => staffToken(t, name, PASSWORD)),
  );
  const tokens = { person, family, trainer: trainer!, manager: manager!, admin: admin! };
  const next = await sessionIn(t, 'tetouan');
  const enrolment = await ok<{ id: string }>(t, `/sessions/${next.id}/enrolments`, {
    token: person,
    body: {},
  });
  const attempt = await one<{ id: string; slug: string; course: string }>(t, ATTEMPT, [graduate.id]);
  const held = (await one<{ id: string }>(t, HELD)).id;
  const stop = (await one<{ id: string }>(t, STOP)).id;
  const printing = { token: tokens.manager, body: { sessionId: held } };
  const { jobId: job } = await ok<{ jobId: string }>(t, '/campaigns/apdn-2021/certificates', printing, 202);
  // The bell would ring a little later, before or after the messages of what comes next.
  await t.app.get(SeatReceiptService).tellAll();
  await t.runJobs();
  const body = { link: 'https://exemple.ma/ma-page', note: 'Voilà ma fiche.' };
  const task = await ok<{ id: string }>(t, '/modules/mon-client-et-mon-offre/tasks/fiche-client', {
    ...{ token: person, body },
  });
  await ok(t, `/courses/${COURSE}/draft`, { token: tokens.admin, body: {} }, 200);
  await givenNewerVersion(t, tokens.admin, person);
  const order = await givenOrder(t, person);
  await givenPaymentByCard(t, person);
  await ok(t, '/practice/shops', { token: person, body: { scenario: OWN_TERMS } });
  const draft = `/staff/courses/${COURSE}`;
  const module = '01-mon-client-et-mon-offre';
  const good = await linkOn(t, `/fr/practice/${SCENARIO}/products`, person, /\/products\/([\w-]+)"/);
  const address = await linkOn(t, `/fr/practice/${SCENARIO}`, person, /\/practice\/at\/([\w-]+)"/);
  const visits: Visit[] = [];
  const add = (as: Visitor, route: string, path = route, name = nameOf(route)): void =>
    void visits.push({ name, route, as, path });
  const lesson = '/courses/e-marketing/mon-client-et-mon-offre';
  const shop = `/practice/${SCENARIO}`;

  visits.push({ name: 'language', route: '/', as: 'visitor', path: '/', asksLanguage: true });
  add('visitor', '/', '/', 'home');
  visits.push({ name: 'error-404', route: '*', as: 'visitor', path: '/nothing-here', status: 404 });
  visits.push({
    ...{ name: 'error-403', route: '/staff/campaigns/:campaign/certificates', as: 'trainer', status: 403 },
    path: `${FIGURES}/certificates`,
  });
  add('visitor', '/dev/components');
  add('visitor', '/help');
  add('visitor', '/offline');
  add('visitor', '/courses');
  add('visitor', '/courses/:course', '/courses/e-marketing', 'course-of-a-visitor');
  add('person', '/courses/:course', '/courses/e-marketing');
  add('visitor', '/courses/:course/:module', lesson, 'lesson-of-a-visitor');
  add('person', '/courses/:course/:module', lesson, 'lesson');
  add(
    'person',
    '/courses/:course/:module/quiz/:attempt',
    `/courses/${attempt.course}/${attempt.slug}/quiz/${attempt.id}`,
  );
  add('person', '/courses/:course/:module/tasks/:block', `${lesson}/tasks/fiche-client`);
  add('person', '/courses/:course/version', `/courses/${RENEWED}/version`);
  add('person', '/courses/:course/test', '/courses/e-marketing/test');
  add('visitor', '/sessions');
  add('visitor', '/sessions/:session', `/sessions/${next.id}`);
  const empty = (await one<{ id: string }>(t, EMPTY)).id;
  add('visitor', '/sign-in');
  add('visitor', '/sign-in/code', await givenCodePage(t));
  add('visitor', '/sign-up');
  add('family', '/sign-in/who');
  add('visitor', '/staff/sign-in');
  add('visitor', '/v');
  add('visitor', '/v/:code', `/v/${graduate.code}`);
  add('person', '/me');
  add('person', '/my/messages');
  add('person', '/my/certificates');
  add('person', '/my/sessions');
  const link = await t.app
    .get(PersonalLinks)
    .make({ purpose: 'coming', enrolmentId: enrolment.id }, FAR, 'fr');
  add('visitor', '/r/:code', `/r/${link.slice(-12)}`);
  add('person', '/my/sessions/:enrolment/cancel', `/my/sessions/${enrolment.id}/cancel`);
  add('person', '/my/tasks');
  add('visitor', '/practice');
  add('visitor', '/practice/:scenario', shop, 'practice-of-a-visitor');
  add('person', '/practice/:scenario', shop);
  for (const room of ['book', 'catalogue', 'exercises', 'messages', 'orders', 'products'])
    add('person', `/practice/:scenario/${room}`, `${shop}/${room}`);
  add('person', '/practice/:scenario/orders/:order', `${shop}/orders/${order}`);
  add('person', '/practice/:scenario/orders/:order/label', `${shop}/orders/${order}/label`);
  add('person', '/practice/:scenario/orders/:order/bank', `/practice/${PAYMENTS}/orders/carte/bank`);
  add('person', '/practice/:scenario/terms', `/practice/${OWN_TERMS}/terms`);
  add('person', '/practice/:scenario/products/:good', `${shop}/products/${good}`);
  add('person', '/practice/at/:address', `/practice/at/${address}`);
  add('manager', '/staff/campaigns/:campaign/certificates', `${FIGURES}/certificates`);
  add('manager', '/staff/campaigns/:campaign/certificates/jobs/:job', `${FIGURES}/certificates/jobs/${job}`);
  for (const page of ['signatures', 'texts', 'logos'])
    add('manager', `/staff/campaigns/:campaign/certificates/${page}`, `${FIGURES}/certificates/${page}`);
  add('manager', '/staff/campaigns/:campaign/participation', `${FIGURES}/participation?by=city,gender`);
  add('manager', '/staff/certificates');
  add('manager', '/staff/certificates/:code', `/staff/certificates/${graduate.code}`);
  add('admin', '/staff/courses');
  add('admin', '/staff/courses/:course', draft);
  add('trainer', '/staff/courses/:course/guide', `${draft}/guide`);
  add('admin', '/staff/courses/:course/history', `${draft}/history`);
  add('admin', '/staff/courses/:course/lesson/:module', `${draft}/lesson/${module}`);
  add('admin', '/staff/courses/:course/preview/:module', `${draft}/preview/${module}`);
  add('admin', '/staff/courses/:course/links', `${draft}/links`);
  add('admin', '/staff/courses/:course/parts/:module/:part', `${draft}/parts/${module}/quatre-clients`);
  add(
    'admin',
    '/staff/courses/:course/languages/:module/:part',
    `${draft}/languages/${module}/video?lang=ary`,
  );
  const film = await givenFilmBlock(t, tokens.admin);
  add('admin', '/staff/courses/:course/films/:module/:part', `/staff/courses/${FILMED}/films/${film}`);
  const listening = `${draft}/listening`;
  const unit = await linkOn(t, `/fr${listening}`, tokens.admin, /\/listening\/([\w-]+)[?"]/);
  const line = await linkOn(
    t,
    `/fr${listening}/${unit}?lang=ary`,
    tokens.admin,
    /\/listening\/([\w-]+\/[\w.-]+)[?"]/,
  );
  add('admin', '/staff/courses/:course/listening', listening);
  add('admin', '/staff/courses/:course/listening/:unit', `${listening}/${unit}?lang=ary`);
  add('admin', '/staff/courses/:course/listening/:unit/:line', `${listening}/${line}?lang=ary`);
  add('admin', '/staff/courses/:course/publish', `${draft}/publish`);
  add('admin', '/staff/courses/:course/source', `${draft}/source`);
  add('admin', '/staff/consent-voices', '/staff/consent-voices?lang=fr');
  add('admin', '/staff/consent-voices/:line', '/staff/consent-voices/notice?lang=ary');
  add('manager', '/staff/figures');
  add('manager', '/staff/learning');
  add('manager', '/staff/learning/:course', `/staff/learning/${COURSE}`);
  add('manager', '/staff/learning/:course/videos', `/staff/learning/${COURSE}/videos`);
  add('manager', '/staff/learning/:course/test', `/staff/learning/${COURSE}/test`);
  add('manager', '/staff/learning/:course/test/cards', `/staff/learning/${COURSE}/test/cards`);
  add('manager', '/staff/people');
  add('manager', '/staff/campaigns/:campaign/people', '/staff/campaigns/caravane-2027/people');
  add('manager', '/staff/campaigns/:campaign/people', `${FIGURES}/people?q=khaled`, 'people-found');
  add('manager', '/staff/imports/:import', `/staff/imports/${await givenImport(t, tokens.manager)}`);
  await givenCalls(t, tokens, add);
  await givenPlans(t, tokens.manager, add);
  await givenTrainers(t, tokens, [empty, next.id], add);
  add('manager', '/staff/sessions');
  add('manager', '/staff/calendars');
  add('manager', '/staff/sessions/:session', `/staff/sessions/${held}`);
  for (const room of ['attendance', 'certificates', 'course', 'practice', 'roll-call', 'test', 'videos'])
    add('manager', `/staff/sessions/:session/${room}`, `/staff/sessions/${held}/${room}`);
  const rollCall = '/staff/sessions/:session/roll-call';
  add('manager', rollCall, `/staff/sessions/${next.id}/roll-call`, 'roll-call-open');
  add('manager', rollCall, `/staff/sessions/${empty}/roll-call`, 'roll-call-of-nobody');
  const seat = `/staff/sessions/${next.id}/roster/${enrolment.id}`;
  add('manager', '/staff/sessions/:session/roster/:enrolment/room-code', `${seat}/room-code`);
  add('manager', '/staff/sessions/:session/close', `/staff/sessions/${next.id}/close`);
  add('manager', '/staff/sessions/:session/cancel', `/staff/sessions/${next.id}/cancel`);
  add('manager', '/staff/sessions/:session/concerned', `/staff/sessions/${next.id}/concerned`);
  add('manager', '/staff/sessions/:session/move', `/staff/sessions/${next.id}/move`);
  const calls = await givenPeopleToCall(t, graduate.id, empty, tokens.manager);
  add('manager', '/staff/sessions/:session/calls', calls);
  add('manager', '/staff/sessions/:session/calls', `/staff/sessions/${next.id}/calls`, 'calls-of-nobody');
  add('manager', '/staff/sessions/:session/calls/print', `${calls}/print`);
  add('manager', '/staff/sessions/:session/edit', `/staff/sessions/${next.id}/edit`);
  add('manager', '/staff/stops/:stop/sessions/new', `/staff/stops/${stop}/sessions/new`);
  add('manager', '/staff/tasks');
  add('manager', '/staff/tasks/:task', `/staff/tasks/${task.id}`);
  return { ...t, tokens, visits };
}

/** `/staff/sessions/:session/close` is `staff-sessions-session-close`. */
function nameOf(route: string): string {
  return route.slice(1).replaceAll(':', '').replaceAll('/', '-');
}
