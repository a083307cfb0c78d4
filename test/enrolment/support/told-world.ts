import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SeatReceiptService } from '../../../src/enrolment/seat-receipt.service.js';
import { type ApiOptions, createTestApp, type TestApp } from '../../support/app.js';
import { type TestPerson, World } from './world.js';

/** Price of one SMS in this world, in centimes. */
export const PRICE = 37;

/** What the preview of a change answers. */
export interface Told {
  revision: number;
  people: number;
  booked: number;
  offered: number;
  waiting: number;
  languages: Array<{
    language: string;
    channel: string;
    people: number;
    segments: number;
    centimes: number | null;
    text: string;
  }>;
  segments: number;
  centimes: number | null;
  calls: { landline: number; noNumber: number };
}

/** A line of a call list. */
export interface Call {
  id: string;
  name: string;
  phone: string | null;
  why: string;
  language: string;
  say: string;
  attempts: number;
  outcome: string | null;
  note: string | null;
  takenBy: { id: string; name: string } | null;
}

export interface Calls {
  progress: { total: number; reached: number; open: number };
  items: Call[];
  next: string | null;
}

export const json = <T>(answer: { json(): unknown }): T => answer.json() as T;

/** A house in production whose gateway refuses some numbers and hangs up on others; a desk that plans and calls. */
export interface ToldWorld {
  t: TestApp;
  world: World;
  /** Token of the coordinator. */
  desk: string;
  /** Numbers that the gateway refuses for good, and those on which it hangs up. */
  refused: Set<string>;
  silent: Set<string>;
  /** What the gateway took, by number. */
  texts: Map<string, string[]>;
  /** A call as the coordinator unless `token` says otherwise. */
  as(path: string, options?: ApiOptions): ReturnType<TestApp['api']>;
  sql<Row>(text: string, values?: unknown[]): Promise<Row[]>;
  enrol(session: string, person: TestPerson): Promise<string>;
  /** Writes and sends what people have not been told. */
  tell(): Promise<void>;
  numberOf(person: TestPerson): Promise<string>;
  /** The person's number takes no SMS from here on. */
  landline(person: TestPerson): Promise<unknown>;
  close(): Promise<void>;
}

export async function createToldWorld(): Promise<ToldWorld> {
  const [refused, silent, texts] = [new Set<string>(), new Set<string>(), new Map<string, string[]>()];
  const far = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      const { to, text } = JSON.parse(body) as { to: string; text: string };
      if (silent.has(to)) return void response.socket?.destroy();
      if (!refused.has(to)) texts.set(to, [...(texts.get(to) ?? []), text]);
      response.statusCode = refused.has(to) ? 400 : 202;
      response.end();
    });
  });
  await new Promise<void>((done) => far.listen(0, '127.0.0.1', done));
  const t = await createTestApp({
    env: {
      QAFILA_MODE: 'production',
      QAFILA_SECRET: 's'.repeat(40),
      PUBLIC_URL: 'https://qafila.example',
      SMS_URL: `http://127.0.0.1:${(far.address() as AddressInfo).port}`,
      QAFILA_SMS_CENTIMES: String(PRICE),
    },
  });
  const world = await World.in(t);
  const desk = await world.staff('coordinator', 'campaign', world.campaignId);
  const sql = <Row>(text: string, values: unknown[] = []): Promise<Row[]> =>
    t.db.manager.query(text, values) as Promise<Row[]>;
  return {
    ...{ t, world, desk, refused, silent, texts, sql },
    as: (path, options = {}) => t.api(path, { token: desk, ...options }),
    enrol: async (session, { token }) =>
      json<{ id: string }>(await t.api(`/sessions/${session}/enrolments`, { token, body: {} })).id,
    tell: async () => {
      await t.app.get(SeatReceiptService).tellAll();
      await sql(`UPDATE job SET run_after = now() WHERE state = 'queued'`);
      await t.runJobs();
    },
    numberOf: async ({ id }) =>
      (
        await sql<{ e164: string }>(
          `SELECT ph.e164 FROM phone ph JOIN person_phone pp ON pp.phone_id = ph.id WHERE pp.person_id = $1`,
          [id],
        )
      )[0]?.e164 ?? '',
    landline: ({ id }) =>
      sql(
        `UPDATE phone SET can_sms = false WHERE id IN (SELECT phone_id FROM person_phone WHERE person_id = $1)`,
        [id],
      ),
    close: async () => {
      far.close();
      far.closeAllConnections();
      await t.close();
    },
  };
}
