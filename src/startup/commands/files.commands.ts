import type { Command } from 'commander';
import { AppConfig } from '../../config/app-config.js';
import { FileStore } from '../../shared/files/file-store.js';
import { copyFiles } from '../../shared/files/move-files.js';
import { storeAt } from '../../shared/files/store-of.js';
import type { RunCommand } from './operator.js';

/** `files copy`: fills the store of STORAGE_URL from another. Exit 1 when a file was broken. */
export function addFilesCommands(program: Command, run: RunCommand): void {
  program
    .command('files')
    .description('Files of lessons, photos, certificates')
    .command('copy <from>')
    .description('Copy every file of another store (an address like STORAGE_URL) into the one of STORAGE_URL')
    .action((from: string) =>
      run(async ({ app, say }) => {
        const source = storeAt(from, app.get(AppConfig).varDir);
        const { copied, known, broken } = await copyFiles(source, app.get(FileStore));
        say(`${copied} copied, ${known} there already, ${broken.length} broken`);
        for (const hash of broken) say(`broken: ${hash}`);
        return broken.length === 0 ? 0 : 1;
      }),
    );
}
