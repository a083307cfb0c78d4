import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Folders where packages of the system put programs; PATH may be empty. */
export const SYSTEM_PATH = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/** Absolute path of the first of these programs that can be executed; null when there is none. */
export function findProgram(...names) {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter).filter(Boolean), ...SYSTEM_PATH];
  for (const name of names) {
    for (const path of name.startsWith('/') ? [name] : folders.map((folder) => join(folder, name))) {
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // Not here: the next folder.
      }
    }
  }
  return null;
}
