/** The addresses of the servers of a test run. */
export interface TestServers {
  env: { TEST_DATABASE_SERVER: string; TEST_REDIS_URL: string; TEST_FOLDER: string; TMPDIR: string };
  stop(): Promise<void>;
}

/** Starts PostgreSQL and Redis for tests; they end with `stop()` or with this process, however that ends. */
export function startServers(): Promise<TestServers>;
