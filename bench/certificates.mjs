/**
 * A batch of certificates, from the job's row to the last PDF on the disk, against bare pages: the same sheet by Typst
 * with one Ed25519 signature and one file write. In turns, on one machine; medians.
 * `node bench/certificates.mjs [--quick]` prints one line of JSON; `bench/run.mjs` calls `run`.
 */
import 'reflect-metadata';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';
import { build } from '../scripts/build.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const FLOOR = join(ROOT, 'bench', 'support', 'certificates-floor.mjs');
const FULL = { people: 300, rounds: 3 };
const QUICK = { people: 60, rounds: 1 };
const WARM_UP = 10;
/** Least share of the floor's sheets per second. */
const BAR = 0.85;

const built = (path) => import(new URL(`../dist/src/${path}`, import.meta.url).href);
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** A durable PostgreSQL of its own, with the settings that `npm start` gives it. */
async function startServer() {
  const varDir = await mkdtemp(join(tmpdir(), 'qafila-bench-'));
  await chmod(varDir, 0o711);
  const { startEmbeddedPostgres } = await built('shared/database/embedded/embedded-postgres.js');
  const server = await startEmbeddedPostgres({ varDir, log: () => undefined });
  const stop = async () => {
    await server.stop();
    await rm(dirname(server.dataDir), { recursive: true, force: true });
    await rm(varDir, { recursive: true, force: true });
  };
  return { url: server.url, varDir, stop };
}

async function openApp({ url, varDir }) {
  const { createDataSource } = await built('data-source.js');
  const source = await createDataSource(url).initialize();
  await source.runMigrations();
  await source.destroy();
  const { AppModule } = await built('app.module.js');
  const { loadConfig } = await built('config/app-config.js');
  const config = loadConfig({
    ...{ PORT: '0', QAFILA_VAR: varDir, QAFILA_DEMO: '0', QAFILA_ROLE: 'web' },
    ...{ DATABASE_URL: url, LOG_LEVEL: 'silent' },
  });
  const module = AppModule.with({ config, secrets: { current: randomBytes(32).toString('hex') } });
  return NestFactory.createApplicationContext(module, { logger: false });
}

const SETTING = `
  INSERT INTO organisation (id, slug, kind, name_fr, name_ar) VALUES ('00000000-0000-7000-8000-000000000001', 'bench', 'operator', 'Centre régional', 'المركز الجهوي');
  INSERT INTO account (id, organisation_id, email, name, language, password_hash, created_at)
  VALUES ('00000000-0000-7000-8000-000000000009', '00000000-0000-7000-8000-000000000001', 'bench@qafila.test', 'Bench', 'fr', 'none', now());
  INSERT INTO province (code, name_fr, name_ar, kind) VALUES ('bench', 'Tétouan', 'تطوان', 'province');
  INSERT INTO city (slug, province_code, name_fr, name_ar, name_en, latitude, longitude) VALUES ('bench', 'bench', 'Tétouan', 'تطوان', 'Tetouan', 35, -5);
  INSERT INTO course (id, slug, position, title_fr, title_ar) VALUES ('00000000-0000-7000-8000-000000000002', 'bench', 1, 'Vendre en ligne', 'البيع عبر الإنترنت');
  INSERT INTO campaign (id, organisation_id, slug, name_fr, name_ar, name_en, summary_fr, summary_ar, summary_en, starts_on, ends_on, support_phone, created_at)
  VALUES ('00000000-0000-7000-8000-000000000003', '00000000-0000-7000-8000-000000000001', 'bench', 'Caravane du Nord', 'قافلة الشمال', 'Caravan', '', '', '', '2026-12-01', '2026-12-31', '+212539000000', now());
  INSERT INTO tour (id, organisation_id, campaign_id, name_fr, name_ar) VALUES ('00000000-0000-7000-8000-000000000004', '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000003', 'T', 'T');
  INSERT INTO team (id, tour_id, name) VALUES ('00000000-0000-7000-8000-000000000005', '00000000-0000-7000-8000-000000000004', 'A');
  INSERT INTO stop (id, tour_id, team_id, city_slug, local_date) VALUES ('00000000-0000-7000-8000-000000000006', '00000000-0000-7000-8000-000000000004', '00000000-0000-7000-8000-000000000005', 'bench', '2026-12-15')`;

const SESSION = `
  WITH s AS (
       INSERT INTO session (id, organisation_id, campaign_id, stop_id, course_id, language, status, capacity, seats_ceiling, created_at, closed_at)
       VALUES (gen_random_uuid(), '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000003', '00000000-0000-7000-8000-000000000006',
               '00000000-0000-7000-8000-000000000002', 'fr', 'closed', 1000, 1000, now(), now())
       RETURNING id)
  INSERT INTO unit (id, session_id, n, local_date, local_start, local_end, zone, during)
  SELECT gen_random_uuid(), s.id, 1, '2026-12-15', '09:00', '12:30', 'Africa/Casablanca', '[2026-12-15 09:00+00, 2026-12-15 12:30+00)'
    FROM s
  RETURNING id, session_id`;

/** People who were in the room and completed, each with a phone: they are told as anybody is. */
const PEOPLE = `
  WITH p AS (
       INSERT INTO person (id, status, given_fr, family_fr, given_ar, family_ar, language, created_at, activated_at)
       SELECT gen_random_uuid(), 'active', 'Fatima-Zahra ' || n, 'El Idrissi', 'فاطمة الزهراء', 'الإدريسي', 'fr', now(), now()
         FROM generate_series(1, $3::int) n
       RETURNING id),
  ph AS (
       INSERT INTO phone (id, e164, can_sms, verified_at, created_at)
       SELECT gen_random_uuid(), '+2126' || lpad((floor(random() * 1e8))::bigint::text, 8, '0') || row_number() OVER (), true, now(), now() FROM p
       RETURNING id),
  pp AS (
       INSERT INTO person_phone (person_id, phone_id, relation, created_at)
       SELECT p.id, ph.id, 'own', now() FROM (SELECT id, row_number() OVER () AS n FROM p) p
         JOIN (SELECT id, row_number() OVER () AS n FROM ph) ph USING (n)),
  c AS (
       INSERT INTO consent (id, person_id, purpose, text_version, language, channel, asked_at, in_force_at)
       SELECT gen_random_uuid(), id, 'training', '1', 'fr', 'form', now(), now() FROM p),
  pr AS (
       INSERT INTO presence (person_id, unit_id, session_id, state, minutes) SELECT id, $1, $2, 'present', 210 FROM p),
  pa AS (
       INSERT INTO participation (person_id, session_id, campaign_id, organisation_id, course_id, city_slug, gender, booked, units_attended)
       SELECT id, $2, '00000000-0000-7000-8000-000000000003', '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002', 'bench', 'female', true, 1 FROM p)
  INSERT INTO completion (person_id, course_id, campaign_id, completed_at, evidence)
  SELECT id, '00000000-0000-7000-8000-000000000002', '00000000-0000-7000-8000-000000000003', now(), '{}' FROM p`;

async function seedSession(client, people) {
  const { rows } = await client.query(SESSION);
  await client.query(PEOPLE, [rows[0].id, rows[0].session_id, people]);
  return rows[0].session_id;
}

/** Sheets per second of one batch of one session. */
async function runOurs(app, client, people) {
  const { JobQueue } = await built('shared/jobs/job.queue.js');
  const { JobRunner } = await built('shared/jobs/job.runner.js');
  const sessionId = await seedSession(client, people);
  const payload = {
    ...{ campaignId: '00000000-0000-7000-8000-000000000003', sessionId, courseId: null, confirmNames: false },
    accountId: '00000000-0000-7000-8000-000000000009',
  };
  const id = await app.get(JobQueue).enqueue({ kind: 'certificates.batch', payload });
  const started = performance.now();
  await app.get(JobRunner).runJob(id);
  const seconds = (performance.now() - started) / 1000;
  const { rows } = await client.query(
    `SELECT count(*)::int AS n, (SELECT result->'failures' FROM job WHERE id = $2) AS failures FROM certificate WHERE session_id = $1 AND status = 'valid'`,
    [sessionId, id],
  );
  if (rows[0].n !== people) throw new Error(`${rows[0].n} of ${people}: ${JSON.stringify(rows[0].failures)}`);
  return people / seconds;
}

/** Sheets per second of the floor, over the sheets that were really issued. */
async function runFloor(client, folder, people) {
  const { certificateSheet } = await built('certificates/render/certificate-sheet.js');
  const { qrPicture } = await built('certificates/render/qr-picture.js');
  const { starBorder } = await built('certificates/render/star-border.js');
  const { rows } = await client.query(
    `SELECT frozen, code, serial FROM certificate ORDER BY serial DESC LIMIT $1`,
    [people],
  );
  // Words and squares are made beforehand: the floor only sets, signs and writes.
  const sheets = rows.map(({ frozen, code, serial }) => {
    const sheet = certificateSheet(frozen, { code, serial, address: `http://127.0.0.1:0/v/${code}` });
    return { ...sheet, qr: qrPicture(sheet.qrText) };
  });
  const out = join(folder, 'floor');
  await mkdir(out, { recursive: true });
  const input = join(folder, 'floor.json');
  const template = join(ROOT, 'src/certificates/render/certificate.typ');
  await writeFile(input, JSON.stringify({ template, sheets, border: starBorder(), out }));
  const { seconds } = JSON.parse(execFileSync(process.execPath, [FLOOR, input], { encoding: 'utf8' }));
  return people / seconds;
}

export async function run({ quick }) {
  const { people, rounds } = quick ? QUICK : FULL;
  await build();
  const server = await startServer();
  const app = await openApp(server);
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  try {
    await client.query(SETTING);
    await runOurs(app, client, WARM_UP);
    const [ours, floor] = [[], []];
    for (let round = 0; round < rounds; round++) {
      ours.push(await runOurs(app, client, people));
      floor.push(await runFloor(client, server.varDir, people));
    }
    const [a, b] = [median(ours), median(floor)];
    return {
      name: 'certificates in a batch',
      unit: 'sheets/s',
      ours: Math.round(a * 10) / 10,
      floor: Math.round(b * 10) / 10,
      ratio: a / b,
      bar: BAR,
      checks: {
        people,
        rounds: ours.map((value, i) => ({ ours: Math.round(value), floor: Math.round(floor[i]) })),
        ours: 'two printing threads beside the transactions, files flushed to the disk; no signature yet (badges come later)',
        floor: 'one process, same page, Ed25519 signature, file not flushed',
      },
    };
  } finally {
    await client.end();
    await app.close();
    await server.stop();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(JSON.stringify(await run({ quick: process.argv.includes('--quick') })));
  process.exit(0);
}
