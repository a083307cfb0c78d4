import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { OutsideNetwork } from '../../src/courses/outside-links/outside-network.js';

const run = promisify(execFile);

/** Where names lead; all others to the server of the test. */
const ADDRESSES: Readonly<Record<string, readonly string[]>> = {
  'intern.site.test': ['10.0.0.5'],
  'half.site.test': ['127.0.0.1', '192.168.1.1'],
  'down.site.test': ['127.0.0.2'],
  'nobody.site.test': [],
};

/** What the resolver says of names that it gives no address for. */
const UNRESOLVED: Readonly<Record<string, string>> = {
  'unresolved.site.test': 'EAI_AGAIN',
  'unknown.site.test': 'ENOTFOUND',
};

const redirect = (status: number, location: string) => (_: IncomingMessage, answer: ServerResponse) =>
  answer.writeHead(status, { location }).end();
const status = (code: number) => (_: IncomingMessage, answer: ServerResponse) => answer.writeHead(code).end();

/** A page that never ends. */
function* endless(): Generator<Buffer> {
  for (;;) yield Buffer.alloc(64 * 1024);
}

const SITES: Readonly<Record<string, (request: IncomingMessage, answer: ServerResponse) => unknown>> = {
  'ok.site.test': status(200),
  'shy.site.test': (request, answer) =>
    answer
      .writeHead(request.method === 'HEAD' ? 405 : request.headers.range === 'bytes=0-1023' ? 206 : 500)
      .end(),
  'slow.site.test': () => undefined,
  'late.site.test': (_, answer) => setTimeout(() => answer.writeHead(200).end(), 60),
  'endless.site.test': (request, answer) => {
    if (request.method === 'HEAD') return answer.writeHead(501).end();
    answer.writeHead(200);
    return pipeline(Readable.from(endless()), answer).catch(() => undefined);
  },
  'moved.site.test': redirect(301, 'https://ok.site.test/new?a=1'),
  'twice.site.test': redirect(308, 'https://moved.site.test/'),
  'lent.site.test': redirect(302, 'https://moved.site.test/'),
  'gone.site.test': status(410),
  'lost.site.test': status(404),
  'movedaway.site.test': redirect(301, 'https://lost.site.test/'),
  'closed.site.test': status(403),
  'broken.site.test': status(500),
  'round.site.test': (request, answer) =>
    answer.writeHead(302, { location: `https://round.site.test/${Number(request.url?.slice(1)) + 1}` }).end(),
  'plain.site.test': redirect(302, 'http://ok.site.test/'),
  'port.site.test': redirect(302, 'https://ok.site.test:8443/'),
  'nonsense.site.test': redirect(302, 'https://%'),
  'long.site.test': redirect(302, `https://ok.site.test/${'a'.repeat(4000)}`),
  'inside.site.test': redirect(302, 'https://intern.site.test/'),
  'literal.site.test': redirect(301, 'https://169.254.169.254/latest'),
  'six.site.test': redirect(301, 'https://[::1]/'),
};

/** Other sites, as a server of this machine plays them under names of their own. */
export class OutsideWorld {
  /** Hosts and paths that were asked, in their order. */
  readonly asked: string[] = [];
  most = 0;
  private open = 0;
  private constructor(
    private readonly server: Server,
    private readonly certificate: string,
  ) {}

  static async begin(): Promise<OutsideWorld> {
    const folder = await mkdtemp(join(tmpdir(), 'qafila-outside-'));
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    await run('openssl', [
      ...[
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-days',
        '2',
      ],
      ...[
        '-subj',
        '/CN=site.test',
        '-addext',
        'subjectAltName=DNS:*.site.test',
        '-keyout',
        key,
        '-out',
        cert,
      ],
    ]);
    const made = { key: await readFile(key), cert: await readFile(cert, 'utf8') };
    await rm(folder, { recursive: true });
    const server = createServer(made);
    const world = new OutsideWorld(server, made.cert);
    server.on('request', (request: IncomingMessage, answer: ServerResponse) => world.answer(request, answer));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return world;
  }

  /** The way to these sites. Addresses beside this server's stay out of reach. */
  network(deadlineMs = 2000): OutsideNetwork {
    const { port } = this.server.address() as AddressInfo;
    const real = new OutsideNetwork();
    return Object.assign(new OutsideNetwork(), {
      ...{ port, deadlineMs, authority: this.certificate },
      addressesOf: (host: string) => {
        const code = UNRESOLVED[host];
        return code === undefined
          ? Promise.resolve(ADDRESSES[host] ?? ['127.0.0.1'])
          : Promise.reject(Object.assign(new Error(code), { code }));
      },
      mayReach: (address: string) => /^127\.0\.0\.[12]$/.test(address) || real.mayReach(address),
    });
  }

  async end(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer(request: IncomingMessage, answer: ServerResponse): void {
    this.asked.push(`${request.method} ${request.headers.host}${request.url}`);
    this.open += 1;
    this.most = Math.max(this.most, this.open);
    answer.on('close', () => (this.open -= 1));
    SITES[request.headers.host ?? '']?.(request, answer);
  }
}
