import type { AddressInfo } from 'node:net';
import { AppModule } from '../app.module.js';
import { loadConfig } from '../config/app-config.js';
import { createHttpApp, type HttpApp } from '../http-app.js';
import { createLogger, NestLog } from '../shared/operations/logging.js';
import { StartupTasks } from '../shared/operations/startup-tasks.js';
import { type Booted, boot } from './boot.js';
import { requirePort } from './require-port.js';
import { demoPassword, printWelcome } from './welcome.js';
import { reportZones } from './zone-report.js';

type Environment = Record<string, string | undefined>;

const STOP_LIMIT_MS = 9_500;

/** Runs a server until SIGTERM or SIGINT: no new work, what runs is finished, exit 0 within 10 s. */
export async function serve(env: Environment): Promise<void> {
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  await requirePort(loadConfig(env));
  const booted = await boot(env, say);
  let http: HttpApp;
  try {
    http = await start(booted, say);
  } catch (error) {
    await booted.release();
    throw error;
  }
  const stop = (): void => void shutDown(http, booted);
  process.once('SIGTERM', stop).once('SIGINT', stop);
}

async function start({ config, secrets }: Booted, say: (line: string) => void): Promise<HttpApp> {
  const log = createLogger(config.LOG_LEVEL);
  const http = await createHttpApp(AppModule.with({ config, secrets }), config, {
    request: log,
    nest: new NestLog(log),
  });
  try {
    await http.app.init();
    await http.app.get(StartupTasks).run();
    await reportZones(http.app, (line) => log.warn(line));
    if (config.answersRequests) {
      await http.app.listen(config.PORT, config.HOST);
      const { port } = http.app.getHttpServer().address() as AddressInfo;
      const password = config.hasDemoData ? await demoPassword(config) : undefined;
      printWelcome(say, config, port, password);
    } else {
      say('Qafila works on jobs.');
    }
    return http;
  } catch (error) {
    await http.app.close().catch(() => undefined);
    throw error;
  }
}

async function shutDown({ app }: HttpApp, booted: Booted): Promise<void> {
  // Whatever hangs, the process ends: supervisors count to ten.
  setTimeout(() => process.exit(0), STOP_LIMIT_MS).unref();
  await app.close().catch(() => undefined);
  await booted.release().catch(() => undefined);
  process.exit(0);
}
