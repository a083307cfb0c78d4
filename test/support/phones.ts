import type { LightMyRequestResponse } from 'fastify';
import type { TestApp } from './app.js';

let used = 0;

/** A Moroccan mobile number that no other test uses. */
export function newPhone(): string {
  used += 1;
  return `+21261${String(used).padStart(7, '0')}`;
}

/** A whole sign-up, with what a test changes. */
export function signUpBody(phone: string, changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    phone,
    name: { fr: { given: 'Fatima', family: 'Alaoui' } },
    gender: 'female',
    birthYear: 1985,
    commune: '01.511.01.0',
    city: 'tanger',
    category: 'artisan',
    sector: 'tapis',
    language: 'fr',
    consents: ['training', 'sms'],
    ...changes,
  };
}

export function signUp(
  t: TestApp,
  phone: string,
  changes?: Record<string, unknown>,
): Promise<LightMyRequestResponse> {
  return t.api('/people', { body: signUpBody(phone, changes) });
}

export interface OutboxLine {
  to: string;
  channel: string;
  template: string;
  body: string;
  at: string;
}

/** What was sent to a number, newest first. */
export async function outbox(t: TestApp, phone: string): Promise<OutboxLine[]> {
  return (await t.inject({ url: `/dev/outbox?to=${encodeURIComponent(phone)}` })).json();
}

export async function codesSent(t: TestApp, phone: string): Promise<string[]> {
  const lines = (await outbox(t, phone)).filter(({ template }) => template === 'code');
  return lines.map(({ body }) => /\b\d{6}\b/.exec(body)?.[0] ?? '');
}

/** Asks for a code. @returns the challenge and the code that was sent */
export async function askCode(t: TestApp, phone: string): Promise<{ challenge: string; code: string }> {
  const answer = await t.api('/auth/otp', { body: { phone } });
  if (answer.statusCode !== 202) throw new Error(`POST /auth/otp: ${answer.statusCode} ${answer.body}`);
  const [code = ''] = await codesSent(t, phone);
  return { challenge: answer.json<{ challenge: string }>().challenge, code };
}

/** A code that is not this one. */
export function wrong(code: string): string {
  return code === '000000' ? '111111' : '000000';
}

export function giveCode(
  t: TestApp,
  phone: string,
  code: string,
  challenge?: string,
): Promise<LightMyRequestResponse> {
  return t.api('/auth/token', { body: { phone, code, ...(challenge ? { challenge } : {}) } });
}

export interface SignedIn {
  token: string;
  expiresAt: string;
  people: Array<{ id: string; name: string }>;
}

/** Asks for a code and gives it. */
export async function signIn(t: TestApp, phone: string): Promise<SignedIn> {
  const { challenge, code } = await askCode(t, phone);
  const answer = await giveCode(t, phone, code, challenge);
  if (answer.statusCode !== 200) throw new Error(`POST /auth/token: ${answer.statusCode} ${answer.body}`);
  return answer.json<SignedIn>();
}
