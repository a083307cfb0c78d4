import type { LightMyRequestResponse } from 'fastify';
import sharp from 'sharp';
import { ApplicationDrafts } from '../../src/calls/application-draft.service.js';
import { World } from '../enrolment/support/world.js';
import { givenPerson } from '../support/actors.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { multipart } from '../teaching/forms.js';

const word = (fr: string, ar: string) => ({ fr, ar });

export const field = (type: string, more: object = {}): Record<string, unknown> => ({
  type,
  label: word(`Question ${type}`, `سؤال ${type}`),
  ...more,
});

export const choice = (labels: readonly string[], more: object = {}): Record<string, unknown> =>
  field('choice', { options: labels.map((label) => ({ label: word(label, `${label} ع`) })), ...more });

/** One question of each kind; ids are f1 … f6. */
export const FIELDS = [
  field('text', { required: true }),
  field('number'),
  choice(['Tapis', 'Poterie', 'Cuir'], { several: true }),
  field('phone'),
  field('place'),
  field('photo'),
];

export interface CallAnswer {
  id: string;
  slug: string;
  phase: string;
  revision: number;
  applications: number;
  closesAt: string;
  fields: Array<{ id: string; type: string; options: Array<{ id: string }> }>;
}

export interface ApplicationAnswer {
  id: string;
  number: string;
  state: string;
  version: number;
  answers: Record<string, unknown>;
  needs: string[];
  commune: string | null;
  masked?: boolean;
}

/** A campaign of 2027, its coordinator, and calls of it. */
export class CallWorld {
  private constructor(
    readonly t: TestApp,
    readonly world: World,
    readonly token: string,
  ) {}

  static async make(): Promise<CallWorld> {
    const t = await createTestApp();
    const world = await World.in(t);
    return new CallWorld(t, world, await world.staff('coordinator', 'campaign', world.campaignId));
  }

  /** A day so many days from the test's now, as a moment of a call. */
  day(days: number, time = '09:00'): { localDate: string; localTime: string } {
    const at = new Date(this.t.clock.now().getTime() + days * 24 * 3600 * 1000);
    return { localDate: at.toISOString().slice(0, 10), localTime: time };
  }

  design(changes: object = {}): Record<string, unknown> {
    return {
      title: word('Appel aux artisans', 'نداء إلى الصناع'),
      body: word('La chambre demande.\n\nPour choisir.', 'تطلب الغرفة.'),
      opens: this.day(-1),
      closes: this.day(10, '18:00'),
      fields: FIELDS,
      ...changes,
    };
  }

  api(path: string, body?: unknown, method?: 'POST' | 'PUT' | 'GET', token = this.token) {
    return this.t.api(path, {
      token,
      headers: { 'accept-language': 'fr' },
      ...(body ? { body } : {}),
      ...(method ? { method } : {}),
    });
  }

  async draft(changes: object = {}): Promise<CallAnswer> {
    const answer = await this.api(`/campaigns/${this.world.campaignId}/calls`, this.design(changes));
    if (answer.statusCode !== 201) throw new Error(answer.body);
    return answer.json();
  }

  async published(changes: object = {}): Promise<CallAnswer> {
    const { id } = await this.draft(changes);
    const answer = await this.api(`/calls/${id}/publish`, {});
    if (answer.statusCode !== 200) throw new Error(answer.body);
    return answer.json();
  }

  person() {
    return givenPerson(this.t).then(async (person) => {
      await this.sql(
        `INSERT INTO consent (id, person_id, purpose, text_version, language, channel, asked_at, in_force_at)
         VALUES (gen_random_uuid(), $1, 'training', '2026-11', 'fr', 'form', now(), now())`,
        [person.id],
      );
      return person;
    });
  }

  send(call: string, token: string, answers: object, needs: string[] = []): Promise<LightMyRequestResponse> {
    return this.api(`/calls/${call}/applications`, { answers, needs }, 'POST', token);
  }

  /** As {@link send}, with files: by the id of their field. */
  async sendForm(
    call: string,
    token: string,
    answers: object,
    files: Record<string, Buffer>,
  ): Promise<LightMyRequestResponse> {
    const blobs = Object.entries(files).map(([id, content]) => [id, new Blob([new Uint8Array(content)])]);
    const { payload, headers } = await multipart({
      answers: JSON.stringify(answers),
      ...(Object.fromEntries(blobs) as Record<string, Blob>),
    });
    return this.t.inject({
      ...{ method: 'POST', url: `/api/v1/calls/${call}/applications`, payload },
      headers: { ...headers, authorization: `Bearer ${token}`, 'accept-language': 'fr' },
    });
  }

  async sent(
    call: string,
    token: string,
    answers: object = { f1: 'Tapis' },
    needs: string[] = [],
  ): Promise<ApplicationAnswer> {
    const answer = await this.send(call, token, answers, needs);
    if (answer.statusCode !== 201) throw new Error(answer.body);
    return answer.json();
  }

  async sql<Row>(text: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.t.db.manager.query(text, values)) as Row[];
  }

  drafts(): ApplicationDrafts {
    return this.t.app.get(ApplicationDrafts);
  }

  page(path: string, token?: string): Promise<LightMyRequestResponse> {
    return this.t.inject({
      url: path,
      headers: { accept: 'text/html' },
      ...(token ? { cookies: { qafila: token } } : {}),
    });
  }

  /** A form of a page; `fields` may hold a name several times. */
  async form(
    path: string,
    fields: ReadonlyArray<[string, string | Buffer]>,
    token?: string,
  ): Promise<LightMyRequestResponse> {
    const form = new FormData();
    for (const [name, value] of fields)
      if (typeof value === 'string') form.append(name, value);
      else form.append(name, new Blob([new Uint8Array(value)]), 'photo.jpg');
    const made = new Response(form);
    return this.t.inject({
      ...{ method: 'POST', url: path, payload: Buffer.from(await made.arrayBuffer()) },
      headers: {
        'content-type': made.headers.get('content-type') ?? '',
        accept: 'text/html',
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
    });
  }
}

/** A photo with a place and a camera in it. */
export function photoWithPlace(side = 300): Promise<Buffer> {
  return sharp({ create: { width: side, height: side, channels: 3, background: '#e39a1f' } })
    .jpeg()
    .withExif({ IFD0: { Make: 'Camera' }, IFD3: { GPSLatitude: '35/1 34/1 0/1', GPSLatitudeRef: 'N' } })
    .toBuffer();
}
