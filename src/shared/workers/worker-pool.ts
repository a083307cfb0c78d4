import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

/** What the thread is given and answers; errors travel as plain facts, because classes do not cross threads. */
export interface WorkOrder<Input> {
  id: number;
  input: Input;
}
export type WorkResult<Output> = { id: number; output: Output } | { id: number; failure: WorkFailure };

/** Why a piece of work failed inside of its thread. */
export interface WorkFailure {
  message: string;
}

/** The work itself failed; the thread goes on. */
export class WorkFailed extends Error {}

/** The thread died under its work: out of memory, or a crash of native code. */
export class WorkerDied extends Error {}

interface Pending<Output> {
  resolve(output: Output): void;
  reject(error: Error): void;
}

interface Task<Input, Output> extends Pending<Output> {
  input: Input;
}

interface Lane<Output> {
  worker: Worker;
  current: Pending<Output> | undefined;
  idle: NodeJS.Timeout | undefined;
  /** Ends the thread when its work takes too long. */
  limit: NodeJS.Timeout | undefined;
}

export interface WorkerPoolOptions {
  /** Compiled script of the thread, see `compiledScript`. */
  script: string;
  /** Most threads at once. */
  threads: number;
  /** A thread without work ends after this, giving its memory back. */
  idleMs: number;
  /** Most memory of a thread's JavaScript; native code is not counted. */
  heapMb: number;
  /** Longest time for one piece of work; its thread ends then. Unset: as long as it takes. */
  longestMs?: number;
}

/**
 * Where the compiled form of a `.ts` file is, seen from the module that uses it: beside it in `dist/`. Where the sources
 * run directly, as in tests, the thread still runs what the build made of them.
 */
export function compiledScript(moduleUrl: string, script: string): string {
  const path = fileURLToPath(new URL(script, moduleUrl));
  return moduleUrl.endsWith('.ts') ? path.replace(/(.*)\/src\//, '$1/dist/src/') : path;
}

/**
 * Threads for work that would hold up the event loop. They start with the first piece of work, take one piece at a time
 * in the order of asking, and end when nothing has come for a while.
 */
export class WorkerPool<Input, Output> {
  private readonly lanes = new Set<Lane<Output>>();
  private readonly waiting: Array<Task<Input, Output>> = [];
  private closed = false;
  private nextId = 1;

  constructor(private readonly options: WorkerPoolOptions) {}

  /** @throws WorkFailed when the work fails, WorkerDied when its thread does */
  run(input: Input): Promise<Output> {
    if (this.closed) return Promise.reject(new WorkerDied('The threads are stopped'));
    return new Promise((resolve, reject) => {
      this.waiting.push({ input, resolve, reject });
      this.assign();
    });
  }

  /** Ends all threads; work that is not done is refused. */
  async close(): Promise<void> {
    this.closed = true;
    const dying = new WorkerDied('The threads are stopped');
    for (const task of this.waiting.splice(0)) task.reject(dying);
    await Promise.all([...this.lanes].map((lane) => lane.worker.terminate()));
  }

  private assign(): void {
    while (this.waiting.length > 0) {
      const lane = this.freeLane();
      if (!lane) return;
      const task = this.waiting.shift();
      if (!task) return;
      clearTimeout(lane.idle);
      lane.current = task;
      lane.worker.ref();
      this.setLimit(lane);
      lane.worker.postMessage({ id: this.nextId++, input: task.input } satisfies WorkOrder<Input>);
    }
  }

  private freeLane(): Lane<Output> | undefined {
    for (const lane of this.lanes) if (!lane.current) return lane;
    return this.lanes.size < this.options.threads ? this.open() : undefined;
  }

  private open(): Lane<Output> {
    const worker = new Worker(this.options.script, {
      resourceLimits: { maxOldGenerationSizeMb: this.options.heapMb },
      execArgv: [],
    });
    const lane: Lane<Output> = { worker, current: undefined, idle: undefined, limit: undefined };
    this.lanes.add(lane);
    worker.on('message', (result: WorkResult<Output>) => this.finish(lane, result));
    worker.on('error', (error) => this.bury(lane, error.message));
    worker.on('exit', (code) => this.bury(lane, `exit code ${code}`));
    return lane;
  }

  private finish(lane: Lane<Output>, result: WorkResult<Output>): void {
    const pending = lane.current;
    lane.current = undefined;
    clearTimeout(lane.limit);
    if ('failure' in result) pending?.reject(new WorkFailed(result.failure.message));
    else pending?.resolve(result.output);
    this.assign();
    if (lane.current) return;
    // An idle thread does not keep the process alive.
    lane.worker.unref();
    lane.idle = setTimeout(() => void lane.worker.terminate(), this.options.idleMs).unref();
  }

  private setLimit(lane: Lane<Output>): void {
    const { longestMs } = this.options;
    if (longestMs !== undefined)
      lane.limit = setTimeout(() => void lane.worker.terminate(), longestMs).unref();
  }

  private bury(lane: Lane<Output>, reason: string): void {
    if (!this.lanes.delete(lane)) return;
    clearTimeout(lane.idle);
    clearTimeout(lane.limit);
    lane.current?.reject(new WorkerDied(`The thread ended under its work (${reason})`));
    if (!this.closed) this.assign();
  }
}
