import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Transform } from 'node:stream';

/** `pass` as it comes; `slow` each piece later; `hang` takes connections and carries nothing; `refuse` takes none. */
export type ProxyMode = 'pass' | 'slow' | 'hang' | 'refuse';

/** A TCP proxy on loopback that can be made a bad network, in front of a real PostgreSQL or Redis. */
export class FaultyProxy {
  /** Delay of each piece in either direction in mode `slow`, in milliseconds. */
  delayMs = 200;
  private mode: ProxyMode = 'pass';
  private server: Server | null = null;
  private port = 0;
  private readonly sockets = new Set<Socket>();
  private readonly resumers = new Set<() => void>();

  private constructor(private readonly target: { host: string; port: number }) {}

  /** Starts a proxy to the host and port of a URL, such as TEST_REDIS_URL. */
  static async to(url: string): Promise<FaultyProxy> {
    const { hostname, port } = new URL(url);
    const proxy = new FaultyProxy({ host: hostname, port: Number(port) });
    await proxy.listen();
    return proxy;
  }

  /** The same URL through this proxy. */
  through(url: string): string {
    const changed = new URL(url);
    changed.hostname = '127.0.0.1';
    changed.port = String(this.port);
    return changed.href;
  }

  /** Changes the weather: open connections feel it too (`refuse` cuts them; `hang` ends with what was held back). */
  async set(mode: ProxyMode): Promise<void> {
    this.mode = mode;
    if (mode === 'refuse') return this.close();
    if (!this.server) await this.listen();
    if (mode !== 'hang') for (const resume of this.resumers) resume();
    if (mode !== 'hang') this.resumers.clear();
  }

  /** Stops listening and cuts every connection. */
  async close(): Promise<void> {
    const { server } = this;
    this.server = null;
    for (const socket of this.sockets) socket.destroy();
    if (!server) return;
    server.close();
    await once(server, 'close');
  }

  private async listen(): Promise<void> {
    this.server = createServer((client) => this.join(client)).listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  private join(client: Socket): void {
    const upstream = connect(this.target);
    for (const [socket, other] of [[client, upstream] as const, [upstream, client] as const]) {
      this.sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        this.sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(this.weather()).pipe(other);
    }
  }

  private weather(): Transform {
    return new Transform({
      transform: (piece: Buffer, _encoding, done) => {
        const carry = (): void => done(null, piece);
        if (this.mode === 'hang') this.resumers.add(carry);
        else if (this.mode === 'slow') setTimeout(carry, this.delayMs);
        else carry();
      },
    });
  }
}
