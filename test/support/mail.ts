import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A mail as the server got it. */
export interface ReceivedMail {
  from: string;
  to: string[];
  /** Head and text, as they came. */
  raw: string;
}

/** How the server answers: takes, says no for now or for ever, or hangs up after the text has come. */
export type MailMood = 'takes' | 'later' | 'never' | 'hangs up';

const REPLY = { later: 451, never: 550 } as const;

/** A real SMTP server of our own on loopback, without TLS. */
export class MailServer {
  readonly received: ReceivedMail[] = [];
  /** Commands of a login that were seen, with a password in clear or not. */
  logins = 0;
  mood: MailMood = 'takes';
  private readonly server: SMTPServer;

  private constructor() {
    this.server = new SMTPServer({
      authOptional: true,
      allowInsecureAuth: true,
      disabledCommands: ['STARTTLS'],
      onAuth: (_auth, _session, done) => {
        this.logins += 1;
        done(null, { user: 'somebody' });
      },
      onRcptTo: (_address, _session, done) => {
        const code = this.mood === 'later' || this.mood === 'never' ? REPLY[this.mood] : undefined;
        done(code ? Object.assign(new Error('No'), { responseCode: code }) : null);
      },
      onData: (stream, session, done) => {
        const parts: Buffer[] = [];
        stream.on('data', (part: Buffer) => parts.push(part));
        stream.on('end', () => {
          const { mailFrom, rcptTo } = session.envelope;
          this.received.push({
            from: mailFrom ? mailFrom.address : '',
            to: rcptTo.map(({ address }) => address),
            raw: Buffer.concat(parts).toString('utf8'),
          });
          if (this.mood === 'hangs up') this.hangUp();
          else done(null);
        });
      },
    });
  }

  static async start(): Promise<MailServer> {
    const mail = new MailServer();
    await new Promise<void>((done) => void mail.server.listen(0, '127.0.0.1', () => done()));
    return mail;
  }

  get port(): number {
    return (this.server.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    await new Promise<void>((done) => this.server.close(() => done()));
  }

  private hangUp(): void {
    for (const connection of this.server.connections) connection.close();
  }
}

/** The text of a mail without attachments, as a reader shows it (RFC 2045). */
export function textOf(mail: ReceivedMail | undefined): string {
  const [head = '', ...body] = (mail?.raw ?? '').split('\r\n\r\n');
  const text = body.join('\r\n\r\n');
  if (/^Content-Transfer-Encoding: base64/im.test(head)) return Buffer.from(text, 'base64').toString('utf8');
  const bytes = text
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8').replace(/\r\n/g, '\n');
}
