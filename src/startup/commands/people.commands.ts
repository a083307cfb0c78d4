import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { CampaignQuery } from '../../campaigns/public.js';
import { ImportConfirmation, type ImportRecord, ImportService } from '../../nominations/public.js';
import { DomainError, type FieldError, InvalidFields } from '../../shared/errors/domain-error.js';
import { fieldDetail } from '../../shared/errors/problem.js';
import { t } from '../../shared/i18n/i18n.js';
import type { RunCommand } from './operator.js';

interface ImportOptions {
  campaign: string;
  dryRun?: boolean;
  valid?: boolean;
}

/** Rows with errors that are named on the screen. */
const NAMED_ROWS = 20;

const sentences = (errors: readonly FieldError[]): string =>
  errors.map((one) => fieldDetail('en', one)).join(' ');

/** An error of ours in words, and of anything else itself. */
function inWords(error: unknown): unknown {
  if (error instanceof InvalidFields) return new Error(sentences(error.errors));
  if (error instanceof DomainError) return new Error(t('en', `errors:${error.code}.detail`, error.params));
  return error;
}

const summary = ({ id, state, counts }: ImportRecord): string =>
  `Import ${id} (${state}): ${counts.create} new, ${counts.update} changed, ${counts.same} the same, ${counts.error} with errors.`;

/** `people import`: as the page does it, in the operator's name. */
export function addPeopleCommands(program: Command, run: RunCommand): void {
  const people = program.command('people').description('People of a campaign');
  people
    .command('import <file>')
    .description('Name the people of a CSV or XLSX file for a campaign; all rows or none')
    .requiredOption('--campaign <slug>', 'id or slug of the campaign')
    .option('--dry-run', 'only say what each row would do')
    .option('--valid', 'take the rows without errors, and leave the others')
    .action((file: string, { campaign: key, dryRun, valid }: ImportOptions) =>
      run(async ({ app, say }) => {
        try {
          const { id: campaignId, organisationId } = await app.get(CampaignQuery).get(key);
          const imports = app.get(ImportService);
          const preview = await imports.begin('system', { campaignId, organisationId }, await readFile(file));
          for (const { n, problems } of await imports.rows(preview.id, 'error', 0, NAMED_ROWS))
            say(`Row ${n}: ${sentences(problems)}`);
          if (dryRun) return say(`${summary(preview)} Nothing is written.`);
          const which = valid ? 'valid' : 'all';
          say(summary(await app.get(ImportConfirmation).confirm('system', preview.id, which)));
        } catch (error) {
          throw inWords(error);
        }
      }),
    );
}
