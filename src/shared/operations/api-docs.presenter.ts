import type { OpenAPIObject } from '@nestjs/swagger';

interface Operation {
  summary?: string;
  tags?: string[];
  parameters?: Array<{ name: string; in: string; required?: boolean; description?: string }>;
  requestBody?: { content?: Record<string, { schema?: SchemaRef }> };
  responses?: Record<string, { description?: string; content?: Record<string, { schema?: SchemaRef }> }>;
}

interface SchemaRef {
  $ref?: string;
  type?: string;
  items?: SchemaRef;
}

export interface DocumentedCall {
  id: string;
  method: string;
  path: string;
  summary: string;
  parameters: Array<{ name: string; where: string; required: boolean; description: string }>;
  body: string | undefined;
  answers: Array<{ status: string; description: string; schema: string }>;
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

function schemaName(schema: SchemaRef | undefined): string {
  if (!schema) return '';
  if (schema.$ref) return schema.$ref.split('/').at(-1) ?? '';
  if (schema.items) return `${schemaName(schema.items)}[]`;
  return schema.type ?? '';
}

function contentSchema(content: Record<string, { schema?: SchemaRef }> | undefined): string {
  return schemaName(Object.values(content ?? {})[0]?.schema);
}

function presentCall(method: string, path: string, operation: Operation): DocumentedCall {
  return {
    id: `${method}-${path.replace(/[^a-z0-9]+/gi, '-')}`,
    method: method.toUpperCase(),
    path,
    summary: operation.summary ?? '',
    parameters: (operation.parameters ?? []).map((p) => ({
      name: p.name,
      where: p.in,
      required: p.required ?? false,
      description: p.description ?? '',
    })),
    body: operation.requestBody ? contentSchema(operation.requestBody.content) : undefined,
    answers: Object.entries(operation.responses ?? {}).map(([status, answer]) => ({
      status,
      description: answer.description ?? '',
      schema: contentSchema(answer.content),
    })),
  };
}

/** The calls of the API grouped by tag, and the shapes they carry. */
export function presentDocs(document: OpenAPIObject): {
  groups: Array<{ tag: string; calls: DocumentedCall[] }>;
  schemas: Array<{ name: string; json: string }>;
} {
  const groups = new Map<string, DocumentedCall[]>();
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const operation = (item as Record<string, Operation | undefined>)[method];
      if (!operation) continue;
      const tag = operation.tags?.[0] ?? 'other';
      groups.set(tag, [...(groups.get(tag) ?? []), presentCall(method, path, operation)]);
    }
  }
  const schemas = Object.entries(document.components?.schemas ?? {}).map(([name, schema]) => ({
    name,
    json: JSON.stringify(schema, null, 2),
  }));
  return { groups: [...groups].map(([tag, calls]) => ({ tag, calls })), schemas };
}
