import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type Handlebars from 'handlebars';

/**
 * Registers each `.hbs` of a folder under its file name (`button.hbs` is `{{> button}}`). Called once at start; a name
 * taken twice is a mistake and stops the start.
 */
export function registerPartials(hbs: typeof Handlebars, folder: string): void {
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith('.hbs')) continue;
    const name = path.basename(file, '.hbs');
    if (name in hbs.partials)
      throw new Error(`Two partials are called "${name}"; the second is in ${folder}.`);
    hbs.registerPartial(name, readFileSync(path.join(folder, file), 'utf8'));
  }
}
