import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { CallAnswer } from '../calls/world.js';
import { outbox } from '../support/phones.js';
import { design, type ResultAnswer, type Sent, SelectionWorld } from './world.js';

jest.setTimeout(120_000);

const run = promisify(execFile);
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

interface Problem {
  code: string;
  errors?: Array<{ pointer: string; code: string }>;
  open?: number;
  gaps?: number;
}
interface Next {
  dossier: {
    id: string;
    number: string;
    answers: object[];
    looks: Array<{ slot: number; points: number }>;
  } | null;
  progress: { dossiers: number; eligible: number; done: number; gaps: number; mine: number };
}

describe('a selection', () => {
  let s: SelectionWorld;
  beforeAll(async () => (s = await SelectionWorld.make()), 60_000);
  afterAll(() => s.w.t.close());

  const problems = async (call: CallAnswer, changes: object): Promise<string[]> => {
    const answer = await s.api(`/calls/${call.id}/selection`, design(changes), 'PUT');
    return [
      String(answer.statusCode),
      ...(answer.json<Problem>().errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`),
    ];
  };
  const shown = async (call: CallAnswer, token?: string): Promise<Record<string, unknown>> =>
    (await s.w.t.api(`/calls/${call.id}/selection`, token ? { token } : {})).json();

  describe('before the closing', () => {
    it('is refused with everything that is wrong with its design', async () => {
      const call = await s.call();
      expect(await problems(call, { places: 0, reserve: 'x', scorers: 3, criteria: [] })).toEqual([
        '422',
        '/places whole-between',
        '/reserve not-a-number',
        '/scorers whole-between',
        '/criteria required',
      ]);
      expect(
        await problems(call, {
          rules: [
            { kind: 'age' },
            { kind: 'choice', field: 'f1', values: ['o1'] },
            { kind: 'number', field: 'f2', min: 5, max: 2 },
            { kind: 'gender', values: ['robot'] },
            { kind: 'age', min: 18 },
            { kind: 'mood' },
          ],
          quotas: [
            { kind: 'city', value: 'atlantis', least: 1 },
            { kind: 'gender', value: 'female' },
            { kind: 'gender', value: 'male', least: 2, most: 1 },
            { kind: 'sector', value: 'cuir', most: 3 },
          ],
          criteria: [{ label: { fr: 'Seul' }, weight: 11 }],
        }),
      ).toEqual([
        '422',
        '/rules/0/min required',
        '/rules/1/field unknown-field',
        '/rules/2/max below-the-least',
        '/rules/3/values not-a-choice',
        '/rules/5/kind not-a-choice',
        '/rules/4/kind rule-twice',
        '/criteria/0/weight whole-between',
        '/criteria/0/label/ar required',
        '/quotas/0/value not-a-choice',
        '/quotas/1/least required',
        '/quotas/2/most below-the-least',
        '/quotas/3/most whole-between',
      ]);
      expect(await s.code(s.api(`/calls/${call.id}/selection`, [1], 'PUT'))).toEqual([422, 'invalid-fields']);
    });

    it('is written by managers, one after the other, and unknown to everybody else', async () => {
      const call = await s.call();
      const path = `/calls/${call.id}/selection`;
      expect(await s.code(s.api(path, design(), 'PUT', s.scorers[0]))).toEqual([403, 'role-not-allowed']);
      const elsewhere = await s.w.world.staff('manager', 'organisation', s.w.world.otherOrganisationId);
      expect(await s.code(s.api(path, design(), 'PUT', elsewhere))).toEqual([404, 'not-found']);
      await s.ok(s.api(path, design(), 'PUT'));
      expect(await s.code(s.api(path, design(), 'PUT'))).toEqual([409, 'selection-changed']);
      await s.ok(s.api(path, design({ revision: 1, places: 5 }), 'PUT'));
      expect((await s.w.t.api(path)).statusCode).toBe(404);
      expect((await s.api(path, undefined, 'GET', elsewhere)).statusCode).toBe(404);
      expect(await shown(call, s.manager)).toMatchObject({
        places: 5,
        revision: 2,
        state: 'draft',
        hash: null,
      });
      const same = await Promise.all(
        [6, 7].map((places) => s.code(s.api(path, design({ revision: 2, places }), 'PUT'))),
      );
      expect(same.map(([status]) => status).sort()).toEqual([200, 409]);
    });

    it('promises its draw before the closing, is frozen and public from then on, and keeps the secret', async () => {
      const call = await s.call();
      await s.announced(call);
      const announced = await shown(call);
      expect(announced).toMatchObject({ state: 'announced', secret: null, places: 2 });
      expect(announced['hash']).toMatch(/^[0-9a-f]{64}$/);
      expect(announced).not.toHaveProperty('revision');
      const path = `/calls/${call.id}/selection`;
      expect(await s.code(s.api(path, design({ revision: 1 }), 'PUT'))).toEqual([409, 'selection-announced']);
      expect(await s.code(s.api(`${path}/announce`, {}, 'POST'))).toEqual([409, 'selection-announced']);
      const [row] = await s.w.sql<{ sealed: string; secret: string | null }>(
        'SELECT sealed, secret FROM selection WHERE call_id = $1',
        [call.id],
      );
      expect(row?.secret).toBeNull();
      expect(sha256(row?.sealed ?? '')).not.toBe(announced['hash']);
      // Nobody can publish another secret than the promised one, not even with the database in hand.
      const cheat = s.w.sql(
        `UPDATE selection SET state = 'published', secret = 'mine', closed_at = now(), published_at = now() WHERE call_id = $1`,
        [call.id],
      );
      await expect(cheat).rejects.toThrow('selection_secret_as_promised');
      const late = await s.call();
      await s.ok(s.api(`/calls/${late.id}/selection`, design(), 'PUT'));
      await s.ok(s.w.api(`/calls/${late.id}/closing`, { reason: 'Fini' }, 'POST'));
      expect(await s.code(s.api(`/calls/${late.id}/selection/announce`, {}, 'POST'))).toEqual([
        409,
        'selection-too-late',
      ]);
    });
  });

  describe('screening', () => {
    it('begins with the closing, keeps why somebody is not eligible, and says how far it is', async () => {
      const call = await s.call();
      await s.announced(call, {
        rules: [
          { kind: 'number', field: 'f2', min: 3 },
          { kind: 'age', max: 30 },
        ],
      });
      const out = await s.send(call, { f2: 1 });
      expect(await s.code(s.next(call))).toEqual([409, 'screening-not-open']);
      await s.w.sql(`UPDATE person SET birth_year = 2005 WHERE id = $1`, [
        (await s.send(call, { f2: 4 })).id,
      ]);
      await s.close(call);
      const { dossier, progress } = await s.ok<Next>(s.next(call));
      expect(progress).toEqual({ dossiers: 2, eligible: 1, done: 0, gaps: 0, mine: 0 });
      expect(dossier?.number).toMatch(/-0002$/);
      expect(JSON.stringify(dossier)).not.toMatch(/Alami|\+212/);
      expect(
        await s.w.sql(`SELECT reasons FROM screening_dossier WHERE application_id = $1`, [out.dossier.id]),
      ).toEqual([{ reasons: [{ code: 'number', field: 'f2' }, { code: 'age' }] }]);
      expect(await s.code(s.score(out.dossier.id, { c1: 1, c2: 1 }))).toEqual([404, 'not-found']);
      expect(await s.code(s.score(dossier?.id ?? '', { c1: 6, c3: 1 }))).toEqual([422, 'invalid-fields']);
      expect(await s.code(s.score(dossier?.id ?? '', { c1: 5, c2: 0 }, s.manager))).toEqual([
        409,
        'screening-taken',
      ]);
      await s.ok(s.score(dossier?.id ?? '', { c1: 5, c2: 0 }));
      const after = await s.ok<Next>(s.next(call));
      expect([after.dossier, after.progress.done, after.progress.mine]).toEqual([null, 1, 1]);
    });

    it('never gives two scorers at once the same dossier, and each dossier to both in the end', async () => {
      const call = await s.call();
      await s.announced(call, { scorers: 2 });
      await s.sendMany(call, 8);
      await s.close(call);
      // The first of all enters the dossiers; what is pressed at once afterwards meets in the queue itself.
      const seen = new Map<string, string[]>();
      for (let round = 0; round < 6; round++) {
        const taken = await Promise.all(s.scorers.map((token) => s.ok<Next>(s.next(call, token))));
        const ids = taken.flatMap(({ dossier }) => (dossier ? [dossier.id] : []));
        expect(new Set(ids).size).toBe(ids.length);
        for (const [n, { dossier }] of taken.entries()) {
          if (!dossier) continue;
          expect(dossier.looks).toEqual([]);
          seen.set(dossier.id, [...(seen.get(dossier.id) ?? []), String(n)]);
          await s.ok(s.score(dossier.id, { c1: 3, c2: 3 }, s.scorers[n]));
        }
      }
      expect(seen.size).toBe(8);
      for (const scorers of seen.values()) {
        expect(scorers).toHaveLength(2);
        expect(new Set(scorers).size).toBe(2);
      }
    });

    it('gives a scorer who asks twice at once one dossier, and takes it away after twenty minutes', async () => {
      const call = await s.call();
      await s.announced(call);
      await s.sendMany(call, 2);
      await s.close(call);
      const [one, other] = await Promise.all([s.ok<Next>(s.next(call)), s.ok<Next>(s.next(call))]);
      expect(one.dossier?.id).toBe(other.dossier?.id);
      const second = await s.ok<Next>(s.next(call, s.manager));
      expect(second.dossier?.id).not.toBe(one.dossier?.id);
      expect((await s.ok<Next>(s.next(call, s.scorers[1]))).dossier).toBeNull();
      s.w.t.clock.advance(21 * 60 * 1000);
      expect((await s.ok<Next>(s.next(call, s.scorers[1]))).dossier?.id).toBe(one.dossier?.id);
    });

    it('hides the other’s scores until both are there, flags a gap above 30 %, and lets a third settle it', async () => {
      const call = await s.call();
      await s.announced(call, { scorers: 2 });
      const [near, far] = await s.sendMany(call, 2);
      await s.close(call);
      const [a, b, c] = s.scorers;
      await s.ok(s.next(call, a));
      const looks = async (sent: Sent | undefined, token: string | undefined): Promise<number[]> => {
        const path = `/applications/${sent?.dossier.id}/scores`;
        const answer = await s.ok<{ looks: Array<{ points: number }> }>(s.api(path, undefined, 'GET', token));
        return answer.looks.map(({ points }) => points);
      };
      const give = (sent: Sent | undefined, c1: number, token: string | undefined) =>
        s.score(sent?.dossier.id ?? '', { c1, c2: 0 }, token);
      await s.ok(give(near, 4, a));
      expect([await looks(near, a), await looks(near, b)]).toEqual([[8], []]);
      await s.ok(give(near, 3, a));
      await s.ok(give(near, 2, b));
      expect([await looks(near, a), await looks(near, c)]).toEqual([
        [6, 4],
        [6, 4],
      ]);
      expect(await s.code(give(near, 5, a))).toEqual([409, 'screening-scored']);
      await s.ok(give(far, 5, a));
      await s.ok(give(far, 0, b));
      const gaps = await s.ok<{ items: Array<{ id: string; points: number[] }> }>(
        s.api(`/calls/${call.id}/screening/gaps`),
      );
      expect(gaps.items).toMatchObject([{ id: far?.dossier.id, points: [10, 0] }]);
      const close = await s.api(`/calls/${call.id}/screening/close`, {}, 'POST');
      expect([close.statusCode, close.json<Problem>()]).toMatchObject([
        409,
        { code: 'screening-not-done', open: 0, gaps: 1 },
      ]);
      const third = (sent: Sent | undefined, token: string | undefined) =>
        s.api(`/applications/${sent?.dossier.id}/third-look`, { scores: { c1: 3, c2: 1 } }, 'PUT', token);
      expect(await s.code(third(near, c))).toEqual([409, 'third-look-not-needed']);
      expect(await s.code(third(far, a))).toEqual([409, 'third-look-by-another']);
      await s.ok(third(far, c));
      await s.ok(s.api(`/calls/${call.id}/screening/close`, {}, 'POST'));
      expect((await s.preview(call)).dossiers.map(({ points }) => points)).toEqual([14, 10]);
      expect(await s.code(give(far, 1, c))).toEqual([409, 'selection-closed']);
    });

    it('shows nothing of the draw while a score may change, and is closed only when all is scored', async () => {
      const call = await s.call();
      await s.announced(call);
      await s.sendMany(call, 2);
      await s.close(call);
      await s.ok(s.next(call));
      expect(await s.code(s.api(`/calls/${call.id}/selection/preview`))).toEqual([
        409,
        'selection-announced',
      ]);
      expect(await s.code(s.api(`/calls/${call.id}/selection/publish`, { digest: 'x' }, 'POST'))).toEqual([
        409,
        'selection-announced',
      ]);
      const close = await s.api(`/calls/${call.id}/screening/close`, {}, 'POST');
      expect(close.json<Problem>()).toMatchObject({ code: 'screening-not-done', open: 2, gaps: 0 });
      expect(await s.code(s.api(`/calls/${call.id}/screening/close`, {}, 'POST', s.scorers[0]))).toEqual([
        403,
        'role-not-allowed',
      ]);
    });
  });

  describe('the result', () => {
    it('is looked at, published as it was looked at, replayed by anybody, and told to everybody', async () => {
      const call = await s.call();
      await s.announced(call, { places: 3, reserve: 2 });
      const sent = await s.sendMany(call, 7);
      const arab = await s.send(call, { f1: 'زربية' }, 'ar');
      await s.close(call);
      const { hash } = (await shown(call)) as { hash: string };
      await s.ok(s.next(call));
      for (const [n, { dossier }] of [...sent, arab].entries())
        await s.ok(s.score(dossier.id, { c1: n < 2 ? 5 : 3, c2: 0 }));
      await s.ok(s.api(`/calls/${call.id}/screening/close`, {}, 'POST'));
      const preview = await s.preview(call);
      expect(preview.told).toMatchObject({ people: 8, unreached: 0 });
      expect((await s.w.t.api(`/calls/${call.id}/results`)).statusCode).toBe(404);
      // Somebody takes a dossier back in between: what was looked at is not published.
      const gone = preview.dossiers.at(-1)?.number;
      const leaver = [...sent, arab].find(({ dossier }) => dossier.number === gone);
      await s.ok(s.w.api(`/applications/${leaver?.dossier.id}/withdraw`, {}, 'POST', leaver?.token));
      const publish = (digest: string) => s.api(`/calls/${call.id}/selection/publish`, { digest }, 'POST');
      expect(await s.code(publish(preview.digest))).toEqual([409, 'selection-preview-outdated']);
      const { digest } = await s.preview(call);
      const both = await Promise.all([publish(digest), publish(digest)].map((one) => s.code(one)));
      expect(both.map(([status]) => status).sort()).toEqual([200, 409]);
      const { secret } = (await shown(call)) as { secret: string };
      expect(sha256(secret)).toBe(hash);
      const results = await s.results(call);
      expect(results.map(({ outcome }) => outcome).sort()).toEqual([
        ...['not-selected', 'not-selected', 'reserve', 'reserve', 'selected', 'selected', 'selected'],
      ]);
      for (const { number, draw } of results) expect(draw).toBe(sha256(secret + number));
      const byRank = [...results].sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
      expect(byRank.slice(2).map(({ draw }) => draw)).toEqual(
        byRank
          .slice(2)
          .map(({ draw }) => draw)
          .sort(),
      );
      expect(JSON.stringify(results)).not.toMatch(/Alami/);
      await replays(call);
      const told = await outbox(s.w.t, await phoneOf(sent[0]));
      expect(told[0]).toMatchObject({ template: 'selection:sms.selected' });
      expect(told[0]?.body).toContain(sent[0]?.dossier.number);
      const arabTold = leaver === arab ? [] : await outbox(s.w.t, await phoneOf(arab));
      if (leaver !== arab) expect(arabTold[0]?.body).toMatch(/ملفكم/);
    });

    const phoneOf = async (sent: Sent | undefined): Promise<string> => {
      const [row] = await s.w.sql<{ e164: string }>(
        `SELECT ph.e164 FROM person_phone pp JOIN phone ph ON ph.id = pp.phone_id WHERE pp.person_id = $1`,
        [sent?.id],
      );
      return row?.e164 ?? '';
    };

    /** Downloads the script and the file, runs them with plain Node, and then with a result that was tampered with. */
    async function replays(call: CallAnswer): Promise<void> {
      const folder = await mkdtemp(join(tmpdir(), 'replay-'));
      try {
        const [script, file] = await Promise.all(
          ['replay.mjs', 'results.json'].map(
            async (name) => (await s.w.t.api(`/calls/${call.id}/results/${name}`)).body,
          ),
        );
        expect(script?.trimEnd().split('\n')).toHaveLength(10);
        await writeFile(join(folder, 'replay.mjs'), script ?? '');
        await writeFile(join(folder, 'results.json'), file ?? '');
        const { stdout } = await run(process.execPath, ['replay.mjs', 'results.json'], { cwd: folder });
        const results = (await s.results(call)).filter(({ rank }) => rank !== null);
        const ranked = results.sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
        expect(stdout.trimEnd().split('\n')).toEqual(
          ranked.map(({ number, points, rank }) => `${rank} ${number} ${points} ok`),
        );
        const data = JSON.parse(file ?? '') as { dossiers: ResultAnswer[] };
        const [first, second] = data.dossiers;
        if (first && second) [first.rank, second.rank] = [second.rank, first.rank];
        await writeFile(join(folder, 'results.json'), JSON.stringify(data));
        await expect(
          run(process.execPath, ['replay.mjs', 'results.json'], { cwd: folder }),
        ).rejects.toThrow();
        await writeFile(join(folder, 'results.json'), JSON.stringify({ ...data, secret: 'another' }));
        await expect(run(process.execPath, ['replay.mjs', 'results.json'], { cwd: folder })).rejects.toThrow(
          'not the secret',
        );
      } finally {
        await rm(folder, { recursive: true });
      }
    }

    it('says to each person their own, with the reason, and to nobody else', async () => {
      const call = await s.call();
      await s.announced(call, { places: 1, reserve: 0, rules: [{ kind: 'number', field: 'f2', min: 3 }] });
      const first = await s.send(call, { f2: 5 });
      const out = await s.send(call, { f2: 1 });
      await s.close(call);
      await s.published(call, [first], [4]);
      const mine = (sent: Sent, token = sent.token) =>
        s.w.t.api(`/me/applications/${sent.dossier.id}/result`, { token });
      expect((await mine(first)).json()).toMatchObject({
        outcome: 'selected',
        rank: 1,
        points: 8,
        reasons: [],
      });
      expect((await mine(out)).json()).toMatchObject({
        ...{ outcome: 'not-selected', code: 'not-eligible', rank: null },
        reasons: [{ code: 'number', field: 'f2' }],
      });
      expect((await mine(out, first.token)).statusCode).toBe(404);
      expect(JSON.stringify(await s.results(call))).not.toContain('reasons');
    });

    it('changes only with a reason that is public, to the next of the reserve, and tells the person', async () => {
      const call = await s.call();
      await s.announced(call, { places: 1, reserve: 2 });
      const sent = await s.sendMany(call, 3);
      await s.close(call);
      await s.published(call, sent, [5, 4, 3]);
      const [first, second, third] = sent;
      const change = (who: Sent | undefined, body: object, token = s.manager) =>
        s.api(`/applications/${who?.dossier.id}/result/changes`, body, 'POST', token);
      expect(await s.code(change(first, { outcome: 'not-selected' }))).toEqual([422, 'invalid-fields']);
      expect(await s.code(change(first, { outcome: 'not-selected', code: 'place-added' }))).toEqual([
        422,
        'invalid-fields',
      ]);
      expect(
        await s.code(change(first, { outcome: 'not-selected', code: 'withdrew' }, s.scorers[0])),
      ).toEqual([403, 'role-not-allowed']);
      const freed = { outcome: 'selected', code: 'place-freed' };
      expect(await s.code(change(second, freed))).toEqual([409, 'selection-places-taken']);
      await s.ok(change(first, { outcome: 'not-selected', code: 'withdrew', note: 'Au téléphone' }));
      expect(await s.code(change(first, { outcome: 'not-selected', code: 'withdrew' }))).toEqual([
        409,
        'selection-outcome-same',
      ]);
      expect(await s.code(change(third, freed))).toEqual([409, 'selection-not-first']);
      const pressed = await Promise.all([0, 1].map(() => s.code(change(second, freed))));
      expect(pressed.map(([status]) => status).sort()).toEqual([200, 409]);
      const public_ = await s.ok<{ items: object[] }>(s.w.t.api(`/calls/${call.id}/results/changes`));
      expect(public_.items).toMatchObject([
        { k: 1, number: first?.dossier.number, from: 'selected', to: 'not-selected', code: 'withdrew' },
        { k: 2, number: second?.dossier.number, from: 'reserve', to: 'selected', code: 'place-freed' },
      ]);
      expect(JSON.stringify(public_)).not.toContain('Au téléphone');
      const results = await s.results(call);
      expect(results.map(({ firstOutcome, outcome }) => [firstOutcome, outcome])).toEqual([
        ['selected', 'not-selected'],
        ['reserve', 'selected'],
        ['reserve', 'reserve'],
      ]);
      expect(
        (await outbox(s.w.t, await phoneOf(second))).filter(({ template }) =>
          template.startsWith('selection:'),
        ),
      ).toHaveLength(2);
    });

    it('is final: the call does not open again once its screening is closed', async () => {
      const call = await s.call();
      await s.announced(call);
      const sent = await s.sendMany(call, 1);
      await s.close(call);
      await s.published(call, sent, [1]);
      const later = { closes: s.w.day(5), reason: 'Encore' };
      expect(await s.code(s.w.api(`/calls/${call.id}/closing`, later, 'POST'))).toEqual([
        409,
        'call-decided',
      ]);
    });
  });
});
