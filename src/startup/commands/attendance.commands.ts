import { type Command, InvalidArgumentError } from 'commander';
import { PresenceRebuildService } from '../../attendance/public.js';
import { isUuid } from '../../shared/new-id.js';
import type { RunCommand } from './operator.js';

function sessionId(text: string): string {
  if (!isUuid(text)) throw new InvalidArgumentError('Not the id of a session.');
  return text;
}

/** `attendance rebuild`: presence, participation and completion again from the raw events; the rows come out the same. */
export function addAttendanceCommands(program: Command, run: RunCommand): void {
  const attendance = program
    .command('attendance')
    .description('Raw attendance events and what follows from them');
  attendance
    .command('rebuild')
    .description('Derive presence, participation and completion anew from the raw events')
    .option('-s, --session <id>', 'one session only', sessionId)
    .action(({ session }: { session?: string }) =>
      run(async ({ app, say }) => {
        const { sessions, events, persons } = await app.get(PresenceRebuildService).rebuild(session);
        say(`${sessions} sessions, ${events} events and ${persons} persons were read again.`);
      }),
    );
}
