import { allFacts, dropFacts, type Fact, keepFact } from './database.js';
import { isFinal } from './final.js';

const SYNC_URL = '/api/v1/me/sync';
const LOCK = 'qafila-sending';
const AT_ONCE = 100;
const LIMIT_MS = 20_000;
/** A photo on a slow line. */
const PHOTO_LIMIT_MS = 120_000;
/** Nobody is signed in any more, or the server wants to be left alone. */
const BUSY = new Set([401, 429, 503]);

/** Who is signed in, and the token that their writes need. */
interface Sender {
  readonly person: string;
  readonly csrf?: string;
}

/** What the server said to a fact: taken, refused for what is in it, to be tried again another time, or nothing is taken now. */
type Verdict =
  { readonly taken: true; readonly answer: unknown } | { readonly why: string } | 'later' | 'stop';

interface ProblemBody {
  readonly code?: string;
  readonly detail?: string;
  readonly errors?: readonly { readonly detail?: string }[];
}

/**
 * Sends what waits of the person who is signed in, and nobody else's; each fact carries whose it is, and the server
 * refuses it for another. Several pages and the service worker take turns; sent twice it counts once.
 */
export async function sendKept(): Promise<void> {
  if (!(await allFacts()).some(({ state }) => state === 'waiting')) return;
  if ('locks' in navigator) await navigator.locks.request(LOCK, sendNow);
  else await sendNow();
}

async function sendNow(): Promise<void> {
  const sender = await whoSends();
  if (!sender) return;
  const mine = (await allFacts()).filter(
    ({ owner, state }) => owner === sender.person && state === 'waiting',
  );
  // In the order in which they were done: a first test is one before any quiz.
  for (const fact of mine.filter(({ kind }) => kind !== 'watched' && kind !== 'deed'))
    if (!(await sendForm(fact, sender))) return;
  if (!(await sendDeeds(mine, sender))) return;
  const watched = mine.filter(({ kind }) => kind === 'watched');
  for (const url of new Set(watched.map((fact) => fact.url))) {
    const events = watched.filter((fact) => fact.url === url);
    for (let from = 0; from < events.length; from += AT_ONCE)
      if (!(await sendWatched(url, events.slice(from, from + AT_ONCE), sender))) return;
  }
}

/** Who is signed in, as far as the server can be asked. */
export async function whoSends(): Promise<Sender | undefined> {
  const answer = await fetch(SYNC_URL, { headers: { accept: 'application/json' }, ...limited() }).catch(
    () => undefined,
  );
  return answer?.ok ? ((await answer.json()) as Sender) : undefined;
}

/** @returns false when there is no use in going on now */
async function sendForm(fact: Fact, sender: Sender): Promise<boolean> {
  const verdict = await send('POST', fact.url, fact.photo ? formOf(fact, fact.photo) : fact.body, sender);
  if (verdict === 'stop') return false;
  if (verdict === 'later') return true;
  if ('why' in verdict) await keepFact({ ...fact, state: 'refused', why: verdict.why });
  else if (fact.kind !== 'quiz') {
    // The server has the photo: the room it took is free again.
    const { photo: _, ...rest } = fact;
    await keepFact({ ...rest, state: 'marked' });
  } else {
    const { id, score, max } = verdict.answer as { id: string; score: number; max: number };
    await keepFact({ ...fact, state: 'marked', result: { score, max, href: `${fact.href}/quiz/${id}` } });
  }
  return true;
}

/** What was done in a shop, in its order: what cannot be sent now holds back what came after it there. */
async function sendDeeds(facts: readonly Fact[], sender: Sender): Promise<boolean> {
  const held = new Set<string>();
  for (const fact of facts) {
    if (fact.kind !== 'deed' || held.has(fact.url)) continue;
    const verdict = await send('POST', fact.url, fact.body, sender);
    if (verdict === 'stop') return false;
    if (verdict === 'later') held.add(fact.url);
    else if ('why' in verdict) await keepFact({ ...fact, state: 'refused', why: verdict.why });
    else await keepFact({ ...fact, state: 'taken' });
  }
  return true;
}

/** A hand-in with its photo goes as the page's own form would. */
function formOf({ body }: Fact, photo: Blob): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(body)) form.append(name, String(value));
  form.append('photo', photo, photo instanceof File ? photo.name : 'photo');
  return form;
}

async function sendWatched(url: string, facts: readonly Fact[], sender: Sender): Promise<boolean> {
  const body = { sentAt: new Date().toISOString(), events: facts.map((fact) => fact.body) };
  const verdict = await send('PUT', url, body, sender);
  if (verdict === 'stop') return false;
  if (verdict === 'later') return true;
  if ('why' in verdict)
    for (const fact of facts) await keepFact({ ...fact, state: 'refused', why: verdict.why });
  else await dropFacts(facts.map(({ id }) => id));
  return true;
}

async function send(method: string, url: string, body: unknown, sender: Sender): Promise<Verdict> {
  const isForm = body instanceof FormData;
  const headers = {
    ...{ accept: 'application/json', 'x-person': sender.person },
    // A form says itself where one field ends.
    ...(isForm ? {} : { 'content-type': 'application/json' }),
    ...(sender.csrf === undefined ? {} : { 'x-csrf-token': sender.csrf }),
  };
  const content = isForm ? body : JSON.stringify(body);
  const limit = limited(isForm ? PHOTO_LIMIT_MS : LIMIT_MS);
  const request = { method, headers, body: content, ...limit };
  const answer = await fetch(url, request).catch(() => undefined);
  if (!answer || BUSY.has(answer.status)) return 'stop';
  const said = (await answer.json().catch(() => undefined)) as unknown;
  if (answer.ok) return said === undefined ? 'later' : { taken: true, answer: said };
  const { code, detail, errors = [] } = (said ?? {}) as ProblemBody;
  if (!isFinal(answer.status, code)) return 'later';
  return { why: [...new Set([detail, ...errors.map((error) => error.detail)])].filter(Boolean).join(' ') };
}

/** A phone that hangs on to a dead network tries again later. */
function limited(ms = LIMIT_MS): { signal?: AbortSignal } {
  return 'timeout' in AbortSignal ? { signal: AbortSignal.timeout(ms) } : {};
}
