import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import type { LightMyRequestResponse } from 'fastify';
import { AppConfig } from '../../src/config/app-config.js';
import { givenStaff } from '../support/actors.js';
import { createTestApp, type TestApp, type TestAppOptions } from '../support/app.js';
import { type CourseFolder, courseFiles, givenCourses, withCaptions } from '../support/courses.js';

export const API = '/api/v1/video-uploads';
/** A module of the course of the tests that has no video yet. */
const MODULE = '02-la-vente';
const COURSE = '/fr/staff/courses/tissage';
const TUS = { 'tus-resumable': '1.0.0' };
const REFUSED = `
  UPDATE film SET state = 'failed', failure = 'film-not-video', finished_at = now() WHERE state <> 'placed'`;
const INSTALLATION = { kind: 'installation', id: null } as const;

/** A WebM by its first bytes; the rest differs from place to place and from seed to seed. */
export function clip(bytes: number, seed = 1): Buffer {
  const content = Buffer.alloc(bytes);
  let state = seed * 2_654_435_761;
  for (let at = 0; at + 4 <= bytes; at += 4) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    content.writeUInt32LE(state, at);
  }
  Buffer.from('1a45dfa39f4286810142f7810142f2810442f381084282847765626d', 'hex').copy(content);
  return content;
}

export const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

export type Metadata = Readonly<Record<string, string>>;

const encoded = (metadata: Metadata): string =>
  Object.entries(metadata)
    .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
    .join(',');

/** An author with a block that waits for a video, and the ways to send one. */
export interface Sender {
  t: TestApp;
  token: string;
  accountId: string;
  place: { course: string; module: string; part: string };
  /** Address of the page, below the language. */
  page: string;
  /** Folder of what is on its way. */
  files(): Promise<string[]>;
  begin(bytes: number, metadata?: Metadata, token?: string): Promise<LightMyRequestResponse>;
  /** Begins an upload that is taken. @returns its address */
  given(bytes: number): Promise<string>;
  head(url: string, token?: string): Promise<LightMyRequestResponse>;
  patch(url: string, offset: number, bytes: Buffer, token?: string): Promise<LightMyRequestResponse>;
  remove(url: string, token?: string): Promise<LightMyRequestResponse>;
  row(url: string): Promise<{ state: string; sha256: string | null; refusal: string | null; bytes: number }>;
  /** No film is made of clips: ends them, so that they do not keep their account from sending more. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

export const idOf = (url: string): string => url.split('/').at(-1) ?? '';

/** Begins a video block in the module. @returns its id */
async function givenBlock(t: TestApp, token: string): Promise<string> {
  const authorization = { authorization: `Bearer ${token}` };
  const draft = await t.api('/courses/tissage/draft', { token, body: {} });
  const { revision } = draft.json<{ revision: number }>();
  const fields = { op: 'add-block', kind: 'video', module: MODULE, revision: String(revision) };
  const { headers } = await t.inject({
    ...{ method: 'POST', url: COURSE, payload: new URLSearchParams(fields).toString() },
    headers: { ...authorization, 'content-type': 'application/x-www-form-urlencoded' },
  });
  const [, part] = /\/parts\/[\w-]+\/([\w-]+)/.exec(String(headers.location)) ?? [];
  if (part === undefined) throw new Error(`No block was begun: ${headers.location}`);
  return part;
}

/** The ways to send, of an application that runs. */
export function senderOf(t: TestApp, who: { token: string; accountId: string; part: string }): Sender {
  const { token, accountId, part } = who;
  const place = { course: 'tissage', module: MODULE, part };
  const told = { ...place, spoken: 'ary', filename: 'ma vidéo.webm' };
  const as = (other = token) => ({ ...TUS, ...(other === '' ? {} : { authorization: `Bearer ${other}` }) });
  const begin: Sender['begin'] = (bytes, metadata = told, by) =>
    t.inject({
      ...{ method: 'POST', url: API },
      headers: { ...as(by), 'upload-length': String(bytes), 'upload-metadata': encoded(metadata) },
    });
  return {
    ...{ t, token, accountId, place, page: `/staff/courses/tissage/films/${MODULE}/${part}`, begin },
    files: () => readdir(join(t.app.get(AppConfig).varDir, 'uploads')),
    given: async (bytes) => {
      const answer = await begin(bytes);
      if (answer.statusCode !== 201) throw new Error(`${answer.statusCode} ${answer.body}`);
      return String(answer.headers.location);
    },
    head: (url, by) => t.inject({ method: 'HEAD', url, headers: as(by) }),
    patch: (url, offset, bytes, by) =>
      t.inject({
        ...{ method: 'PATCH', url, payload: bytes },
        headers: {
          ...as(by),
          'upload-offset': String(offset),
          'content-type': 'application/offset+octet-stream',
        },
      }),
    remove: (url, by) => t.inject({ method: 'DELETE', url, headers: as(by) }),
    row: async (url) => {
      const sql = 'SELECT state, sha256, refusal, bytes::float8 AS bytes FROM video_upload WHERE id = $1';
      const [row] = (await t.db.manager.query(sql, [idOf(url)])) as Awaited<ReturnType<Sender['row']>>[];
      if (!row) throw new Error(`No row of ${url}`);
      return row;
    },
    settle: () => t.db.manager.query(REFUSED),
    close: () => t.close(),
  };
}

/** Boots the application with an author and a block that waits for a video. */
export async function givenSender(options: TestAppOptions = {}): Promise<Sender & { courses: CourseFolder }> {
  const courses = await givenCourses(withCaptions(courseFiles()));
  const t = await createTestApp({ ...options, env: { QAFILA_COURSES: courses.path, ...options.env } });
  const { token, id } = await givenStaff(t, 'trainer', INSTALLATION);
  const sender = senderOf(t, { token, accountId: id, part: await givenBlock(t, token) });
  return {
    ...sender,
    courses,
    close: async () => {
      await t.close();
      await courses.remove();
    },
  };
}

/**
 * Sends bytes over a socket that breaks off before the end, as a phone does that leaves the network.
 *
 * @param whole bytes that the request announces
 */
export function sendAndBreakOff(
  address: string,
  { token, offset, bytes, whole }: { token: string; offset: number; bytes: Buffer; whole: number },
): Promise<void> {
  return new Promise((resolve) => {
    const request = httpRequest(address, {
      method: 'PATCH',
      headers: {
        ...{ ...TUS, authorization: `Bearer ${token}`, 'upload-offset': String(offset) },
        ...{ 'content-type': 'application/offset+octet-stream', 'content-length': String(whole) },
      },
    });
    request.on('error', () => resolve());
    request.write(bytes, () => setTimeout(() => request.destroy(new Error('no network')), 300));
  });
}
