import type { AddressInfo } from 'node:net';
import { AppModule } from '../app.module.js';
import { createHttpApp, type HttpApp } from '../http-app.js';
import { createLogger, NestLog } from '../shared/operations/logging.js';
import { StartupTasks } from '../shared/operations/startup-tasks.js';
import type { Booted } from './boot.js';
import { demoPassword, printWelcome } from './welcome.js';
import { reportZones } from './zone-report.js';

/** Makes the application, brings its data up to date and listens; on an error nothing of it is left open. */
export async function startApplication(
  { config, secrets }: Booted,
  say: (line: string) => void,
): Promise<HttpApp> {
  const log = createLogger(config.LOG_LEVEL);
  const http = await createHttpApp(AppModule.with({ config, secrets }), config, {
    request: log,
    nest: new NestLog(log),
  });
  try {
    await http.app.init();
    await http.app.get(StartupTasks).run();
    await reportZones(http.app, log);
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
