import type { LightMyRequestResponse } from 'fastify';
import { type ApplicationAnswer, type CallAnswer, CallWorld, field } from '../calls/world.js';
import type { TestPerson } from '../enrolment/support/world.js';

const word = (fr: string, ar: string) => ({ fr, ar });

export interface Sent extends TestPerson {
  dossier: ApplicationAnswer;
}

export interface ResultAnswer {
  number: string;
  outcome: string;
  firstOutcome: string;
  rank: number | null;
  reserveRank: number | null;
  points: number | null;
  draw: string | null;
  code: string | null;
}

export interface PreviewAnswer {
  digest: string;
  dossiers: ResultAnswer[];
  shortfalls: Array<{ quota: string; least: number; chosen: number }>;
  unfilled: number;
  told: {
    people: number;
    segments: number;
    centimes: number | null;
    unreached: number;
    languages: Array<{ text: string }>;
  };
}

export const CRITERIA = [
  { label: word('Motivation', 'الدافع'), weight: 2 },
  { label: word('Projet', 'المشروع'), weight: 1 },
];
export const design = (changes: object = {}) => ({
  ...{ places: 2, reserve: 1, scorers: 1, rules: [], criteria: CRITERIA, quotas: [], revision: 0 },
  ...changes,
});

/** Calls with dossiers and a selection; a manager who decides, and scorers. */
export class SelectionWorld {
  private constructor(
    readonly w: CallWorld,
    readonly manager: string,
    readonly scorers: readonly string[],
  ) {}

  static async make(): Promise<SelectionWorld> {
    const w = await CallWorld.make();
    const { world } = w;
    const manager = await world.staff('manager', 'campaign', world.campaignId);
    const scorers = [w.token];
    for (let n = 0; n < 3; n++) scorers.push(await world.staff('coordinator', 'campaign', world.campaignId));
    return new SelectionWorld(w, manager, scorers);
  }

  /** A published call with a text (f1) and a number (f2). */
  call(): Promise<CallAnswer> {
    return this.w.published({ fields: [field('text'), field('number')] });
  }

  api(path: string, body?: unknown, method?: 'POST' | 'PUT' | 'GET', token = this.manager) {
    return this.w.api(path, body, method, token);
  }

  async ok<T>(answer: Promise<LightMyRequestResponse>): Promise<T> {
    const { statusCode, body } = await answer;
    if (statusCode >= 300) throw new Error(`${statusCode} ${body}`);
    return JSON.parse(body) as T;
  }

  async code(answer: Promise<LightMyRequestResponse>): Promise<unknown[]> {
    const { statusCode, body } = await answer;
    return [statusCode, body === '' ? undefined : (JSON.parse(body) as { code?: string }).code];
  }

  async announced(call: CallAnswer, changes: object = {}): Promise<void> {
    await this.ok(this.api(`/calls/${call.id}/selection`, design(changes), 'PUT'));
    await this.ok(this.api(`/calls/${call.id}/selection/announce`, { revision: 1 }, 'POST'));
  }

  async send(call: CallAnswer, answers: object = { f1: 'Tapis' }, language = 'fr'): Promise<Sent> {
    const person = await this.w.world.person({ language });
    return { ...person, dossier: await this.w.sent(call.id, person.token, answers) };
  }

  async sendMany(call: CallAnswer, count: number): Promise<Sent[]> {
    const sent: Sent[] = [];
    for (let n = 0; n < count; n++) sent.push(await this.send(call));
    return sent;
  }

  /** Closes a call now, to the second. */
  async close(call: CallAnswer): Promise<void> {
    await this.ok(this.api(`/calls/${call.id}/closing`, { reason: 'Assez de dossiers' }, 'POST'));
  }

  score(id: string, scores: object, token = this.scorers[0]) {
    return this.api(`/applications/${id}/scores`, { scores }, 'PUT', token);
  }

  next(call: CallAnswer, token = this.scorers[0]) {
    return this.api(`/calls/${call.id}/screening/next`, {}, 'POST', token);
  }

  async preview(call: CallAnswer): Promise<PreviewAnswer> {
    return this.ok(this.api(`/calls/${call.id}/selection/preview`));
  }

  /** From scores (of the first criterion, by dossier) to a published result. */
  async published(
    call: CallAnswer,
    sent: readonly Sent[],
    scores: readonly number[],
  ): Promise<PreviewAnswer> {
    await this.ok(this.next(call));
    for (const [n, { dossier }] of sent.entries())
      await this.ok(this.score(dossier.id, { c1: scores[n] ?? 0, c2: 0 }));
    await this.ok(this.api(`/calls/${call.id}/screening/close`, {}, 'POST'));
    const preview = await this.preview(call);
    await this.ok(this.api(`/calls/${call.id}/selection/publish`, { digest: preview.digest }, 'POST'));
    return preview;
  }

  async results(call: CallAnswer): Promise<ResultAnswer[]> {
    return (await this.ok<{ items: ResultAnswer[] }>(this.w.t.api(`/calls/${call.id}/results`))).items;
  }
}
