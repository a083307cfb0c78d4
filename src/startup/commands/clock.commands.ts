import type { Command } from 'commander';
import { ClockRederiveService } from '../../tours/public.js';
import type { RunCommand } from './operator.js';

/** `clock rederive`: instants from wall times, after an update of the zone data. */
export function addClockCommands(program: Command, run: RunCommand): void {
  const clock = program.command('clock').description('Wall time and instants');
  clock
    .command('rederive')
    .description("Derive every unit's instants anew from its local date and times")
    .action(() =>
      run(async ({ app, say }) => {
        const { units, moved } = await app.get(ClockRederiveService).rederive();
        say(`${units} units looked at, ${moved} moved.`);
      }),
    );
}
