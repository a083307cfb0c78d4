import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import pg from 'pg';

/** One line of the child: `locked`, `log`, `ready` or `failed`. */
export interface ChildEvent {
  event: 'locked' | 'log' | 'ready' | 'failed';
  line?: string;
  url?: string;
  dataDir?: string;
  adopted?: boolean;
  name?: string;
  message?: string;
  code?: string;
}

/** How to run the child. */
export interface ChildOptions {
  /** The bundled child. */
  script: string;
  varDir: string;
  packageDir: string;
  /** Program of Node, where the user cannot reach the one that runs the tests. */
  node?: string;
  uid?: number;
  gid?: number;
  env?: Record<string, string>;
}

/** A child process that holds a `var/` and its embedded PostgreSQL. */
export class QafilaProcess {
  readonly events: ChildEvent[] = [];
  private readonly waiting: { wanted: string; resolve: (event: ChildEvent) => void }[] = [];
  private readonly child: ChildProcess;
  private readonly ended: Promise<unknown>;

  constructor({ script, varDir, packageDir, node, uid, gid, env }: ChildOptions) {
    // With an empty environment, and from a folder that anybody may read.
    this.child = spawn(node ?? process.execPath, [script, varDir, packageDir], {
      ...{ cwd: '/', env: env ?? {}, stdio: ['ignore', 'pipe', 'inherit'] },
      ...(uid === undefined ? {} : { uid, gid }),
    });
    this.ended = once(this.child, 'close');
    if (!this.child.stdout) throw new Error('The child has no output.');
    createInterface({ input: this.child.stdout }).on('line', (line) => {
      const event = JSON.parse(line) as ChildEvent;
      this.events.push(event);
      for (const { wanted, resolve } of this.waiting) if (matches(event, wanted)) resolve(event);
    });
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Waits for an event; a failure counts as one whatever is waited for. */
  async next(wanted: ChildEvent['event']): Promise<ChildEvent> {
    const past = this.events.find((event) => matches(event, wanted));
    return past ?? new Promise((resolve) => this.waiting.push({ wanted, resolve }));
  }

  /** Waits until the database takes connections; throws what the child failed with. */
  async ready(): Promise<Required<Pick<ChildEvent, 'url' | 'dataDir' | 'adopted'>>> {
    const { event, url = '', dataDir = '', adopted = false, message } = await this.next('ready');
    if (event === 'failed') throw new Error(message);
    return { url, dataDir, adopted };
  }

  /** Lines it logged, in one text. */
  get logged(): string {
    return this.events.map(({ line }) => line ?? '').join('\n');
  }

  /** Sends a signal and waits for its end; the exit code. */
  async end(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<number | null> {
    this.child.kill(signal);
    await this.ended;
    return this.child.exitCode;
  }
}

function matches({ event }: ChildEvent, wanted: string): boolean {
  return event === wanted || event === 'failed';
}

/** One statement on a connection of its own. */
export async function query<T>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as T[];
  } finally {
    await client.end();
  }
}
