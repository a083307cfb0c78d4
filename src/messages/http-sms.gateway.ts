import { type Delivery, MessageGateway, type Outgoing } from './message-gateway.js';

/** Longest wait for the far end, in milliseconds. */
const TIMEOUT_MS = 10_000;
/** Errors of a connection that never carried the message. */
const NEVER_LEFT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);
/** Answers that another attempt may change: too many, or a fault of the gateway itself. */
const isPassing = (status: number): boolean =>
  status === 408 || status === 425 || status === 429 || status >= 500;

/** An SMS gateway over HTTP: POST `{to, text, reference}` as JSON; any 2xx means that it was taken. */
export class HttpSmsGateway extends MessageGateway {
  readonly channels = ['sms'] as const;
  readonly forgetsSecrets = true;
  private readonly url: string;
  private readonly headers: Readonly<Record<string, string>>;

  /** @param address its user and password, if any, are sent as basic authorisation */
  constructor(
    address: string,
    private readonly timeoutMs = TIMEOUT_MS,
  ) {
    super();
    const url = new URL(address);
    const login = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
    const headers: Record<string, string> = { 'content-type': 'application/json' };
    if (url.username) headers['authorization'] = `Basic ${Buffer.from(login).toString('base64')}`;
    url.username = url.password = '';
    this.url = url.href;
    this.headers = headers;
  }

  async deliver({ id, to, text }: Outgoing): Promise<Delivery> {
    try {
      const answer = await fetch(this.url, {
        method: 'POST',
        headers: { ...this.headers, 'idempotency-key': id },
        body: JSON.stringify({ to, text, reference: id }),
        redirect: 'error',
        signal: AbortSignal.timeout(this.timeoutMs),
      });
      await answer.body?.cancel();
      if (answer.ok) return { outcome: 'taken' };
      return { outcome: 'refused', reason: `gateway-${answer.status}`, forEver: !isPassing(answer.status) };
    } catch (error) {
      const code = causeOf(error);
      if (NEVER_LEFT.has(code)) return { outcome: 'refused', reason: `gateway-${code}`, forEver: false };
      return { outcome: 'unanswered', reason: `gateway-${code}` };
    }
  }
}

/** The system's name for what went wrong: fetch wraps it once. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'failed';
  const { code } = (error.cause ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : error.name;
}
