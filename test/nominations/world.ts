import type { LightMyRequestResponse } from 'fastify';
import { World } from '../enrolment/support/world.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { multipart } from '../teaching/forms.js';

/** What an answer says of an import. */
export interface ImportAnswer {
  id: string;
  state: string;
  counts: Record<'create' | 'update' | 'same' | 'error', number>;
  columns: Array<{ heading: string; field: string | null }>;
}

export interface RowAnswer {
  n: number;
  cells: string[];
  outcome: string;
  problems: Array<{ pointer: string; code: string; detail: string }>;
  notes: Array<{ pointer: string; code: string }>;
}

/** What is written of people, as far as an import could write it. */
export interface Written {
  people: number;
  phones: number;
  links: number;
  nominations: number;
}

const WRITTEN = `
  SELECT (SELECT count(*)::int FROM person) AS people, (SELECT count(*)::int FROM phone) AS phones,
         (SELECT count(*)::int FROM person_phone) AS links, (SELECT count(*)::int FROM nomination) AS nominations`;

/** A campaign, its coordinator, and the calls of an import. */
export class ImportWorld {
  private constructor(
    readonly t: TestApp,
    readonly world: World,
    readonly token: string,
  ) {}

  static async make(): Promise<ImportWorld> {
    const t = await createTestApp();
    return ImportWorld.in(t);
  }

  static async in(t: TestApp): Promise<ImportWorld> {
    const world = await World.in(t);
    return new ImportWorld(t, world, await world.staff('coordinator', 'campaign', world.campaignId));
  }

  async send(
    file: Buffer | string,
    query = 'dryRun=1',
    { token = this.token, campaign = this.world.campaignId } = {},
  ): Promise<LightMyRequestResponse> {
    const blob = new Blob([new Uint8Array(Buffer.from(file))]);
    const { payload, headers } = await multipart({ file: blob });
    return this.t.inject({
      ...{ method: 'POST', url: `/api/v1/people/import?campaign=${campaign}&${query}`, payload },
      headers: { ...headers, authorization: `Bearer ${token}`, 'accept-language': 'fr' },
    });
  }

  async preview(file: Buffer | string): Promise<ImportAnswer> {
    const answer = await this.send(file);
    if (answer.statusCode !== 201) throw new Error(`${answer.statusCode} ${answer.body}`);
    return answer.json();
  }

  call(id: string, what: string, body?: object): Promise<LightMyRequestResponse> {
    const path = `/people/imports/${id}${what}`;
    return this.t.api(path, {
      token: this.token,
      headers: { 'accept-language': 'fr' },
      ...(body ? { body } : {}),
    });
  }

  async rows(id: string, query = 'limit=200'): Promise<RowAnswer[]> {
    return (await this.call(id, `/rows?${query}`)).json<{ items: RowAnswer[] }>().items;
  }

  confirm(id: string, rows: 'all' | 'valid' = 'all'): Promise<LightMyRequestResponse> {
    return this.call(id, '/confirm', { rows });
  }

  async export(format: 'csv' | 'xlsx' = 'csv', lang = 'fr'): Promise<Buffer> {
    const path = `/people/export?campaign=${this.world.campaignId}&format=${format}&lang=${lang}`;
    const answer = await this.t.api(path, { token: this.token });
    if (answer.statusCode !== 200) throw new Error(answer.body);
    return answer.rawPayload;
  }

  async written(): Promise<Written> {
    const [row] = (await this.t.db.manager.query(WRITTEN)) as Written[];
    if (!row) throw new Error('Nothing was counted');
    return row;
  }

  async sql<Row>(text: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.t.db.manager.query(text, values)) as Row[];
  }
}
