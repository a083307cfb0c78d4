import { accountId } from '../../src/demo/staff.demo.js';
import { outbox, type OutboxLine } from '../support/phones.js';
import {
  addStop,
  createWorld,
  room,
  sessionBody,
  TEAM_A,
  TEAM_B,
  TRAINER_A,
  TRAINER_B,
  type World,
} from './world.js';

type Mail = OutboxLine & { subject?: string };
interface Notice {
  trainer: { id: string; name: string };
  news: string;
  state: string;
}

const HOURS = { localStart: '09:00', localEnd: '12:00' };

describe('trainers', () => {
  let w: World;
  const mails: Record<string, string> = {};
  beforeAll(async () => {
    w = await createWorld();
    await w.db.write('test.french', `UPDATE account SET language = 'fr' WHERE id = $1`, [TRAINER_B]);
    const rows = await w.db.read<{ id: string; email: string }>(
      'test.trainers',
      'SELECT id, email FROM account WHERE id = ANY($1::uuid[])',
      [[TRAINER_A, TRAINER_B]],
    );
    for (const { id, email } of rows) mails[id] = email;
  }, 60_000);
  afterAll(() => w.close());

  const inbox = async (id: string | undefined): Promise<Mail[]> =>
    ((await outbox(w, mails[id ?? ''] ?? '')) as Mail[]).filter(
      ({ template }) => template === 'tours:mail.text',
    );
  const notices = async (session: string): Promise<Notice[]> => {
    const answer = await w.as(`/sessions/${session}/trainer-notices`);
    return answer.json<{ items: Notice[] }>().items;
  };
  async function made(day: string, trainerIds: Array<string | undefined>): Promise<string> {
    const stop = await addStop(w, 'tetouan', day, TEAM_A);
    const ids = trainerIds.flatMap((id) => (id ? [id] : []));
    const body = sessionBody([{ ...HOURS, trainerIds: ids, roomId: room('tetouan', 1) }]);
    const answer = await w.as(`/stops/${stop}/sessions`, { body });
    expect([answer.statusCode, answer.body]).toEqual([201, expect.any(String)]);
    return answer.json<{ id: string }>().id;
  }

  it('are told by e-mail in their language of a session given to them, moved, taken from them and called off, each once', async () => {
    const before = (await inbox(TRAINER_A)).length;
    const id = await made('2027-03-02', [TRAINER_A]);
    const [given] = await inbox(TRAINER_A);
    expect(given?.channel).toBe('email');
    expect(given?.subject).toContain('الثلاثاء 2 مارس 2027');
    expect(given?.body).toContain('9:00');
    expect(given?.body).toContain(`/staff/sessions/${id}`);

    const units = [
      { localDate: '2027-03-03', ...HOURS, trainerIds: [TRAINER_A], roomId: room('tetouan', 1) },
    ];
    expect((await w.as(`/sessions/${id}`, { method: 'PATCH', body: { units } })).statusCode).toBe(200);
    expect((await inbox(TRAINER_A))[0]?.body).toContain('تغيير');
    // What is not theirs says nothing to them.
    expect((await w.as(`/sessions/${id}`, { method: 'PATCH', body: { capacity: 31 } })).statusCode).toBe(200);
    expect(await inbox(TRAINER_A)).toHaveLength(before + 2);

    expect(
      (await w.as(`/sessions/${id}`, { method: 'PATCH', body: { trainerIds: [TRAINER_B] } })).statusCode,
    ).toBe(200);
    expect((await inbox(TRAINER_A))[0]?.body).toContain('لم تعودوا');
    expect((await inbox(TRAINER_A))[0]?.body).not.toContain(`/staff/sessions/${id}`);
    expect((await inbox(TRAINER_B))[0]?.body).toContain(`/staff/sessions/${id}`);
    expect((await w.as(`/sessions/${id}/cancel`, { body: { reason: 'Salle fermée' } })).statusCode).toBe(200);
    expect((await inbox(TRAINER_B))[0]?.subject).toContain('Annulée');
    expect(await inbox(TRAINER_A)).toHaveLength(before + 3);
    expect((await notices(id)).map(({ trainer, news }) => [trainer.id, news])).toEqual([
      [TRAINER_B, 'called-off'],
      [TRAINER_A, 'taken'],
      [TRAINER_B, 'given'],
      [TRAINER_A, 'moved'],
      [TRAINER_A, 'given'],
    ]);
  });

  it('get one e-mail for a deed over several sessions, and none when it did not happen', async () => {
    const [one, two] = [await made('2027-03-09', [TRAINER_A]), await made('2027-03-10', [TRAINER_A])];
    const before = (await inbox(TRAINER_A)).length;
    const moved = (id: string, localDate: string) => ({
      id,
      units: [{ localDate, ...HOURS, trainerIds: [TRAINER_A], roomId: room('tetouan', 1) }],
    });
    const clash = await w.as('/sessions', {
      method: 'PATCH',
      body: { sessions: [moved(one, '2027-03-11'), moved(two, '2027-03-11')] },
    });
    expect(clash.statusCode).toBe(409);
    expect(await inbox(TRAINER_A)).toHaveLength(before);
    const done = await w.as('/sessions', {
      method: 'PATCH',
      body: { sessions: [moved(one, '2027-03-11'), moved(two, '2027-03-12')] },
    });
    expect([done.statusCode, done.body]).toEqual([200, expect.any(String)]);
    const all = await inbox(TRAINER_A);
    expect(all).toHaveLength(before + 1);
    expect(all[0]?.body).toContain(one);
    expect(all[0]?.body).toContain(two);
    expect(all[0]?.subject).toContain('تغير برنامجكم');
  });

  it('hear nothing from a rehearsal, of what they did themselves, and of what is over', async () => {
    const id = await made('2027-03-16', [TRAINER_A]);
    const before = (await inbox(TRAINER_A)).length;
    const preview = await w.as(`/sessions/${id}/preview`, { body: { cancel: true } });
    expect(preview.statusCode).toBe(200);
    expect(await inbox(TRAINER_A)).toHaveLength(before);

    const unheard = await inbox(TRAINER_A);
    expect(await notices(await made('2026-11-20', [TRAINER_A]))).toEqual([]);
    expect(await inbox(TRAINER_A)).toEqual(unheard);

    const manager = accountId('manager');
    await w.db.write('test.managerTrains', 'INSERT INTO team_trainer (team_id, account_id) VALUES ($1, $2)', [
      TEAM_B,
      manager,
    ]);
    expect(
      (await w.as(`/sessions/${id}`, { method: 'PATCH', body: { trainerIds: [manager] } })).statusCode,
    ).toBe(200);
    expect((await notices(id)).map(({ news }) => news)).toEqual(['taken', 'given']);
  });

  it('are shown to those who plan, and to nobody else', async () => {
    const id = await made('2027-03-23', [TRAINER_A]);
    const page = await w.inject({
      url: `/fr/staff/sessions/${id}`,
      headers: { authorization: `Bearer ${w.tokens.manager}` },
    });
    expect(page.body).toContain('Formateurs prévenus');
    for (const token of [w.tokens.stranger, w.tokens.trainer])
      expect([403, 404]).toContain((await w.as(`/sessions/${id}/trainer-notices`, { token })).statusCode);
  });
});
