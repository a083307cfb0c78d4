import type { Command } from 'commander';
import { checkZoneData } from '../../shared/clock/zone-check.js';
import { DataSources } from '../../shared/database/data-sources.js';
import { ReadinessService } from '../../shared/operations/readiness.service.js';
import type { RunCommand } from './operator.js';

/** `doctor`: every part of the house, and which keepers of zone data disagree. Exit 1 when something needed is wrong. */
export function addDoctorCommand(program: Command, run: RunCommand): void {
  program
    .command('doctor')
    .description('Check database, migrations, storage, ffmpeg and zone data')
    .action(() =>
      run(async ({ app, say }) => {
        const { status, parts } = await app.get(ReadinessService).report();
        for (const [name, part] of Object.entries(parts) as Array<
          [string, { status: string; reason?: string }]
        >) {
          say(`${name.padEnd(12)} ${part.status}${part.reason ? ` – ${part.reason}` : ''}`);
        }
        const source = app.get(DataSources).get('reports');
        const zones = await checkZoneData((sql, params) => source.query(sql, params));
        for (const { line } of zones.opinions) say(`${'zone data'.padEnd(12)} ${line}`);
        return status === 'ok' && zones.ok ? 0 : 1;
      }),
    );
}
