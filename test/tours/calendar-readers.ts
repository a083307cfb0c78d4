import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import ICAL from 'ical.js';
import type * as NodeIcal from 'node-ical';

// By the way of CommonJS: as a module it brings its own name for each of its parts.
const { sync: nodeIcal } = createRequire(import.meta.url)('node-ical') as typeof NodeIcal;

/** An event as a reader of calendars understood it. */
export interface ReadEvent {
  uid: string;
  sequence: number;
  /** ISO 8601 in UTC */
  start: string;
  end: string;
  summary: string;
  location: string;
  description: string;
  status: string;
}

const byUid = (events: ReadEvent[]): ReadEvent[] =>
  events.sort((a, b) => (a.uid < b.uid ? -1 : a.uid > b.uid ? 1 : 0));

/** As read by ical.js, which Thunderbird uses. */
export function readByIcalJs(text: string): ReadEvent[] {
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  return byUid(
    calendar.getAllSubcomponents('vevent').map((component) => {
      const event = new ICAL.Event(component);
      return {
        uid: event.uid,
        sequence: event.sequence,
        start: event.startDate.toJSDate().toISOString(),
        end: event.endDate.toJSDate().toISOString(),
        summary: event.summary,
        location: event.location,
        description: event.description,
        status: String(component.getFirstPropertyValue('status')),
      };
    }),
  );
}

/** As read by node-ical. */
export function readByNodeIcal(text: string): ReadEvent[] {
  const events = Object.values(nodeIcal.parseICS(text)).filter((one) => one?.type === 'VEVENT');
  return byUid(
    events.map((one) => {
      const event = one as NodeIcal.VEvent;
      const plain = (value: unknown): string =>
        typeof value === 'object' && value !== null ? String((value as { val: unknown }).val) : String(value);
      return {
        uid: event.uid,
        sequence: Number(event.sequence),
        start: event.start.toISOString(),
        end: event.end?.toISOString() ?? '',
        summary: plain(event.summary),
        location: plain(event.location),
        description: plain(event.description),
        status: plain(event.status),
      };
    }),
  );
}

const VOBJECT = `
import json, sys, vobject
from datetime import timezone
calendar = vobject.readOne(sys.stdin.buffer.read().decode("utf-8"))
print(json.dumps([{
  "uid": e.uid.value, "sequence": int(e.sequence.value),
  "start": e.dtstart.value.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z"),
  "end": e.dtend.value.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z"),
  "summary": e.summary.value, "location": e.location.value, "description": e.description.value,
  "status": e.status.value} for e in calendar.contents.get("vevent", [])]))
`;

/** As read by vobject, which CalDAV servers in Python use. Debian's package python3-vobject. */
export function readByVobject(text: string): ReadEvent[] {
  const said = execFileSync('/usr/bin/python3', ['-c', VOBJECT], { input: text, encoding: 'utf8' });
  return byUid(JSON.parse(said) as ReadEvent[]);
}

/** What all three readers understood. @throws where they differ */
export function readByAll(text: string): ReadEvent[] {
  const read = readByIcalJs(text);
  expect(readByNodeIcal(text)).toEqual(read);
  expect(readByVobject(text)).toEqual(read);
  return read;
}
