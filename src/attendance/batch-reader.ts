import { type FieldError, InvalidFields } from '../shared/errors/domain-error.js';
import { MAX_EVENTS } from './attendance-event.js';
import { TooManyEvents } from './attendance.errors.js';
import { readInstant } from './event-reader.js';

const LONGEST_DEVICE = 200;
const LONGEST_VERSION = 100;

/** What a device sends at once: who it is, what its clock says, and events that are not yet looked at. */
export interface Batch {
  deviceId: string;
  /** The device's clock when it sent, milliseconds since 1970. */
  sentAt: number;
  appVersion: string | null;
  events: readonly unknown[];
}

/**
 * Reads the envelope of a batch. Its events are read one by one later, so that a bad one refuses no other.
 *
 * @throws InvalidFields, TooManyEvents
 */
export function readBatch(body: unknown): Batch {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new InvalidFields([{ pointer: '', code: 'not-an-object' }]);
  const { deviceId, sentAt, appVersion, events } = body as Record<string, unknown>;
  const errors: FieldError[] = [];
  textFault(errors, '/deviceId', deviceId, LONGEST_DEVICE);
  if (appVersion != null) textFault(errors, '/appVersion', appVersion, LONGEST_VERSION);
  const sent = readInstant(sentAt);
  if (sent === undefined)
    errors.push({ pointer: '/sentAt', code: sentAt == null ? 'required' : 'not-an-instant' });
  if (!Array.isArray(events))
    errors.push({ pointer: '/events', code: events == null ? 'required' : 'not-a-list' });
  else if (events.length > MAX_EVENTS) throw new TooManyEvents(MAX_EVENTS);
  if (errors.length > 0) throw new InvalidFields(errors);
  return {
    deviceId: deviceId as string,
    sentAt: sent as number,
    appVersion: (appVersion as string | undefined) ?? null,
    events: events as unknown[],
  };
}

function textFault(errors: FieldError[], pointer: string, value: unknown, longest: number): void {
  if (value === undefined || value === null || value === '') errors.push({ pointer, code: 'required' });
  else if (typeof value !== 'string') errors.push({ pointer, code: 'not-text' });
  else if (value.length > longest) errors.push({ pointer, code: 'too-long', params: { max: longest } });
  else if (value.includes('\0') || !isWellFormed(value)) errors.push({ pointer, code: 'not-unicode' });
}

/** True without halves of surrogate pairs (String.prototype.isWellFormed is younger than our TypeScript library). */
function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}
