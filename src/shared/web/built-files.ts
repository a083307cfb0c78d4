import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Injectable } from '@nestjs/common';

/** A file that the build made for browsers; `bytes` before it is packed for the way. */
export interface BuiltFile {
  /** Its address, with its hash. */
  readonly path: string;
  readonly bytes: number;
}

/** What every page loads, whatever it shows. */
export const ON_EVERY_PAGE = ['site.css', 'site.js', 'readex-latin.woff2', 'readex-arabic.woff2'];

/** What the build made for browsers, by logical names: `site.css`, `icon-192.png`. */
@Injectable()
export class BuiltFiles {
  private root = '';
  private files: Readonly<Record<string, BuiltFile>> = {};
  private icons: Readonly<Record<string, string>> = {};

  /** Reads the build's own list; once, before anything is asked. */
  load(root: string): void {
    const read = (name: string): unknown => JSON.parse(readFileSync(join(root, name), 'utf8'));
    this.root = root;
    this.files = read('manifest.json') as Record<string, BuiltFile>;
    this.icons = read('icons.json') as Record<string, string>;
  }

  /** @throws Error for a name that the build does not know */
  file(name: string): BuiltFile {
    const file = this.files[name];
    if (!file) throw new Error(`No built file is named ${name}`);
    return file;
  }

  /** What is in a built text file. */
  text(name: string): string {
    return readFileSync(join(this.root, basename(this.file(name).path)), 'utf8');
  }

  /** The body of an icon. @throws Error for one that is not on the list */
  icon(name: string): string {
    const body = this.icons[name];
    if (!body) throw new Error(`No icon is named ${name}`);
    return body;
  }
}
