import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MessageQueue, type NewMessage } from '../../src/messages/public.js';
import { Database } from '../../src/shared/database/database.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { newPhone, outbox } from '../support/phones.js';

interface Row {
  state: string;
  error: string | null;
  body: string;
}

const ROW = `SELECT state, error, body FROM message WHERE id = $1`;
const PRODUCTION = {
  QAFILA_MODE: 'production',
  QAFILA_SECRET: 's'.repeat(40),
  PUBLIC_URL: 'https://qafila.example',
};

let keys = 0;
const code = (recipient: string, changes: Partial<NewMessage> = {}): NewMessage => ({
  recipient,
  channel: 'sms',
  template: 'code',
  language: 'fr',
  values: { code: '482059' },
  secrets: ['code'],
  dedupeKey: `test:${(keys += 1)}`,
  ...changes,
});
const send = (t: TestApp, message: NewMessage) => t.app.get(MessageQueue).send(message);
const row = (t: TestApp, id: string) => t.db.readOne<Row>('test.row', ROW, [id]);

/** A second attempt is due at once, and the sweep runs. */
async function again(t: TestApp): Promise<void> {
  await t.db.write('test.due', `UPDATE job SET run_after = now() WHERE state = 'queued'`);
  await t.runJobs();
}
async function sweep(t: TestApp): Promise<void> {
  await t.db.write('test.sweep', `INSERT INTO job (id, kind) VALUES (gen_random_uuid(), 'messages.sweep')`);
  await t.runJobs();
}

describe('messages in the demo', () => {
  let t: TestApp;
  beforeAll(async () => (t = await createTestApp()), 60_000);
  afterAll(() => t.close());

  it('are in the outbox at once, newest first, and sent by the job', async () => {
    const phone = newPhone();
    const first = await send(t, code(phone));
    t.clock.advance(1000);
    await send(t, code(phone, { language: 'ar', values: { code: '111111' } }));
    expect(await outbox(t, phone)).toEqual([
      {
        to: phone,
        channel: 'sms',
        template: 'code',
        body: expect.stringContaining('111111'),
        at: '2027-01-15T09:00:01.000Z',
      },
      {
        to: phone,
        channel: 'sms',
        template: 'code',
        body: 'Qafila : votre code est 482059. Il sert 10 minutes. Ne le donnez à personne. Aide : 05 39 00 00 00',
        at: '2027-01-15T09:00:00.000Z',
      },
    ]);
    expect((await row(t, first))?.state).toBe('queued');
    await t.runJobs();
    expect(await row(t, first)).toMatchObject({ state: 'sent', error: null });
    // The demo keeps the code to be read.
    expect((await outbox(t, phone))[1]?.body).toContain('482059');
  });

  it('are found by the number as people write it', async () => {
    const phone = newPhone();
    await send(t, code(phone));
    for (const to of [
      `+${phone.slice(1)}`,
      ` ${phone.slice(1)}`,
      `00${phone.slice(1)}`,
      `0${phone.slice(4)}`,
    ]) {
      const answer = await t.inject({ url: '/dev/outbox', query: { to } });
      expect(answer.json<object[]>()).toHaveLength(1);
    }
    expect((await t.inject({ url: `/dev/outbox?to=${phone}` })).json<object[]>()).toHaveLength(1);
    expect((await t.inject({ url: '/dev/outbox?to=%2B212000000000' })).json()).toEqual([]);
    expect((await t.inject({ url: '/dev/outbox?to=%00' })).json()).toEqual([]);
    expect((await t.inject({ url: '/dev/outbox?to=a&to=b' })).statusCode).toBe(200);
  });

  it('are written once for a key, and not at all when the deed is undone', async () => {
    const phone = newPhone();
    const message = code(phone);
    const ids = await Promise.all([1, 2, 3].map(() => send(t, message)));
    expect(new Set(ids).size).toBe(1);
    const undone = t.app.get(Database).transaction(async () => {
      await send(t, code(phone));
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await outbox(t, phone)).toHaveLength(1);
  });

  it('outlive their jobs: the sweep gives them another', async () => {
    const id = await send(t, code(newPhone()));
    await t.db.write('test.wipe', `DELETE FROM job`);
    await t.runJobs();
    expect((await row(t, id))?.state).toBe('queued');
    await sweep(t);
    expect((await row(t, id))?.state).toBe('queued');
    t.clock.advance(60_001);
    await sweep(t);
    expect((await row(t, id))?.state).toBe('sent');
  });

  it('are sent again after a crash in the hand-over only when that is asked for', async () => {
    const [moves, others] = [
      await send(t, code(newPhone(), { sendsAgain: true })),
      await send(t, code(newPhone())),
    ];
    await t.db.write('test.crash', `UPDATE message SET state = 'handed' WHERE id = ANY($1)`, [
      [moves, others],
    ]);
    await t.runJobs();
    expect((await row(t, moves))?.state).toBe('sent');
    expect(await row(t, others)).toMatchObject({ state: 'unknown', error: 'crashed' });
  });

  it('are not sent when they are stale', async () => {
    const id = await send(t, code(newPhone(), { staleAt: new Date(t.clock.now().getTime() + 600_000) }));
    t.clock.advance(600_001);
    await t.runJobs();
    expect(await row(t, id)).toMatchObject({ state: 'failed', error: 'stale' });
  });
});

describe('messages without a gateway', () => {
  let t: TestApp;
  beforeAll(async () => (t = await createTestApp({ env: PRODUCTION })), 60_000);
  afterAll(() => t.close());

  it('wait in the table with the reason', async () => {
    const id = await send(t, code(newPhone()));
    await t.runJobs();
    expect(await row(t, id)).toMatchObject({ state: 'queued', error: 'no-gateway' });
    t.clock.advance(60_001);
    await sweep(t);
    expect(await row(t, id)).toMatchObject({ state: 'queued', error: 'no-gateway' });
  });
});

describe('messages over HTTP', () => {
  let t: TestApp;
  let server: Server;
  let answer: number | 'hang up' = 200;
  const received: Array<{ body: unknown; authorization: string | undefined; type: string | undefined }> = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      let text = '';
      request.on('data', (chunk) => (text += String(chunk)));
      request.on('end', () => {
        const { authorization, 'content-type': type } = request.headers;
        received.push({ body: JSON.parse(text), authorization, type });
        if (answer === 'hang up') request.socket.destroy();
        else response.writeHead(answer).end('{"status":"queued"}');
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    t = await createTestApp({ env: { ...PRODUCTION, SMS_URL: `http://user:p%40ss@127.0.0.1:${port}/send` } });
  }, 60_000);
  beforeEach(() => {
    answer = 200;
    received.length = 0;
  });
  afterAll(async () => {
    await t.close();
    await new Promise((done) => server.close(done));
  });

  it('carry number and text, and lose their code in the row', async () => {
    const phone = newPhone();
    const id = await send(t, code(phone));
    await t.runJobs();
    expect(received).toEqual([
      {
        body: { to: phone, text: expect.stringContaining('482059'), reference: id },
        authorization: `Basic ${Buffer.from('user:p@ss').toString('base64')}`,
        type: 'application/json',
      },
    ]);
    expect(await row(t, id)).toEqual({
      state: 'sent',
      error: null,
      body: expect.stringContaining('est ******.'),
    });
  });

  it('try again while the gateway is in trouble, and never twice after it took one', async () => {
    answer = 503;
    const id = await send(t, code(newPhone()));
    await t.runJobs();
    expect(await row(t, id)).toMatchObject({ state: 'queued', error: 'gateway-503' });
    answer = 202;
    await again(t);
    expect((await row(t, id))?.state).toBe('sent');
    await again(t);
    t.clock.advance(60_001);
    await sweep(t);
    expect(received).toHaveLength(2);
  });

  it('fail for good when the gateway refuses them', async () => {
    answer = 400;
    const id = await send(t, code(newPhone()));
    await t.runJobs();
    await again(t);
    expect(await row(t, id)).toMatchObject({ state: 'failed', error: 'gateway-400' });
    expect(received).toHaveLength(1);
  });

  it('follow no redirection', async () => {
    answer = 302;
    const id = await send(t, code(newPhone()));
    await t.runJobs();
    expect((await row(t, id))?.state).not.toBe('sent');
  });

  it('are unknown when no answer came, and sent again only when that is asked for', async () => {
    answer = 'hang up';
    const [once, again2] = [
      await send(t, code(newPhone())),
      await send(t, code(newPhone(), { sendsAgain: true })),
    ];
    await t.runJobs();
    expect((await row(t, once))?.state).toBe('unknown');
    expect((await row(t, again2))?.state).toBe('handed');
    answer = 200;
    await again(t);
    expect((await row(t, once))?.state).toBe('unknown');
    expect((await row(t, again2))?.state).toBe('sent');
  });

  it('are given up after eight attempts', async () => {
    answer = 500;
    const id = await send(t, code(newPhone()));
    for (let i = 0; i < 10; i++) await again(t);
    expect(received).toHaveLength(8);
    expect(await row(t, id)).toMatchObject({ state: 'failed', error: 'gateway-500' });
  });

  it('leave e-mail waiting: this gateway carries none', async () => {
    const id = await send(t, {
      ...code('a@example.ma', { channel: 'email', template: 'tours:mail.text', secrets: [] }),
      values: { about: 'A', name: 'B', lines: 'C', calendars: 'D' },
    });
    await t.runJobs();
    expect(await row(t, id)).toMatchObject({ state: 'queued', error: 'no-gateway' });
  });
});
