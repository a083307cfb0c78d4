import type { Command } from 'commander';
import { AuditSealService } from '../../shared/audit/audit-seal.service.js';
import type { RunCommand } from './operator.js';

/** `audit verify`: recomputes the chain of sealed blocks. Exit 1 when one does not hold. */
export function addAuditCommands(program: Command, run: RunCommand): void {
  const audit = program.command('audit').description('The sealed audit log');
  audit
    .command('verify')
    .description('Recompute every sealed block and check its signature')
    .action(() =>
      run(async ({ app, say }) => {
        const { blocks, events, broken } = await app.get(AuditSealService).verify();
        if (broken) {
          say(`Block ${broken.block} does not hold: ${broken.why}. ${blocks} blocks before it are whole.`);
          return 1;
        }
        say(`The audit log is whole: ${blocks} blocks, ${events} events.`);
        return 0;
      }),
    );
}
