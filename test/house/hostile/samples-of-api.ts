import { randomUUID } from 'node:crypto';
import { ApiDocument } from '../../../src/shared/operations/api-document.js';
import { TEAM_A, TRAINER_A } from '../../tours/world.js';
import { Samples, type Schema } from './samples.js';
import type { HostileWorld } from './world.js';

/** One call of the API as its document describes it. */
export interface Operation {
  method: string;
  /** As in the document: `/api/v1/sessions/{session}`. */
  path: string;
  body?: Schema;
  queries: string[];
}

interface Document {
  paths: Record<string, Record<string, Written>>;
  components: { schemas: Record<string, Schema> };
}

interface Written {
  parameters?: Array<{ in: string; name: string }>;
  requestBody?: { content: Record<string, { schema?: Schema }> };
}

const documentOf = (w: HostileWorld): Document => w.app.get(ApiDocument).get() as unknown as Document;

/** Every operation of the document. */
export function operationsOf(w: HostileWorld): Operation[] {
  return Object.entries(documentOf(w).paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody }]) => {
      const body = requestBody?.content['application/json']?.schema;
      const queries = parameters.filter((one) => one.in === 'query').map(({ name }) => name);
      return { method: method.toUpperCase(), path, queries, ...(body ? { body } : {}) };
    }),
  );
}

/** Samples of bodies that this world would take. */
export function samplesOf(w: HostileWorld): Samples {
  return new Samples(documentOf(w).components.schemas, {
    phone: '0612345678',
    name: { fr: { given: 'Fatima', family: 'Alaoui' } },
    'name: fr,ar': { fr: 'Caravane', ar: 'قافلة' },
    consents: ['training'],
    birthYear: 1985,
    course: 'e-marketing',
    city: 'tetouan',
    localDate: '2027-02-10',
    localStart: '09:00',
    localEnd: '12:30',
    zone: 'Africa/Casablanca',
    capacity: 40,
    teamId: TEAM_A,
    trainerIds: [TRAINER_A],
    personId: w.personId,
    personIds: [w.personId],
    id: () => randomUUID(),
    file: 'course.yaml',
    part: 'head',
    fields: {},
    unit: 1,
    at: '2026-12-01T09:00:00Z',
    sentAt: '2026-12-01T09:00:00Z',
    ranges: [[0, 5]],
    position: 5,
    kind: 'present',
    enrolmentId: w.parts['enrolment'],
    answers: { x: 'y' },
    reason: 'parce que',
  });
}

/** Gives each route of the API, written as Fastify does, a body that would do. */
export function sampler(w: HostileWorld): (method: string, url: string) => unknown {
  const samples = samplesOf(w);
  const operations = operationsOf(w);
  return (method, url) => {
    const path = url.replace(/:(\w+)/g, '{$1}');
    const schema = operations.find((one) => one.method === method && one.path === path)?.body;
    return schema ? samples.of(schema) : {};
  };
}
