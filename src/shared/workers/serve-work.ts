import { parentPort, type TransferListItem } from 'node:worker_threads';
import type { WorkOrder, WorkResult } from './worker-pool.js';

/** What a thread gives back, and the buffers that move instead of being copied. */
export interface Done<Output> {
  output: Output;
  transfer?: readonly TransferListItem[];
}

/** The thread's side of a WorkerPool: does each piece of work as it comes. */
export function serveWork<Input, Output>(work: (input: Input) => Done<Output> | Promise<Done<Output>>): void {
  const port = parentPort;
  if (!port) throw new Error('This script runs as a thread of a WorkerPool');
  const answer = async ({ id, input }: WorkOrder<Input>): Promise<void> => {
    try {
      const { output, transfer } = await work(input);
      port.postMessage({ id, output } satisfies WorkResult<Output>, transfer ?? []);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      port.postMessage({ id, failure: { message } } satisfies WorkResult<Output>);
    }
  };
  port.on('message', (order: WorkOrder<Input>) => void answer(order));
}
