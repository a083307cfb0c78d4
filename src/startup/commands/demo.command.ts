import type { Command } from 'commander';
import { AppConfig } from '../../config/app-config.js';
import { StartupTasks } from '../../shared/operations/startup-tasks.js';
import { DEMO_ACCOUNTS, demoPassword } from '../welcome.js';
import type { RunCommand } from './operator.js';

/** `demo`: loads reference data and the demo campaigns without starting a server. */
export function addDemoCommand(program: Command, run: RunCommand): void {
  program
    .command('demo')
    .description('Load the demo campaigns (demo mode only) and print the demo accounts')
    .action(() =>
      run(async ({ app, say }) => {
        const config = app.get(AppConfig);
        if (!config.hasDemoData) {
          say('There is no demo data: QAFILA_MODE is production or QAFILA_DEMO is 0.');
          return 1;
        }
        await app.get(StartupTasks).run();
        const password = await demoPassword(config);
        for (const account of DEMO_ACCOUNTS) say(`${account}@qafila.test   ${password}`);
        return 0;
      }),
    );
}
