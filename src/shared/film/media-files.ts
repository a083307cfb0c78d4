import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A file of a media folder, as its manifest lists it; `path` is inside the folder. */
export interface MediaFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Every file below `folder`, by path, with size and digest; the manifest itself is left out. */
export async function filesBelow(folder: string): Promise<MediaFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((path) => path !== 'manifest.json')
    .sort();
  return Promise.all(
    paths.map(async (path) => {
      const bytes = await readFile(join(folder, path));
      return { path, bytes: bytes.length, sha256: sha256(bytes) };
    }),
  );
}

/** One digest of many files, by path and content. */
export function folderHash(files: readonly MediaFile[]): string {
  return sha256(files.map(({ path, sha256: digest }) => `${digest}  ${path}\n`).join(''));
}

/** SHA-256 in hexadecimal. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
