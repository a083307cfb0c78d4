import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { OpenAPIObject } from '@nestjs/swagger';
import { createTestApp, type TestApp } from '../support/app.js';
import { expectCommitted } from '../support/committed.js';

interface Schema {
  $ref?: string;
  type?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  enum?: unknown[];
  oneOf?: Schema[];
  anyOf?: Schema[];
  allOf?: Schema[];
  additionalProperties?: unknown;
}

type Operation = {
  summary?: string;
  responses: Record<string, { content?: Record<string, { schema?: Schema }> }>;
  tags?: string[];
};

const SOURCE = fileURLToPath(new URL('../../src/', import.meta.url));

const says = (schema: Schema): boolean =>
  Boolean(
    schema.$ref ??
    schema.type ??
    schema.enum ??
    schema.oneOf ??
    schema.anyOf ??
    schema.allOf ??
    schema.additionalProperties,
  );

describe('the OpenAPI document', () => {
  let t: TestApp;
  let document: OpenAPIObject;
  beforeAll(async () => {
    t = await createTestApp();
    document = (await t.inject({ url: '/api/v1/openapi.json' })).json();
  }, 60_000);
  afterAll(() => t.close());

  it('is OpenAPI 3.1 and the committed one', async () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    await expectCommitted('docs/openapi.json', `${JSON.stringify(document, null, 2)}\n`);
  });

  it('knows every route of the API, and no other', () => {
    const undescribed = new Set(['GET /api/v1/openapi.json']);
    // Whatever is read can be asked for its headers too; what can be asked for nothing else is described.
    const read = new Set(t.routes.filter(({ method }) => method === 'GET').map(({ url }) => url));
    const answered = t.routes
      .filter(({ url, method }) => url.startsWith('/api/v1/') && (method !== 'HEAD' || !read.has(url)))
      .map(({ method, url }) => `${method} ${url.replace(/:(\w+)/g, '{$1}')}`)
      .filter((route) => !undescribed.has(route));
    const described = Object.entries(document.paths)
      .filter(([path]) => path.startsWith('/api/v1/'))
      .flatMap(([path, item]) => Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`));
    expect([...new Set(described)].sort()).toEqual([...new Set(answered)].sort());
  });

  it('describes each class under a name of its own: of two with one name it would show the last for both', () => {
    const names = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => [...readFileSync(join(SOURCE, file), 'utf8').matchAll(/^export class (\w+Dto)\b/gm)])
      .map(([, name]) => name);
    expect(names.length).toBeGreaterThan(100);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  it('gives every operation a summary, a tag and a described answer', () => {
    const bare: string[] = [];
    for (const [path, item] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(item as Record<string, Operation>)) {
        const answers = Object.entries(operation.responses).filter(([status]) => status.startsWith('2'));
        const shaped = answers.every(
          ([status, { content }]) =>
            status === '204' ||
            method === 'head' ||
            Object.values(content ?? {}).some(({ schema }) => schema && says(schema)),
        );
        if (!operation.summary || !operation.tags?.length || answers.length === 0 || !shaped)
          bare.push(`${method} ${path}`);
      }
    }
    expect(bare).toEqual([]);
  });

  it('gives every property a type', () => {
    const untyped = Object.entries(document.components?.schemas ?? {}).flatMap(([name, schema]) =>
      Object.entries((schema as Schema).properties ?? {})
        .filter(([, property]) => !says(property))
        .map(([property]) => `${name}.${property}`),
    );
    expect(untyped).toEqual([]);
  });

  it('has a page for people', async () => {
    const page = await t.inject({ url: '/api/docs', headers: { accept: 'text/html' } });
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('/health/ready');
  });
});
