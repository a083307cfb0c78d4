import { randomUUID } from 'node:crypto';
import type { LightMyRequestResponse } from 'fastify';
import type { TestApp } from '../support/app.js';

/** A first mark: this person, this unit, present unless said otherwise. */
export function mark(
  enrolmentId: string,
  unit: string | number,
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  return { id: randomUUID(), unit, at: '2027-01-15T09:00:00Z', kind: 'present', enrolmentId, ...more };
}

/** A change of mind, with its instant. */
export function correction(
  enrolmentId: string,
  unit: string | number,
  value: string,
  at: string,
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  return mark(enrolmentId, unit, { kind: 'correction', value, at, ...more });
}

/** Sends a batch as a device does; its clock agrees with the server's unless `sentAt` says otherwise. */
export async function send(
  t: TestApp,
  session: { id: string; trainer: { token: string } },
  events: unknown[],
  more: Record<string, unknown> = {},
): Promise<LightMyRequestResponse> {
  const body = {
    deviceId: 'phone-1',
    sentAt: t.clock.now().toISOString(),
    appVersion: '1.0',
    events,
    ...more,
  };
  return t.api(`/sessions/${session.id}/attendance`, { token: session.trainer.token, body });
}

const PRESENCE = `
  SELECT q.person_id AS "personId", u.n, q.state, q.minutes, q.event_id AS "eventId", q.after_close AS "afterClose"
    FROM presence q JOIN unit u ON u.id = q.unit_id
   WHERE q.session_id = $1
   ORDER BY q.person_id, u.n`;
const PARTICIPATION = `
  SELECT person_id AS "personId", booked, units_attended AS units, minutes_present AS minutes, completed_at AS "completedAt"
    FROM participation WHERE session_id = $1 ORDER BY person_id`;

export interface PresenceRow {
  personId: string;
  n: number;
  state: string;
  minutes: number;
  eventId: string;
  afterClose: boolean;
}

export interface ParticipationRow {
  personId: string;
  booked: boolean;
  units: number;
  minutes: number;
  completedAt: Date | null;
}

export async function presenceOf(t: TestApp, sessionId: string): Promise<PresenceRow[]> {
  return t.db.read('test.presence', PRESENCE, [sessionId]);
}

export async function participationOf(t: TestApp, sessionId: string): Promise<ParticipationRow[]> {
  return t.db.read('test.participation', PARTICIPATION, [sessionId]);
}
