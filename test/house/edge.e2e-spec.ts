import { createTestApp, type TestApp } from '../support/app.js';

describe('the edge', () => {
  let t: TestApp;
  beforeAll(async () => (t = await createTestApp()), 60_000);
  afterAll(() => t.close());

  it('says that it lives and that it is ready, part by part', async () => {
    const live = await t.inject({ url: '/health/live' });
    const ready = await t.inject({ url: '/health/ready' });
    expect(live.json()).toEqual({ status: 'ok' });
    expect(ready.statusCode).toBe(200);
    expect(ready.json()).toMatchObject({
      status: 'ok',
      parts: { database: { status: 'ready' }, migrations: { status: 'ready' }, storage: { status: 'ready' } },
    });
  });

  it('answers an unknown address with a problem to programs and a page to people', async () => {
    const problem = await t.api('/nothing-here', { headers: { 'accept-language': 'ar' } });
    expect(problem.statusCode).toBe(404);
    expect(problem.headers['content-type']).toContain('application/problem+json');
    expect(problem.json()).toMatchObject({ type: '/problems/not-found', status: 404, title: 'غير موجود' });
    const page = await t.inject({ url: '/fr/nothing-here', headers: { accept: 'text/html' } });
    expect(page.statusCode).toBe(404);
    expect(page.headers['content-type']).toContain('text/html');
    expect(page.body).toContain('<html lang="fr" dir="ltr">');
    expect(page.body).toContain('Introuvable');
  });

  it('writes pages right to left in Arabic', async () => {
    const page = await t.inject({ url: '/ar/nothing-here', headers: { accept: 'text/html' } });
    expect(page.body).toContain('<html lang="ar" dir="rtl">');
  });

  it('keeps the strict content policy on every answer', async () => {
    for (const url of ['/health/live', '/fr/nothing-here', '/api/v1/nothing']) {
      const { headers } = await t.inject({ url, headers: { accept: 'text/html' } });
      expect(headers['content-security-policy']).toBe(
        "default-src 'self';script-src 'self';style-src 'self';img-src 'self' data: blob:;media-src 'self' blob:;" +
          "connect-src 'self';worker-src 'self';object-src 'none';base-uri 'none';form-action 'self';frame-ancestors 'none'",
      );
    }
  });

  it('refuses forwarded requests in demo mode', async () => {
    const answer = await t.inject({ url: '/health/live', headers: { 'x-forwarded-for': '203.0.113.7' } });
    expect(answer.statusCode).toBe(403);
  });

  it('tells its figures to Prometheus, by route pattern', async () => {
    await t.inject({ url: '/health/live' });
    const { body } = await t.inject({ url: '/metrics' });
    expect(body).toMatch(
      /http_request_duration_seconds_count\{method="GET",route="\/health\/live",status="200"\} [1-9]/,
    );
    expect(body).toMatch(/job_count\{state="queued"\} \d+/);
    expect(body).toMatch(/database_connections\{pool="requests",state="idle"\} \d+/);
  });
});
