import { randomUUID } from 'node:crypto';

/** The parts of a JSON schema that our OpenAPI document uses. */
export interface Schema {
  $ref?: string;
  allOf?: Schema[];
  oneOf?: Schema[];
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  example?: unknown;
  default?: unknown;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
}

/**
 * What a sample gives a property so that it gets past the first look: by its name, or by its name and the members it
 * needs (`name: fr,ar`); a function makes it anew.
 */
export type KnownValues = Readonly<Record<string, unknown>>;

/** One place of a body: the names and numbers that lead to it. */
export type Path = ReadonlyArray<string | number>;

/** Makes bodies from the schemas of the API, and lists the places in them that one may spoil. */
export class Samples {
  constructor(
    private readonly schemas: Readonly<Record<string, Schema>>,
    private readonly known: KnownValues,
  ) {}

  /** A plausible value: of an object, the members that it needs. */
  of(schema: Schema, name = ''): unknown {
    const whole = this.resolve(schema);
    const known = this.knownOf(whole, name);
    if (known !== undefined) return typeof known === 'function' ? (known as () => unknown)() : known;
    if (whole.properties) {
      const needed = (whole.required ?? []).map((key) => [key, this.of(whole.properties?.[key] ?? {}, key)]);
      return Object.fromEntries(needed);
    }
    if (whole.type === 'array') return [this.of(whole.items ?? {}, name)];
    return whole.enum?.[0] ?? whole.example ?? whole.default ?? plain(whole);
  }

  /** Every place of the schema, optional ones too; of a list, its first. */
  places(schema: Schema, from: Path = []): Path[] {
    const whole = this.resolve(schema);
    const here = from.length > 0 ? [from] : [];
    if (whole.type === 'array') return [...here, ...this.places(whole.items ?? {}, [...from, 0])];
    const inside = Object.entries(whole.properties ?? {});
    return [...here, ...inside.flatMap(([key, part]) => this.places(part, [...from, key]))];
  }

  /** An object is no answer where a text is asked for: a person has a name of several parts, a team a word. A word that is none of the choices is none either. */
  private knownOf({ type, enum: choices, required = [] }: Schema, name: string): unknown {
    const known = this.known[`${name}: ${required.join()}`] ?? this.known[name];
    if (choices && !choices.includes(known)) return undefined;
    return type === 'string' && typeof known === 'object' ? undefined : known;
  }

  private resolve(schema: Schema): Schema {
    const [first] = schema.allOf ?? schema.oneOf ?? [];
    if (first) return this.resolve(first);
    if (schema.$ref === undefined) return schema;
    return this.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {};
  }
}

function plain({ type, format }: Schema): unknown {
  if (format === 'uuid') return randomUUID();
  const [kind] = [type].flat();
  if (kind === 'integer' || kind === 'number') return 1;
  return kind === 'boolean' ? true : 'text';
}

/** A copy of the body with another value at a place; what leads there is made when it is missing. */
export function spoiled(body: unknown, [step, ...rest]: Path, value: unknown): unknown {
  if (step === undefined) return value;
  const copy: Record<string | number, unknown> | unknown[] =
    typeof step === 'number'
      ? [...(Array.isArray(body) ? (body as unknown[]) : [])]
      : { ...(body as Record<string, unknown> | undefined) };
  const inner = (copy as Record<string | number, unknown>)[step];
  (copy as Record<string | number, unknown>)[step] = spoiled(inner, rest, value);
  return copy;
}
