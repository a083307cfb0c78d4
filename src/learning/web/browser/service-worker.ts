/**
 * Gives a stored lesson without a network, and keeps what is answered meanwhile. It looks after lessons and their files
 * alone: every other page goes to the network untouched, and is never kept. Nothing here belongs to two people.
 */
import {
  allFacts,
  dropFacts,
  type Fact,
  keepFact,
  setSetting,
  setting,
} from '../../../shared/web/browser/offline/database.js';
import { factOf, isKeptForm } from './offline/form-fact.js';
import { isFinal } from '../../../shared/web/browser/offline/final.js';
import {
  becomeOwner,
  cacheOf,
  clearAllBut,
  currentOwner,
  storedWith,
} from '../../../shared/web/browser/offline/packs.js';
import { partOf } from '../../../shared/web/browser/offline/part-of.js';
import { sendKept } from '../../../shared/web/browser/offline/sending.js';
import { LEFT } from './offline/leaving.js';

/** Told by the server before this script: what the page without a network is made of. */
interface Shell {
  readonly pages: readonly string[];
  readonly files: readonly string[];
}

/** What a page says to us. */
interface Message {
  readonly type: 'owner' | 'sign-out' | 'take-over';
  readonly owner?: string;
}

const worker = self as unknown as ServiceWorkerGlobalScope & { readonly SHELL: Shell };
const SHELL_CACHE = 'qafila-shell';
const FILLED_AT = 'shell';
const DAY_MS = 86_400_000;
const STAFF = /^\/(ar|fr|en)\/staff(\/|$)/;
const IN_LANGUAGE = /^\/(ar|fr|en)(\/|$)/;
const LEAVING = /^\/(ar|fr|en)\/sign-out(-everywhere)?$/;
/** Asking for a code changes nobody: what comes after it does. */
const ARRIVING = /^\/(ar|fr|en)\/sign-in\//;
const FILES = /^\/(assets|media|practice\/pictures)\//;
/** A practice shop and its rooms, and the script that shows them here. */
const SHOP = /^(\/(?:ar|fr|en)\/practice\/(?!at(?:\/|$))[a-z0-9-]+)(\/|$)/;
const SHOP_SCRIPT = /\/shop-on-phone-[^/]*\.js$/;
/** A network that does not answer a form by then is treated as none; the attempt's id makes a second copy harmless. */
const ANSWER_MS = 10_000;
/** The same for a form with a photo, which takes its time on a slow line. */
const UPLOAD_MS = 60_000;
/** How long a change of person waits for what the last one did. */
const LEAVING_MS = 3_000;

worker.addEventListener('install', (event) => event.waitUntil(fillShell()));
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener('message', (event) => event.waitUntil(hear(event.data as Message)));
worker.addEventListener('sync' as 'message', (event) => (event as ExtendableEvent).waitUntil(sendAll()));
worker.addEventListener('fetch', (event) => {
  const answer = answerTo(event);
  if (answer) event.respondWith(answer);
});

/** The page without a network in every language, fetched as nobody, so that nobody's name is in it. */
async function fillShell(): Promise<void> {
  const cache = await caches.open(SHELL_CACHE);
  const { pages, files } = worker.SHELL;
  const wanted = new Set([...pages, ...files]);
  await Promise.all(
    [...wanted].map(async (url) => {
      const fresh = pages.includes(url) ? 'no-store' : 'default';
      const answer = await fetch(url, { credentials: 'omit', cache: fresh });
      if (!answer.ok) throw new Error(`${answer.status} ${url}`);
      await cache.put(url, answer);
    }),
  );
  for (const { url } of await cache.keys()) if (!wanted.has(new URL(url).pathname)) await cache.delete(url);
  await setSetting(FILLED_AT, Date.now());
}

/** Its words may change while its files do not. */
async function refillShell(): Promise<void> {
  if (Date.now() - Number(await setting(FILLED_AT)) > DAY_MS) await fillShell().catch(() => undefined);
}

async function hear({ type, owner }: Message): Promise<void> {
  if (type === 'owner') {
    await becomeOwner(owner);
    await refillShell();
  }
  if (type === 'sign-out') {
    await becomeOwner(undefined);
    await clearAllBut(undefined);
  }
  // What a newer script changes may not meet a page that still works with the older one.
  if (
    type === 'take-over' &&
    (await worker.clients.matchAll({ type: 'window', includeUncontrolled: true })).length <= 1
  )
    await worker.skipWaiting();
}

function answerTo(event: FetchEvent): Promise<Response> | undefined {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== worker.location.origin || STAFF.test(pathname)) return undefined;
  const isPage = request.mode === 'navigate';
  if (request.method === 'POST' && isPage) {
    if (isKeptForm(pathname)) return takeForm(event);
    if (SHOP.test(pathname)) return takeDeed(request, pathname);
    if (LEAVING.test(pathname) || ARRIVING.test(pathname)) return changePerson(event, LEAVING.test(pathname));
  }
  if (request.method !== 'GET') return undefined;
  if (isPage && SHOP.test(pathname)) return shop(request, pathname);
  if (isPage && IN_LANGUAGE.test(pathname)) return page(request, pathname);
  return FILES.test(pathname) ? file(request) : undefined;
}

/**
 * A shop is the server's where it can be reached and knows everything that was done here; else the stored one goes on.
 */
async function shop(request: Request, pathname: string): Promise<Response> {
  const base = SHOP.exec(pathname)?.[1] ?? pathname;
  const kept = await storedShop(base);
  if (!kept) return page(request, pathname);
  const late = after(ANSWER_MS, undefined);
  const isTold = await Promise.race([sendKept().then(() => hasNoDeeds(base)), late]);
  const answer = isTold ? await Promise.race([fetch(request).catch(() => undefined), late]) : undefined;
  return answer && answer.status < 500 ? answer : kept;
}

/** The page of a stored shop, with the script that shows the room of any of its addresses. */
async function storedShop(base: string): Promise<Response | undefined> {
  const owner = await currentOwner().catch(() => undefined);
  const pack = owner === undefined ? undefined : await storedWith(owner, base);
  const script = pack?.files.find(({ url }) => SHOP_SCRIPT.test(url));
  const stored = script && (await storedPage(base));
  if (!stored) return undefined;
  const tag = `<script type="module" src="${script.url}"></script></head>`;
  return new Response((await stored.text()).replace('</head>', tag), { headers: stored.headers });
}

/** Of whoever has this shop: what another person of the phone did waits for them, and holds up nobody else. */
async function hasNoDeeds(base: string): Promise<boolean> {
  const owner = await currentOwner();
  return !(await allFacts()).some(
    (fact) => fact.kind === 'deed' && fact.state === 'waiting' && fact.href === base && fact.owner === owner,
  );
}

/** A form of a page that came from the server, whose network has gone since: where the shop is stored, it is done there. */
async function takeDeed(request: Request, pathname: string): Promise<Response> {
  const sent = fetch(request).catch(() => undefined);
  const answer = await Promise.race([sent, after(UPLOAD_MS, undefined)]);
  if (answer) return answer;
  const base = SHOP.exec(pathname)?.[1] ?? pathname;
  return (await storedShop(base)) ? Response.redirect(`${base}?unsent`, 303) : page(request, pathname);
}

function after<T>(ms: number, value: T): Promise<T> {
  return new Promise((resolve) => setTimeout(resolve, ms, value));
}

/** The stored copy first; what is not stored comes from the network, or the page that says what this phone has. */
async function page(request: Request, pathname: string): Promise<Response> {
  const stored = await storedPage(pathname);
  if (stored) return stored;
  try {
    return await fetch(request);
  } catch {
    const locale = IN_LANGUAGE.exec(pathname)?.[1] ?? 'fr';
    return (await caches.match(`/${locale}/offline`, { cacheName: SHELL_CACHE })) ?? Response.error();
  }
}

/** Marked, so that its script knows that what belongs to the moment has to be asked for. */
async function storedPage(pathname: string): Promise<Response | undefined> {
  const owner = await currentOwner().catch(() => undefined);
  if (owner === undefined) return undefined;
  if (!(await storedWith(owner, pathname))) return undefined;
  const found = await caches.match(pathname, { cacheName: cacheOf(owner) });
  if (!found) return undefined;
  const text = (await found.text()).replace('<html ', '<html data-stored ');
  return new Response(text, { headers: found.headers });
}

/** A file that this phone has is not asked for again. */
async function file(request: Request): Promise<Response> {
  const found =
    (await stored(request.url, false)) ?? (await caches.match(request.url, { cacheName: SHELL_CACHE }));
  if (found) return partOf(found, request.headers.get('range'));
  try {
    return await fetch(request);
  } catch (error) {
    // Of a film one size is stored: whoever asks for another one is given it rather than nothing.
    const other = request.url.includes('.m3u8') ? await stored(request.url, true) : undefined;
    if (other) return other;
    throw error;
  }
}

async function stored(url: string, ignoreSearch: boolean): Promise<Response | undefined> {
  const owner = await currentOwner().catch(() => undefined);
  if (owner === undefined) return undefined;
  return caches.match(url, { cacheName: cacheOf(owner), ignoreSearch });
}

/** A form that can wait: to the server where it can be reached, else kept, and sent when it can. */
async function takeForm(event: FetchEvent): Promise<Response> {
  const copy = event.request.clone();
  const hasFile = event.request.headers.get('content-type')?.startsWith('multipart/') ?? false;
  const answer = await Promise.race([
    fetch(event.request).catch(() => undefined),
    new Promise<undefined>((resolve) => setTimeout(resolve, hasFile ? UPLOAD_MS : ANSWER_MS)),
  ]);
  // Taken leads to another page; all else, an ended session or a server in trouble too, is sent again as long as it takes.
  if (answer?.type === 'opaqueredirect') event.waitUntil(dropDrafts(new URL(copy.url).pathname));
  const isSettled = answer !== undefined && (answer.type === 'opaqueredirect' || isFinal(answer.status));
  const fact = isSettled ? undefined : factOf(copy.url, await copy.formData());
  if (!fact) return answer ?? page(event.request, new URL(copy.url).pathname);
  const address = await keepForm(fact);
  event.waitUntil(sendKept().then(askForSync));
  return Response.redirect(address, 303);
}

/** A form that was handed in after all. */
async function dropDrafts(form: string): Promise<void> {
  const drafts = (await allFacts()).filter((fact) => fact.state === 'draft' && fact.form === form);
  await dropFacts(drafts.map(({ id }) => id));
}

/** @returns where it is said what became of it: kept; without its photo, which does not fit; or not at all */
async function keepForm(fact: Fact): Promise<string> {
  const { photo, ...draft } = fact;
  const fits = photo === undefined || (await hasRoom(photo.size));
  if (fits && (await isKept(fact))) return `${fact.href}?kept`;
  if (photo && (await isKept({ ...draft, state: 'draft' }))) return `${fact.href}?draft#tasks`;
  return `/${fact.href.slice(1, 3)}/offline?full`;
}

async function isKept(fact: Fact): Promise<boolean> {
  return keepFact(fact).then(
    () => true,
    () => false,
  );
}

/** Asked before: some browsers take a photo, and lose it when they write it down. */
async function hasRoom(bytes: number): Promise<boolean> {
  const { quota, usage } = await navigator.storage.estimate().catch((): StorageEstimate => ({}));
  return quota === undefined || usage === undefined || quota - usage > bytes;
}

/** What is left makes the browser wake us again. */
async function sendAll(): Promise<void> {
  await sendKept();
  if ((await allFacts()).some(({ state }) => state === 'waiting')) throw new Error('Some of it waits');
}

/** Where the browser can, it wakes us when the network is back, even with no page open. */
async function askForSync(): Promise<void> {
  const { sync } = worker.registration as unknown as { sync?: { register(tag: string): Promise<void> } };
  await sync?.register('kept').catch(() => undefined);
}

/** Somebody signs in or out: what the last person did is sent while they still are who they are; then nothing of theirs is shown. */
async function changePerson({ request }: FetchEvent, isLeaving: boolean): Promise<Response> {
  const late = new Promise((resolve) => setTimeout(resolve, LEAVING_MS));
  await Promise.race([sendKept().catch(() => undefined), late]);
  const answer = await fetch(request).catch(() => undefined);
  await becomeOwner(undefined);
  // Without a network the lessons are hidden; a page finishes it when it is back.
  if (isLeaving) await setSetting(LEFT, answer === undefined);
  if (!answer) return page(request, new URL(request.url).pathname);
  if (isLeaving) await clearAllBut(undefined);
  else await setSetting(LEFT, false);
  return answer;
}
