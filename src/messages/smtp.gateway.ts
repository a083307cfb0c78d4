import { createTransport } from 'nodemailer';
import { type Delivery, MessageGateway, type Outgoing } from './message-gateway.js';

/** Longest wait for the far end, in milliseconds. */
const TIMEOUT_MS = 10_000;
const DEFAULT_PORT = { 'smtp:': 25, 'smtps:': 465 };

/** Failures before a word of the message can have left: of the name, the connection, TLS or the login. */
const NEVER_LEFT = new Set([
  ...['EDNS', 'ETLS', 'EAUTH', 'ENOAUTH', 'ECONFIG'],
  ...[
    'ECONNREFUSED',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'CONNECT_TIMEOUT',
    'GREETING_TIMEOUT',
    'UPGRADE_TIMEOUT',
  ],
]);

/** What the operator can put right: the login, and TLS before it. */
const OF_THE_HOUSE = new Set(['EAUTH', 'ETLS']);

/** What nodemailer says of a failure, with the server's reply code (RFC 5321) where it spoke. */
interface SmtpFailure {
  code?: string;
  /** The system's own name for it, where `code` is nodemailer's. */
  originalCode?: string;
  /** Which wait was too long. */
  timeoutType?: string;
  responseCode?: number;
}

/** Who writes, and from which machine's name the ids of messages come. */
export interface Sender {
  /** `Qafila <qafila@example.ma>` */
  from: string;
  /** Host of the public address. */
  host: string;
}

/**
 * A mail server over SMTP. A password is sent under TLS only; without one TLS is used where the server offers it.
 * The message's id is its Message-ID, so that a mail sent again after a crash is recognised as the same.
 */
export class SmtpGateway extends MessageGateway {
  readonly channels = ['email'] as const;
  readonly forgetsSecrets = true;
  private readonly transport;

  /** @param address `smtp://user:password@host:587`, or `smtps:` for TLS from the first byte (port 465) */
  constructor(
    address: string,
    private readonly sender: Sender,
    timeoutMs = TIMEOUT_MS,
  ) {
    super();
    const url = new URL(address);
    const protocol = url.protocol === 'smtps:' ? 'smtps:' : 'smtp:';
    const login = url.username
      ? { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) }
      : undefined;
    this.transport = createTransport({
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: Number(url.port) || DEFAULT_PORT[protocol],
      secure: protocol === 'smtps:',
      ...(login ? { auth: login, requireTLS: true } : {}),
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      socketTimeout: timeoutMs,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  async deliver({ id, to, subject, text }: Outgoing): Promise<Delivery> {
    try {
      await this.transport.sendMail({
        from: this.sender.from,
        to: { name: '', address: to },
        subject: subject ?? '',
        text,
        messageId: `<${id}@${this.sender.host}>`,
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
      return { outcome: 'taken' };
    } catch (error) {
      return outcomeOf(error as SmtpFailure);
    }
  }
}

/** A reply of 5xx is for ever, unless it is the house's own; 4xx for now; silence may mean anything once there was a greeting. */
function outcomeOf({ responseCode, code = 'failed', originalCode, timeoutType }: SmtpFailure): Delivery {
  if (responseCode !== undefined)
    return {
      outcome: 'refused',
      reason: `smtp-${responseCode}`,
      forEver: responseCode >= 500 && !OF_THE_HOUSE.has(code),
    };
  const name = originalCode ?? timeoutType ?? code;
  const hasNotLeft = NEVER_LEFT.has(name) || NEVER_LEFT.has(code);
  return hasNotLeft
    ? { outcome: 'refused', reason: `smtp-${name}`, forEver: false }
    : { outcome: 'unanswered', reason: `smtp-${name}` };
}
