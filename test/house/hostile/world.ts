import { CAMPAIGN_2021 } from '../../../src/demo/campaign-ids.js';
import { SignInService } from '../../../src/identity/public.js';
import { CallList } from '../../../src/messages/public.js';
import { Csrf } from '../../../src/shared/access/csrf.js';
import type { KnownRoute } from '../../../src/shared/access/access-hooks.js';
import { newId } from '../../../src/shared/new-id.js';
import { coloured, sendLogo } from '../../certificates/logos.js';
import { multipart } from '../../teaching/forms.js';
import { signIn, signUp, newPhone } from '../../support/phones.js';
import { createWorld, demoSession, stopId, TOUR, type World } from '../../tours/world.js';

/** Everybody who may stand at the door; `admin` may everything that staff may. */
export type Who =
  | 'nobody'
  | 'phone'
  | 'person'
  | 'other'
  | 'admin'
  | 'manager'
  | 'trainer'
  | 'funder'
  | 'auditor'
  | 'stranger';

/** Where a hostile visitor finds real things, by the name of the part of the address. */
export type Parts = Record<string, string>;

export interface HostileWorld extends World {
  who: Record<Exclude<Who, 'nobody'>, string>;
  parts: Parts;
  personId: string;
}

const COMPLETED = `
  SELECT c.person_id AS "personId", p.session_id AS "sessionId"
    FROM completion c JOIN participation p USING (person_id, course_id, campaign_id)
   WHERE c.campaign_id = $1 AND p.booked ORDER BY c.person_id LIMIT 1`;

/** The demo with two people who have a seat, a phone that picked nobody, a certificate and a job. */
export async function createHostileWorld(): Promise<HostileWorld> {
  const world = await createWorld();
  const phone = newPhone();
  const [person, other] = [await someone(world, phone), await someone(world, newPhone())];
  const nobodyYet = await world.db.readOne<{ id: string }>(
    'test.phoneId',
    `SELECT id FROM phone WHERE e164 = $1`,
    [phone],
  );
  const unpicked = await world.app.get(SignInService).issue({ phoneId: nobodyYet?.id ?? '', personId: null });
  const course = (await world.api('/courses/e-marketing')).json<{
    modules: Array<{ id: string; slug: string; video?: { id: string } }>;
  }>();
  const [module] = course.modules;
  const parts = {
    campaign: 'caravane-2027',
    session: demoSession('tetouan'),
    stop: stopId('tetouan'),
    tour: TOUR,
    enrolment: await enrol(world, person.token),
    course: 'e-marketing',
    module: module?.slug ?? '',
    video: module?.video?.id ?? '',
    attempt: newId(),
    bundle: 'x',
    ...(await certificateOf(world)),
    logo: await logoOf(world),
    import: await importOf(world),
    plan: await planOf(world),
  };
  const call = await callOf(world, parts.session, parts.enrolment, person.id);
  const tokens = { ...world.tokens, phone: unpicked.token, person: person.token, other: other.token };
  return { ...world, who: tokens, parts: { ...parts, call }, personId: person.id };
}

async function someone(world: World, phone: string): Promise<{ id: string; token: string }> {
  await signUp(world, phone);
  const { token, people } = await signIn(world, phone);
  return { token, id: people[0]?.id ?? '' };
}

/** Takes a seat in Tétouan. @returns the enrolment's id */
async function enrol(world: World, token: string): Promise<string> {
  const answer = await world.api(`/sessions/${demoSession('tetouan')}/enrolments`, { token, body: {} });
  if (answer.statusCode !== 201) throw new Error(answer.body);
  return answer.json<{ id: string }>().id;
}

/** A certificate of 2021, and the job of a batch that waits. */
async function certificateOf(world: World): Promise<{ code: string; id: string; job: string }> {
  const token = world.tokens.manager;
  const done = await world.db.readOne<{ personId: string; sessionId: string }>('test.completed', COMPLETED, [
    CAMPAIGN_2021,
  ]);
  const path = `/sessions/${done?.sessionId ?? ''}/certificates`;
  const issued = await world.api(path, { token, body: { personId: done?.personId, confirmName: true } });
  const batch = await world.api('/campaigns/caravane-2027/certificates', { token, body: {} });
  if (issued.statusCode !== 201 || batch.statusCode !== 202) throw new Error(issued.body + batch.body);
  const { jobId } = batch.json<{ jobId: string }>();
  return { code: issued.json<{ code: string }>().code, id: jobId, job: jobId };
}

/** A logo of the open campaign. @returns its id */
async function logoOf(world: World): Promise<string> {
  const picture = await coloured('#c00000').png().toBuffer();
  const sent = await sendLogo(world, 'caravane-2027', world.tokens.manager, picture);
  if (sent.statusCode !== 201) throw new Error(sent.body);
  return sent.json<{ id: string }>().id;
}

/** A plan of the open tour that was found. @returns its id */
async function planOf(world: World): Promise<string> {
  const body = { from: '2027-03-01', to: '2027-03-03', stops: [{ city: 'larache' }] };
  const asked = await world.as(`/tours/${TOUR}/plans`, { body });
  if (asked.statusCode !== 202) throw new Error(asked.body);
  return asked.json<{ id: string }>().id;
}

/** An import of the open campaign that waits. @returns its id */
async function importOf(world: World): Promise<string> {
  const file = new Blob(['Téléphone;Prénom;Nom\n0612340001;Amina;Alaoui\n']);
  const { payload, headers } = await multipart({ file });
  const sent = await world.inject({
    ...{ method: 'POST', url: '/api/v1/people/import?campaign=caravane-2027&dryRun=1', payload },
    headers: { ...headers, authorization: `Bearer ${world.tokens.manager}` },
  });
  if (sent.statusCode !== 201) throw new Error(sent.body);
  return sent.json<{ id: string }>().id;
}

/** Somebody to call about a session. @returns the id of the line */
async function callOf(
  { app, db, as }: World,
  listId: string,
  aboutId: string,
  personId: string,
): Promise<string> {
  const session = await db.readOne<{ organisationId: string }>(
    'test.organisationOfSession',
    `SELECT organisation_id AS "organisationId" FROM session WHERE id = $1`,
    [listId],
  );
  await app.get(CallList).add({
    ...{ organisationId: session?.organisationId ?? '', listId, aboutId, personId, recipient: null },
    ...{
      template: 'enrolment:sms.moved',
      language: 'fr',
      why: 'no-sms',
      body: 'La séance a changé.',
      dedupeKey: `test:${aboutId}`,
    },
  });
  const { items } = (await as(`/sessions/${listId}/calls`)).json<{ items: Array<{ id: string }> }>();
  return items[0]?.id ?? '';
}

/** The address of a route with these parts; an address already made of real ones is what stays unsaid. */
export function addressOf(url: string, parts: Parts): string {
  return url
    .replace(/:([A-Za-z]+)(\([^)]*\))?/g, (_, name: string) => parts[name] ?? 'x')
    .replace(/\*/g, 'x');
}

/** Names of the parts of a route's address. */
export function partsOf(url: string): string[] {
  return [...url.matchAll(/:([A-Za-z]+)/g)].map(([, name]) => name ?? '');
}

/** Somebody who gets past the gate of a route. */
export function allowed({ access }: Pick<KnownRoute, 'access'>): Who[] {
  if (access === 'person') return ['person'];
  if (access === 'public' || access === 'signed-in') return ['person', 'admin'];
  return ['admin'];
}

/** Headers of a browser that is signed in and was given the page's own token. */
export function asBrowser(world: HostileWorld, who: Exclude<Who, 'nobody'>): Record<string, string> {
  const token = world.who[who];
  return {
    cookie: `qafila=${token}`,
    'x-csrf-token': world.app.get(Csrf).tokenFor(token),
    accept: 'text/html',
  };
}
