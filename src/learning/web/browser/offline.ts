/**
 * Lessons without a network: stores the one that is shown, says what is on this phone and what waits to be sent, and
 * sends it. Loaded where somebody learns, and at work only when the page is.
 */
import { allFacts, allPacks, type Fact } from '../../../shared/web/browser/offline/database.js';
import { listPack } from '../../../shared/web/browser/offline/download.js';
import { KeepPanel } from '../../../shared/web/browser/offline/keep-panel.js';
import { type Keeping, KeptLesson } from '../../../shared/web/browser/offline/keeping.js';
import { KeptCourse } from './offline/kept-course.js';
import { KeptList } from '../../../shared/web/browser/offline/kept-list.js';
import { finishLeaving, isLeaving } from './offline/leaving.js';
import { livePage, showLive, storeAgain } from './offline/live-parts.js';
import { currentOwner } from '../../../shared/web/browser/offline/packs.js';
import { keepShopInStep } from './offline/kept-shop.js';
import { sendKept, whoSends } from '../../../shared/web/browser/offline/sending.js';
import { showShelf } from './offline/shelf-list.js';
import { showVideo } from './offline/stored-video.js';
import { uuid } from '../../../shared/web/browser/offline/uuid.js';

const IDLE_MS = 2_000;
/** How often a page that is open tries to send what waits: a network that comes back does not always say so. */
const AGAIN_MS = 30_000;
const RETURN_MS = 5_000;
const keep = document.getElementById('keep');
/** A page that belongs to a stored course or lesson: whose it is, its version, and what lists its files. */
const page = keep ?? document.getElementById('stored-page');
const isStored = 'stored' in document.documentElement.dataset;
const kept = KeptList.onPage();

/** Whose page this is: of the one that is shown, or of the lessons that this phone has. */
async function owner(): Promise<string | undefined> {
  const known = page?.dataset['owner'] ?? (await currentOwner().catch(() => undefined));
  if (known !== undefined) return known;
  // Lessons are here of somebody who had left and may be back; a phone that has none asks nobody.
  const packs = await allPacks().catch(() => []);
  return packs.length === 0 ? undefined : (await whoSends())?.person;
}

async function keptOf(person: string | undefined): Promise<Fact[]> {
  return (await allFacts().catch(() => [])).filter(({ owner: whose }) => whose === person);
}

/** A test that waits to be sent was taken. */
function hideTaken(facts: readonly Fact[]): void {
  const form = document.getElementById('test-form');
  const isTaken = ({ kind, state, href }: Fact): boolean =>
    kind === 'test' && state === 'waiting' && href === location.pathname;
  if (form) form.hidden = facts.some(isTaken);
}

/** What was typed into the form of a task whose photo did not fit stands in it again. */
function fillDrafts(facts: readonly Fact[]): void {
  for (const { body, form } of facts.filter(({ state }) => state === 'draft'))
    for (const name of ['link', 'note']) {
      const places = `form[action="${form ?? ''}"] [name="${name}"]`;
      const field = document.querySelector<HTMLInputElement | HTMLTextAreaElement>(places);
      if (field && field.value === '') field.value = String(body[name] ?? '');
    }
}

/** Until it is finished nothing of whoever left is shown; then the page is opened anew, as nobody. */
async function leave(): Promise<void> {
  const notice = document.getElementById('leaving');
  if (notice) notice.hidden = false;
  if (await finishLeaving()) location.reload();
}

async function sendAndShow(): Promise<void> {
  if (await isLeaving()) return leave();
  const person = await owner();
  const facts = await keptOf(person);
  hideTaken(facts);
  fillDrafts(facts);
  await kept?.show(person);
  await sendKept().catch(() => undefined);
  await kept?.show(person);
}

/** The script that answers without a network: asked for when the page has all it needs. */
async function register(person: string | undefined): Promise<void> {
  const registration = await navigator.serviceWorker.register('/sw.js', { scope: '/' });
  const { active } = await navigator.serviceWorker.ready;
  if (person !== undefined) active?.postMessage({ type: 'owner', owner: person });
  registration.waiting?.postMessage({ type: 'take-over' });
}

/** The lesson that this page shows, or the course. Its files are asked for once. */
function keepingOf({ dataset }: HTMLElement, person: string): Keeping {
  let listed: ReturnType<typeof listPack> | undefined;
  const listing = (): ReturnType<typeof listPack> => {
    listed ??= listPack(dataset['pack'] ?? '', person);
    // Without a network now; with one it is asked again.
    listed.catch(() => (listed = undefined));
    return listed;
  };
  const Kind = 'course' in dataset ? KeptCourse : KeptLesson;
  return new Kind(person, location.pathname, listing);
}

/** A page from this phone learns what has become of it meanwhile, where there is a network. */
async function refresh(panel: KeepPanel | undefined, root: HTMLElement, person: string): Promise<void> {
  const live = await livePage();
  await showVideo(person, live !== undefined);
  if (!live) return;
  const now = live.page.getElementById(root.id)?.dataset;
  if (now?.['owner'] !== person) {
    // Somebody else is signed in: nothing of this person stays. Nobody is: it is not shown until they come back.
    const { active } = await navigator.serviceWorker.ready;
    active?.postMessage({ type: now?.['owner'] === undefined ? 'owner' : 'sign-out' });
    setTimeout(() => location.reload(), IDLE_MS / 4);
    return;
  }
  const isSame = now['version'] === root.dataset['version'];
  showLive(live, isSame);
  if (isSame) await storeAgain(person, live, now['pack'] ?? '').catch(() => undefined);
  fillDrafts(await keptOf(person));
  await panel?.show(now['version']);
}

/** A stored page is opened again and again: each time its forms are another attempt. A test is taken once. */
function renewAttempt(): void {
  const fields = '#quiz-form input[name="id"], #tasks input[name="id"]';
  for (const field of document.querySelectorAll<HTMLInputElement>(fields)) field.value = uuid();
}

/** In place of a page that this phone has not: as soon as it can be had, it is shown. */
async function returnToPage(): Promise<void> {
  if (document.getElementById('no-network')?.hidden !== false || document.hidden) return;
  const answer = await fetch(location.pathname, { method: 'HEAD' }).catch(() => undefined);
  // By its address: a form that led here is not sent once more.
  if (answer) location.replace(location.href);
}

async function start(): Promise<void> {
  if (await isLeaving()) {
    const notice = document.getElementById('no-network');
    if (notice) notice.hidden = true;
    return leave();
  }
  const person = await owner();
  if (isStored) renewAttempt();
  const notice = document.getElementById('no-network');
  if (notice) notice.hidden = /\/offline$/.test(location.pathname);
  const full = document.getElementById('not-kept');
  if (full) full.hidden = location.search !== '?full';
  await sendAndShow();
  await showShelf(person);
  if (page && person !== undefined && 'caches' in window) {
    const panel =
      keep && new KeepPanel(keep, person, keepingOf(keep, person), () => void showVideo(person, true));
    if (isStored) await showVideo(person);
    await panel?.show();
    if (isStored) await refresh(panel ?? undefined, page, person);
    else if (page.dataset['shop'] !== undefined)
      await keepShopInStep(person, page.dataset['shop'], page.dataset['pack'] ?? '').catch(() => undefined);
    if (isStored) window.addEventListener('online', () => void refresh(panel ?? undefined, page, person));
  }
}

if ('serviceWorker' in navigator && 'indexedDB' in window) {
  void start();
  window.addEventListener('online', () => void sendAndShow());
  setInterval(() => void returnToPage(), RETURN_MS);
  document.addEventListener('visibilitychange', () => !document.hidden && void sendAndShow());
  setInterval(() => void sendAndShow(), AGAIN_MS);
  const later = (): void =>
    void isLeaving()
      .then(async (leaves) => register(leaves ? undefined : await owner()))
      .catch(() => undefined);
  if ('requestIdleCallback' in window) requestIdleCallback(later, { timeout: IDLE_MS });
  else setTimeout(later, IDLE_MS);
}
