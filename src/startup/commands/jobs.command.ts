import type { Command } from 'commander';
import { JobQuery } from '../../shared/jobs/job.query.js';
import type { RunCommand } from './operator.js';

/** `jobs`: the latest background jobs, newest first. */
export function addJobsCommand(program: Command, run: RunCommand): void {
  program
    .command('jobs')
    .description('List the latest background jobs with their state')
    .option('-n, --limit <count>', 'how many', (text) => Math.max(1, Math.min(1000, Number(text) || 50)), 50)
    .action(({ limit }: { limit: number }) =>
      run(async ({ app, say }) => {
        for (const job of await app.get(JobQuery).latest(limit)) {
          say(
            [
              job.createdAt.toISOString(),
              job.id,
              job.kind,
              job.state,
              `attempt ${job.attempts}`,
              job.error ?? '',
            ]
              .join('  ')
              .trim(),
          );
        }
      }),
    );
}
