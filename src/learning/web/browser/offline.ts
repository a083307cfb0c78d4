/**
 * Lessons without a network: stores the one that is shown, says what is on this phone and what waits to be sent, and
 * sends it. Loaded where somebody learns, and at work only when the page is.
 */
import { allPacks } from './offline/database.js';
import { listPack } from './offline/download.js';
import { KeepPanel } from './offline/keep-panel.js';
import { type Keeping, KeptLesson } from './offline/keeping.js';
import { KeptCourse } from './offline/kept-course.js';
import { KeptList } from './offline/kept-list.js';
import { livePage, showLive, storeAgain } from './offline/live-parts.js';
import { currentOwner } from './offline/packs.js';
import { sendKept, whoSends } from './offline/sending.js';
import { showShelf } from './offline/shelf-list.js';
import { showVideo } from './offline/stored-video.js';
import { uuid } from './offline/uuid.js';

const IDLE_MS = 2_000;
/** How often a page that is open tries to send what waits: a network that comes back does not always say so. */
const AGAIN_MS = 30_000;
const RETURN_MS = 5_000;
const keep = document.getElementById('keep');
const isStored = 'stored' in document.documentElement.dataset;
const kept = KeptList.onPage();

/** Whose page this is: of the one that is shown, or of the lessons that this phone has. */
async function owner(): Promise<string | undefined> {
  const known = keep?.dataset['owner'] ?? (await currentOwner().catch(() => undefined));
  if (known !== undefined) return known;
  // Lessons are here of somebody who had left and may be back; a phone that has none asks nobody.
  const packs = await allPacks().catch(() => []);
  return packs.length === 0 ? undefined : (await whoSends())?.person;
}

async function sendAndShow(): Promise<void> {
  const person = await owner();
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
async function refresh(panel: KeepPanel, root: HTMLElement, person: string): Promise<void> {
  const live = await livePage();
  await showVideo(person, live !== undefined);
  if (!live) return;
  const now = live.page.getElementById('keep')?.dataset;
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
  await panel.show(now['version']);
}

/** A stored page is opened again and again: each time its form is another attempt. */
function renewAttempt(): void {
  const field = document.querySelector<HTMLInputElement>('#quiz-form input[name="id"]');
  if (field) field.value = uuid();
}

/** In place of a page that this phone has not: as soon as it can be had, it is shown. */
async function returnToPage(): Promise<void> {
  if (document.getElementById('no-network')?.hidden !== false || document.hidden) return;
  const answer = await fetch(location.pathname, { method: 'HEAD' }).catch(() => undefined);
  // By its address: a form that led here is not sent once more.
  if (answer) location.replace(location.href);
}

async function start(): Promise<void> {
  const person = await owner();
  if (isStored) renewAttempt();
  const notice = document.getElementById('no-network');
  if (notice) notice.hidden = /\/offline$/.test(location.pathname);
  await sendAndShow();
  await showShelf(person);
  if (keep && person !== undefined && 'caches' in window) {
    const panel = new KeepPanel(keep, person, keepingOf(keep, person), () => void showVideo(person, true));
    if (isStored) await showVideo(person);
    await panel.show();
    if (isStored) await refresh(panel, keep, person);
    if (isStored) window.addEventListener('online', () => void refresh(panel, keep, person));
  }
}

if ('serviceWorker' in navigator && 'indexedDB' in window) {
  void start();
  window.addEventListener('online', () => void sendAndShow());
  setInterval(() => void returnToPage(), RETURN_MS);
  document.addEventListener('visibilitychange', () => !document.hidden && void sendAndShow());
  setInterval(() => void sendAndShow(), AGAIN_MS);
  const later = (): void =>
    void owner()
      .then(register)
      .catch(() => undefined);
  if ('requestIdleCallback' in window) requestIdleCallback(later, { timeout: IDLE_MS });
  else setTimeout(later, IDLE_MS);
}
