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
  at: Date,
): Record<string, unknown> | undefined {
  const about = { id: makeId(), at: at.toISOString(), unit };
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

const noWork = (): void => undefined;

interface Device {
  queue: EventQueue;
  sender: EventSender;
}

/** Opens what this device keeps, and shows what was tapped before this page was opened and has not been sent yet. */
async function openDevice(page: RollPage, { session, unit, csrf, locale }: DOMStringMap): Promise<Device> {
  const queue = await EventQueue.open();
  for (const entry of await queue.all()) {
    const said = entry.session === session && entry.event.unit === unit ? markSaid(entry.event) : undefined;
    if (said) page.show(said.enrolmentId, said.mark);
  }
  const sender = new EventSender(queue, csrf ?? '', locale ?? 'fr', {
    changed: (state, waiting) => page.tellQueue(state, waiting),
    reviewed: (reviews) => page.tellReviews(reviews),
  });
  sender.send();
  return { queue, sender };
}

async function start(root: HTMLElement): Promise<void> {
  const { session = '', unit = '' } = root.dataset;
  const page = new RollPage(root);
  // Taps are taken from the first moment: those made while the device opens its store wait for it.
  const opening = openDevice(page, root.dataset);

  const keep = async (form: FormData, kind: string, at: Date): Promise<void> => {
    const { queue, sender } = await opening;
    const event = eventOf(form, kind, unit, page, at);
    if (!event) return;
    await queue.add({ id: String(event.id), session, queuedAt: Date.now(), event });
    const said = markSaid(event);
    if (said) page.show(said.enrolmentId, said.mark);
    sender.sendNew();
  };

  // One after the other: whether a tap corrects depends on the one before.
  let last: Promise<void> = Promise.resolve();
  // Where the device cannot keep an event (it is full), the form goes to the server at once.
  let isPlain = false;
  const record = (form: FormData, kind: string, kept: () => void, send: () => void): void => {
    const at = new Date();
    last = last
      .then(() => keep(form, kind, at))
      .then(kept, () => {
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
    record(form, 'tap', noWork, () => button.click());
  });
  root.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement;
    const kind = form.dataset.event;
    if (!kind || isPlain) return;
    event.preventDefault();
    const kept = (): void => {
      const around = form.closest('details');
      if (kind !== 'details') form.reset();
      else if (around) around.open = false;
    };
    record(new FormData(form), kind, kept, () => form.requestSubmit());
  });
  root.querySelector<HTMLInputElement>('[data-search]')?.addEventListener('input', (event) => {
    page.filter((event.target as HTMLInputElement).value);
  });
  await opening;
}

const root = document.querySelector<HTMLElement>('[data-roll]');
if (root) start(root).catch(() => root.setAttribute('data-plain', ''));
