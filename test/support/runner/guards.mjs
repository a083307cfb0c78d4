import { addEventHandler } from 'jest-circus';

/** A test or hook that does not end may take this long, in milliseconds, unless it or its file says otherwise. */
const USUAL_MS = 20_000;

/** What a file said by `jest.setTimeout`, by its path: a worker runs many files, one after the other. */
const said = new Map();

const testPath = () => globalThis.expect.getState().testPath;

/** Ends a test when its time is over, or when something fails that nobody waits for. */
function guarded(run, own) {
  const ms = own ?? said.get(testPath()) ?? USUAL_MS;
  return async () => {
    let timer;
    let fail;
    const failed = new Promise((_, reject) => {
      fail = reject;
      timer = setTimeout(() => reject(new Error(`not done after ${ms} ms`)), ms);
    });
    process.on('unhandledRejection', fail).on('uncaughtException', fail);
    try {
      await Promise.race([run(), failed]);
    } finally {
      clearTimeout(timer);
      process.off('unhandledRejection', fail).off('uncaughtException', fail);
    }
  };
}

/** The light runner has no time limits: one test that hangs would hold up the whole run. */
addEventHandler((event, state) => {
  if (event.name === 'add_hook') {
    const hook = state.currentDescribeBlock.hooks.at(-1);
    hook.fn = guarded(hook.fn, event.timeout);
  }
  if (event.name === 'add_test') {
    const test = state.currentDescribeBlock.children.at(-1);
    if (test.fn) test.fn = guarded(test.fn, event.timeout);
  }
});

globalThis.jest.setTimeout = (ms) => void said.set(testPath(), ms);
