/**
 * The roll call with a script: a tap is written to the device first, shown at once, and sent when there is a network.
 * Without IndexedDB, or without this script, the same buttons post the same facts as forms.
 */
import { EventQueue } from './roll-call/event-queue.js';
import { EventSender } from './roll-call/event-sender.js';
import { makeId } from './roll-call/make-id.js';
import { type Mark, RollPage } from './roll-call/roll-page.js';

/** The event of a form, as `form-event.ts` makes it on the server. */
function eventOf(
  form: FormData,
  kind: string,
  unit: string,
  page: RollPage,
): Record<string, unknown> | undefined {
  const about = { id: makeId(), at: new Date().toISOString(), unit };
  const text = (name: string): string => String(form.get(name) ?? '').trim();
  if (kind === 'pass')
    return text('pass') === '' ? undefined : { ...about, kind: 'present', pass: text('pass') };
  if (kind === 'walkIn') {
    const phone = text('phone') === '' ? {} : { phone: text('phone') };
    return {
      ...about,
      kind: 'walkIn',
      walkIn: { name: { given: text('given'), family: text('family') }, ...phone, consent: text('consent') },
    };
  }
  const mark = text('mark') as Mark;
  const enrolmentId = text('enrolmentId');
  const minutes = Number(text('minutes'));
  const details = {
    ...(mark === 'partial' && minutes > 0 ? { minutes } : {}),
    ...(text('idSeen') === '' ? {} : { idSeen: true }),
    ...(text('reason') === '' ? {} : { reason: text('reason') }),
  };
  const known = page.markOf(enrolmentId);
  if (known === mark && Object.keys(details).length === 0) return undefined;
  const said = known === undefined ? { kind: mark } : { kind: 'correction', value: mark };
  return { ...about, ...said, enrolmentId, ...details };
}

function markSaid(event: Record<string, unknown>): { enrolmentId: string; mark: Mark } | undefined {
  const { enrolmentId, kind, value } = event;
  if (typeof enrolmentId !== 'string') return undefined;
  return { enrolmentId, mark: (kind === 'correction' ? value : kind) as Mark };
}

async function start(root: HTMLElement): Promise<void> {
  const { session = '', unit = '', csrf = '', locale = 'fr' } = root.dataset;
  const page = new RollPage(root);
  const queue = await EventQueue.open();
  const sender = new EventSender(queue, csrf, locale, {
    changed: (state, waiting) => page.tellQueue(state, waiting),
    reviewed: (reviews) => page.tellReviews(reviews),
  });

  const keep = async (event: Record<string, unknown>): Promise<void> => {
    await queue.add({ id: String(event.id), session, queuedAt: Date.now(), event });
    const said = markSaid(event);
    if (said) page.show(said.enrolmentId, said.mark);
    sender.send();
  };

  // Where the device cannot keep an event (it is full), the form goes to the server at once.
  let isPlain = false;
  const record = (event: Record<string, unknown> | undefined, send: () => void): void => {
    if (!event) return;
    keep(event).catch(() => {
      isPlain = true;
      send();
    });
  };

  root.addEventListener('click', (event) => {
    const button = (event.target as Element).closest<HTMLElement>('[data-tap]');
    const enrolmentId = button?.closest<HTMLElement>('[data-person]')?.dataset.person;
    if (!button || !enrolmentId || isPlain) return;
    event.preventDefault();
    const form = new FormData();
    form.set('enrolmentId', enrolmentId);
    form.set('mark', button.dataset.tap ?? '');
    record(eventOf(form, 'tap', unit, page), () => button.click());
  });
  root.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement;
    const kind = form.dataset.event;
    if (!kind || isPlain) return;
    event.preventDefault();
    record(eventOf(new FormData(form), kind, unit, page), () => form.requestSubmit());
    if (kind !== 'details') form.reset();
    const around = form.closest('details');
    if (kind === 'details' && around) around.open = false;
  });
  root.querySelector<HTMLInputElement>('[data-search]')?.addEventListener('input', (event) => {
    page.filter((event.target as HTMLInputElement).value);
  });

  // What was tapped before this page was opened and has not been sent yet.
  for (const entry of await queue.all()) {
    const said = entry.session === session && entry.event.unit === unit ? markSaid(entry.event) : undefined;
    if (said) page.show(said.enrolmentId, said.mark);
  }
  sender.send();
}

const root = document.querySelector<HTMLElement>('[data-roll]');
if (root) start(root).catch(() => root.setAttribute('data-plain', ''));
