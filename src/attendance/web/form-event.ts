import type { Mark } from '../presence.js';
import type { RollCallFormDto } from './roll-call.dto.js';

/** What was known of a person in a half-day when the button was pressed. */
export type KnownMark = Mark | undefined;

/**
 * The event that a form of the roll-call page stands for: the page's script and the page without script say the same.
 * A first mark is a fact; changing a mark is a correction, since a presence that somebody saw is not undone by a later
 * absence. The mark that stands already says nothing new.
 *
 * @returns undefined when there is nothing to say
 */
export function eventOfForm(
  form: RollCallFormDto,
  made: { id: string; at: Date },
  knownOf: (enrolmentId: string) => KnownMark,
): Record<string, unknown> | undefined {
  const about = { id: made.id, at: made.at.toISOString(), unit: form.unit };
  if (form.pass !== undefined) return { ...about, kind: 'present', pass: form.pass };
  if (form.given !== undefined || form.family !== undefined) {
    const { given, family, phone, consent } = form;
    return {
      ...about,
      kind: 'walkIn',
      walkIn: { name: { given, family }, ...(phone ? { phone } : {}), consent },
    };
  }
  const [tapped, pressed] = form.tap?.split(':') ?? [];
  const enrolmentId = tapped ?? form.enrolmentId;
  const mark = (pressed as Mark | undefined) ?? form.mark;
  if (enrolmentId === undefined || mark === undefined) return undefined;
  const known = knownOf(enrolmentId);
  const details = {
    ...(mark === 'partial' && form.minutes !== undefined ? { minutes: form.minutes } : {}),
    ...(form.idSeen ? { idSeen: true } : {}),
    ...(form.reason ? { reason: form.reason } : {}),
  };
  const isNothing = known === mark && Object.keys(details).length === 0;
  if (isNothing) return undefined;
  const said = known === undefined ? { kind: mark } : { kind: 'correction', value: mark };
  return { ...about, ...said, enrolmentId, ...details };
}
