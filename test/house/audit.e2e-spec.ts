import pg from 'pg';
import { AuditLog } from '../../src/shared/audit/audit-log.js';
import { AuditSealService } from '../../src/shared/audit/audit-seal.service.js';
import { newId } from '../../src/shared/new-id.js';
import { createTestApp, type TestApp } from '../support/app.js';

describe('the audit log', () => {
  let t: TestApp;
  let seals: AuditSealService;
  beforeAll(async () => {
    t = await createTestApp();
    seals = t.app.get(AuditSealService);
  }, 60_000);
  afterAll(() => t.close());

  const record = (action: string) =>
    t.app
      .get(AuditLog)
      .record('system', { action, subjectKind: 'session', subjectId: newId(), facts: { b: 2, a: ['x'] } });
  const sql = async (text: string) => {
    const client = new pg.Client({ connectionString: t.databaseUrl });
    await client.connect();
    return client.query(text).finally(() => client.end());
  };

  it('is sealed in blocks that hold', async () => {
    for (let n = 0; n < 5; n++) await record('tours.session.create');
    t.clock.advance(60_000);
    expect(await seals.seal()).toBe(5);
    await record('tours.session.cancel');
    t.clock.advance(60_000);
    expect(await seals.seal()).toBe(1);
    expect(await seals.seal()).toBe(0);
    expect(await seals.verify()).toEqual({ blocks: 2, events: 6 });
  });

  it('is not sealed while a slower transaction may still write an earlier number', async () => {
    await record('people.merge');
    expect(await seals.seal()).toBe(0);
    t.clock.advance(60_000);
    expect(await seals.seal()).toBe(1);
  });

  it('is sealed once by two workers at a time', async () => {
    for (let n = 0; n < 20; n++) await record('tours.stop.create');
    t.clock.advance(60_000);
    const sealed = await Promise.all([seals.seal(), seals.seal(), seals.seal()]);
    expect(sealed.reduce((a, b) => a + b)).toBe(20);
    expect((await seals.verify()).broken).toBeUndefined();
  });

  it('takes no change, not even from the owner of the table', async () => {
    await expect(sql(`UPDATE audit_event SET action = 'nothing'`)).rejects.toThrow('append-only');
    await expect(sql(`DELETE FROM audit_event`)).rejects.toThrow('append-only');
    await expect(sql(`TRUNCATE audit_block`)).rejects.toThrow('append-only');
  });

  it('tells when somebody changed it all the same', async () => {
    await sql(`ALTER TABLE audit_event DISABLE TRIGGER audit_event_append_only`);
    await sql(`UPDATE audit_event SET facts = '{"a":["y"],"b":2}' WHERE seq = 2`);
    expect((await seals.verify()).broken).toEqual({ block: 1, why: 'hash' });
    await sql(`UPDATE audit_event SET facts = '{"a":["x"],"b":2}' WHERE seq = 2`);
    expect((await seals.verify()).broken).toBeUndefined();
    await sql(`ALTER TABLE audit_block DISABLE TRIGGER audit_block_append_only`);
    await sql(`UPDATE audit_block SET signature = decode('00', 'hex') WHERE n = 2`);
    expect((await seals.verify()).broken).toEqual({ block: 2, why: 'signature' });
  });
});
