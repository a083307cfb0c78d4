import ChildProcessRunner from 'jest-light-runner/child-process';

/**
 * Answers the worker of one call. jest-light-runner 0.7 gives what one worker asks for to all of them, once: a worker
 * that is slow to ask has missed it by then, and the run waits for it for ever.
 */
function channelOf(workerData) {
  let answer;
  return {
    onMessage: (listener) => (answer = listener),
    postMessage(message) {
      if (message === 'jest-light-runner-get-worker-data')
        answer({ type: 'jest-light-runner-worker-data', workerData });
    },
  };
}

/** The pools of the projects, each of whose calls has a channel of its own. */
class Pools extends Map {
  constructor(globalConfig, runtime) {
    super();
    this.given = { globalConfig, runtime };
  }

  set(projectConfig, { pool }) {
    const workerData = { ...this.given, projectConfig };
    const run = ({ path }) => pool.run(path, { channel: channelOf(workerData) });
    return super.set(projectConfig, { pool, run });
  }
}

/** Runs test files in child processes, in Node's own module system. */
export default class LightRunner extends ChildProcessRunner {
  constructor(globalConfig) {
    super(globalConfig);
    if (this._runtime === 'child_process') this._testRunners = new Pools(globalConfig, this._runtime);
  }
}
