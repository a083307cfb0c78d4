import type pg from 'pg';

const EXTENSIONS = `SELECT extname AS name FROM pg_extension WHERE extname <> 'plpgsql' ORDER BY 1`;

const TABLES = `
  SELECT c.oid, c.relname AS name, c.relpersistence AS persistence
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE n.nspname = 'public' AND c.relkind = 'r' AND c.relname <> 'schema_migration'
   ORDER BY c.relname`;

const COLUMNS = `
  SELECT a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS "notNull",
         pg_get_expr(d.adbin, d.adrelid) AS expression, a.attgenerated AS generated, a.attidentity AS identity
    FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
   WHERE a.attrelid = $1 AND a.attnum > 0 AND NOT a.attisdropped
   ORDER BY a.attnum`;

// PostgreSQL 18 lists NOT NULL as constraints of their own (contype n); the columns already say it.
const CONSTRAINTS = `
  SELECT conname AS name, pg_get_constraintdef(oid) AS definition
    FROM pg_constraint WHERE conrelid = $1 AND contype NOT IN ('n', 't') ORDER BY conname`;

const INDEXES = `
  SELECT pg_get_indexdef(i.indexrelid) AS definition
    FROM pg_index i
   WHERE i.indrelid = $1 AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)
   ORDER BY 1`;

const TRIGGERS = `SELECT pg_get_triggerdef(oid) AS definition FROM pg_trigger WHERE tgrelid = $1 AND NOT tgisinternal ORDER BY 1`;

const FUNCTIONS = `
  SELECT pg_get_functiondef(p.oid) AS definition
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
   WHERE n.nspname = 'public' AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
   ORDER BY p.proname`;

interface Column {
  name: string;
  type: string;
  notNull: boolean;
  expression: string | null;
  generated: string;
  identity: string;
}

function columnLine({ name, type, notNull, expression, generated, identity }: Column): string {
  const value = generated
    ? ` GENERATED ALWAYS AS (${expression ?? ''}) STORED`
    : expression
      ? ` DEFAULT ${expression}`
      : '';
  return `  ${name} ${type}${identity ? ' GENERATED ALWAYS AS IDENTITY' : value}${notNull ? ' NOT NULL' : ''}`;
}

async function tableText(
  client: pg.Client,
  table: { oid: number; name: string; persistence: string },
): Promise<string> {
  const columns = await client.query<Column>(COLUMNS, [table.oid]);
  const constraints = await client.query<{ name: string; definition: string }>(CONSTRAINTS, [table.oid]);
  const indexes = await client.query<{ definition: string }>(INDEXES, [table.oid]);
  const triggers = await client.query<{ definition: string }>(TRIGGERS, [table.oid]);
  const lines = [
    ...columns.rows.map(columnLine),
    ...constraints.rows.map((c) => `  CONSTRAINT ${c.name} ${c.definition}`),
  ];
  const kind = table.persistence === 'u' ? 'UNLOGGED TABLE' : 'TABLE';
  const after = [...indexes.rows, ...triggers.rows].map(({ definition }) => `${definition};\n`);
  return `CREATE ${kind} ${table.name} (\n${lines.join(',\n')}\n);\n${after.join('')}`;
}

/** The schema as text, read from the catalogue: the same from PostgreSQL 15 and 18. */
export async function schemaText(client: pg.Client): Promise<string> {
  const extensions = await client.query<{ name: string }>(EXTENSIONS);
  const functions = await client.query<{ definition: string }>(FUNCTIONS);
  const tables = await client.query<{ oid: number; name: string; persistence: string }>(TABLES);
  const parts = [
    '-- Written by `npm run db:schema` from the migrations; a test holds it against them. Read it, never edit it.\n',
    extensions.rows.map(({ name }) => `CREATE EXTENSION ${name};\n`).join(''),
    ...functions.rows.map(({ definition }) => `${definition.trim()};\n`),
  ];
  for (const table of tables.rows) parts.push(await tableText(client, table));
  return parts.join('\n');
}
