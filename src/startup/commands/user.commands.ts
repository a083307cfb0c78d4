import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import { AccountService } from '../../identity/public.js';
import { OrganisationService } from '../../organisations/public.js';
import { type Role, ROLES } from '../../shared/access/actor.js';
import { InvalidFields } from '../../shared/errors/domain-error.js';
import { fieldDetail } from '../../shared/errors/problem.js';
import { isLocale } from '../../shared/i18n/i18n.js';
import type { RunCommand } from './operator.js';

interface UserOptions {
  name: string;
  organisation: string;
  organisationName?: string;
  role: string;
  language: string;
}

const PASSWORD_BYTES = 12;

function roleOf(text: string): Role {
  const role = ROLES.find((known) => known === text);
  if (!role) throw new Error(`--role must be one of ${ROLES.join(', ')}`);
  return role;
}

/** `user create`: a member of the staff, with a password that is shown once. */
export function addUserCommands(program: Command, run: RunCommand): void {
  const user = program.command('user').description('Staff accounts');
  user
    .command('create <email>')
    .description('Create a staff account; prints its password once')
    .requiredOption('--name <name>', 'name as colleagues see it')
    .requiredOption('--organisation <slug>', 'slug of the organisation; made when it does not exist')
    .option('--organisation-name <name>', 'name of an organisation that is made')
    .requiredOption(
      '--role <role>',
      `one of ${ROLES.join(', ')}; admin reaches the whole installation, others their organisation`,
    )
    .option('--language <code>', 'fr, ar or en', 'fr')
    .action((email: string, options: UserOptions) =>
      run(async ({ app, say }) => {
        const role = roleOf(options.role);
        if (!isLocale(options.language)) throw new Error('--language must be fr, ar or en');
        const label = options.organisationName ?? options.organisation;
        const organisation = {
          slug: options.organisation,
          kind: 'operator' as const,
          nameFr: label,
          nameAr: label,
        };
        const organisationId = await app.get(OrganisationService).ensure(organisation);
        const scope =
          role === 'admin'
            ? { scopeKind: 'installation' as const, scopeId: null }
            : { scopeKind: 'organisation' as const, scopeId: organisationId };
        const password = randomBytes(PASSWORD_BYTES).toString('base64url');
        const account = {
          email,
          name: options.name,
          organisationId,
          language: options.language,
          password,
          grants: [{ role, ...scope }],
        };
        try {
          await app.get(AccountService).create(account);
        } catch (error) {
          if (!(error instanceof InvalidFields)) throw error;
          throw new Error(
            error.errors.map((field) => `${field.pointer.slice(1)}: ${fieldDetail('en', field)}`).join(' '),
          );
        }
        say(`${email} may sign in as ${role} with the password ${password}`);
      }),
    );
}
