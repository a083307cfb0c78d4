import { MessageQueue } from '../../src/messages/public.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { MailServer, textOf } from '../support/mail.js';

const PRODUCTION = {
  QAFILA_MODE: 'production',
  QAFILA_SECRET: 's'.repeat(40),
  PUBLIC_URL: 'https://qafila.example',
};
const ROW = `SELECT state, error, subject FROM message WHERE id = $1`;
const LINES = 'Vous animez « Vendre en ligne » à Tétouan';

let keys = 0;
const row = (t: TestApp, id: string) =>
  t.db.readOne<{ state: string; error: string | null; subject: string }>('test.mailRow', ROW, [id]);
async function send(t: TestApp, changes: { sendsAgain?: boolean } = {}): Promise<string> {
  const id = await t.app.get(MessageQueue).send({
    recipient: 'nadia@example.ma',
    channel: 'email',
    template: 'tours:mail.text',
    language: 'fr',
    values: {
      about: 'séance\r\nBcc: x@example.ma',
      name: 'Nadia',
      lines: LINES,
      calendars: 'https://c.example',
    },
    dedupeKey: `mail:${(keys += 1)}`,
    ...changes,
  });
  await t.runJobs();
  return id;
}
async function again(t: TestApp): Promise<void> {
  await t.db.write('test.mailDue', `UPDATE job SET run_after = now() WHERE state = 'queued'`);
  await t.runJobs();
}

describe('e-mails over SMTP', () => {
  let server: MailServer;
  let t: TestApp;
  beforeAll(async () => {
    server = await MailServer.start();
    t = await createTestApp({
      env: {
        ...PRODUCTION,
        SMTP_URL: `smtp://127.0.0.1:${server.port}`,
        QAFILA_MAIL_FROM: 'Caravane <caravane@qafila.example>',
      },
    });
  }, 60_000);
  beforeEach(() => {
    server.mood = 'takes';
    server.received.length = 0;
  });
  afterAll(async () => {
    await t.close();
    await server.close();
  });

  it('carry subject and text, one line of subject, and the id of their row', async () => {
    const id = await send(t);
    expect(await row(t, id)).toMatchObject({
      state: 'sent',
      error: null,
      subject: expect.stringContaining('séance Bcc:'),
    });
    const [mail] = server.received;
    expect(mail).toMatchObject({ from: 'caravane@qafila.example', to: ['nadia@example.ma'] });
    expect(mail?.raw).toContain(`Message-ID: <${id}@qafila.example>`);
    expect(mail?.raw).toContain('Auto-Submitted: auto-generated');
    expect(mail?.raw).not.toMatch(/^Bcc:/m);
    expect(textOf(mail)).toContain(`Bonjour Nadia,\n\n${LINES}`);
  });

  it('are tried again when the server says not now, and fail when it says never', async () => {
    server.mood = 'later';
    const later = await send(t);
    expect(await row(t, later)).toMatchObject({ state: 'queued', error: 'smtp-451' });
    server.mood = 'takes';
    await again(t);
    expect((await row(t, later))?.state).toBe('sent');
    server.mood = 'never';
    const never = await send(t);
    expect(await row(t, never)).toMatchObject({ state: 'failed', error: 'smtp-550' });
    await again(t);
    expect(server.received).toHaveLength(1);
  });

  it('are unknown when the server hangs up over the text, and sent again with the same id only when that is asked for', async () => {
    server.mood = 'hangs up';
    const [once, twice] = [await send(t), await send(t, { sendsAgain: true })];
    expect((await row(t, once))?.state).toBe('unknown');
    expect((await row(t, twice))?.state).toBe('handed');
    server.mood = 'takes';
    await again(t);
    expect((await row(t, once))?.state).toBe('unknown');
    expect((await row(t, twice))?.state).toBe('sent');
    expect(server.received.filter(({ raw }) => raw.includes(`<${twice}@`))).toHaveLength(2);
    expect(server.received.filter(({ raw }) => raw.includes(`<${once}@`))).toHaveLength(1);
  });

  it('leave SMS waiting where only a mail server is set', async () => {
    const id = await t.app.get(MessageQueue).send({
      ...{ recipient: '+212612345678', channel: 'sms', template: 'code', language: 'fr' },
      ...{ values: { code: '482059' }, dedupeKey: 'mail:sms', isUrgent: true },
    });
    await t.runJobs();
    expect(await row(t, id)).toMatchObject({ state: 'queued', error: 'no-gateway' });
  });
});

describe('a mail server that is not there, or offers no TLS for a password', () => {
  let server: MailServer;
  beforeAll(async () => (server = await MailServer.start()), 60_000);
  afterAll(() => server.close());

  it('gets no password in clear; the message waits', async () => {
    const t = await createTestApp({
      env: { ...PRODUCTION, SMTP_URL: `smtp://qafila:s%40cret@127.0.0.1:${server.port}` },
    });
    const id = await send(t);
    expect(await row(t, id)).toMatchObject({ state: 'queued', error: expect.stringContaining('smtp-') });
    expect(server.logins).toBe(0);
    expect(server.received).toHaveLength(0);
    await t.close();
  }, 60_000);

  it('is waited for', async () => {
    const gone = await MailServer.start();
    const { port } = gone;
    await gone.close();
    const t = await createTestApp({ env: { ...PRODUCTION, SMTP_URL: `smtp://127.0.0.1:${port}` } });
    const id = await send(t);
    expect(await row(t, id)).toMatchObject({ state: 'queued', error: 'smtp-ECONNREFUSED' });
    await t.close();
  }, 60_000);
});
