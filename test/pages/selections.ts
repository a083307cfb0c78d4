import { ok } from '../support/api-steps.js';
import type { TestApp } from '../support/app.js';
import type { EveryPage, Visitor } from './world.js';

const SCREENED = `SELECT d.application_id AS id FROM screening_dossier d JOIN call c ON c.id = d.call_id WHERE c.slug = $1 AND d.n = $2`;
const SCREENED_2021 = `
  SELECT r.application_id AS id FROM selection_result r JOIN call c ON c.id = r.call_id
   WHERE c.slug = $1 AND r.first_outcome <> r.outcome ORDER BY r.rank LIMIT 1`;

/** One row of a statement. */
type One = <Row extends object>(t: TestApp, sql: string, values: unknown[]) => Promise<Row>;

/** The selections of the demo in their steps, and one that is closed with one dossier. */
export async function givenSelections(
  t: TestApp,
  { manager, person }: EveryPage['tokens'],
  { fields, title }: { fields: object[]; title: object },
  add: (as: Visitor, route: string, path?: string, name?: string) => void,
  one: One,
): Promise<void> {
  const post = <T>(path: string, body: object = {}, status = 200, token = manager) =>
    ok<T>(t, path, { token, body }, status);
  const call = await post<{ id: string; slug: string }>(
    '/campaigns/caravane-2027/calls',
    {
      ...{ title, body: title, fields },
      opens: { localDate: '2027-01-01', localTime: '09:00' },
      closes: { localDate: '2027-02-20', localTime: '18:00' },
    },
    201,
  );
  const base = `/calls/${call.id}`;
  await post(`${base}/publish`);
  const label = { fr: 'Envie d’apprendre', ar: 'الرغبة في التعلم' };
  const quotas = [{ kind: 'gender', value: 'female', least: 1 }];
  const design = { places: 2, reserve: 1, criteria: [{ label, weight: 2 }], quotas, revision: 0 };
  const saved = await t.api(`${base}/selection`, { method: 'PUT', token: manager, body: design });
  if (saved.statusCode !== 200) throw new Error(saved.body);
  await post(`${base}/selection/announce`);
  const answers = { f1: '01.571.01.11', f2: ['o1'] };
  const sent = await post<{ id: string }>(`${base}/applications`, { answers, needs: [] }, 201, person);
  await post(`${base}/closing`, { reason: 'Essai' });
  await post(`${base}/screening/next`);
  await t.api(`/applications/${sent.id}/scores`, {
    method: 'PUT',
    token: manager,
    body: { scores: { c1: 4 } },
  });
  await post(`${base}/screening/close`);
  const relay = await one<{ id: string }>(t, SCREENED, ['appel-relais-2027', 3]);
  const next = await one<{ id: string }>(t, SCREENED, ['appel-relais-2027', 10]);
  const first = await one<{ id: string }>(t, SCREENED_2021, ['appel-apdn-2021']);
  const staff = '/staff/calls/:call';
  add('visitor', '/calls/:call/selection', '/calls/appel-caravane-2027/selection');
  add('visitor', '/calls/:call/results', '/calls/appel-apdn-2021/results');
  add('manager', `${staff}/selection`, '/staff/calls/appel-aux-cooperatives/selection');
  add(
    'manager',
    `${staff}/selection`,
    '/staff/calls/appel-relais-2027/selection',
    'staff-calls-selection-announced',
  );
  add('manager', `${staff}/screening`, '/staff/calls/appel-relais-2027/screening');
  add('manager', `${staff}/results`, `/staff/calls/${call.slug}/results`, 'staff-calls-results-preview');
  add('manager', `${staff}/results`, '/staff/calls/appel-apdn-2021/results');
  add('manager', `${staff}/seats`, '/staff/calls/appel-apdn-2021/seats');
  add('manager', '/staff/applications/:application/scores', `/staff/applications/${next.id}/scores`);
  add(
    'manager',
    '/staff/applications/:application/scores',
    `/staff/applications/${relay.id}/scores`,
    'staff-scores-gap',
  );
  add('manager', '/staff/applications/:application/result', `/staff/applications/${first.id}/result`);
}
