import { readdirSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { accessibilityFaults, PHONE_SCREEN, scrollsSideways, WIDE_SCREEN } from './browser.js';

const SOURCE = fileURLToPath(new URL('../../src', import.meta.url));
const NAMESPACES = readdirSync(SOURCE, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
/** What a reader sees where a word is missing: its key. */
const KEY = new RegExp(`\\b(?:${NAMESPACES.join('|')}|web|errors):[a-z]\\w*(?:\\.\\w+)+`, 'g');

/** A folder for a picture of every page that is checked, as narrow and as wide; none by default. */
const PICTURES = process.env['PICTURES'];

/** Looks at the pages that one person opens: nothing may be wrong with any of them. */
export class PageChecks {
  private readonly said: string[] = [];
  readonly seen: string[] = [];

  constructor(
    private readonly page: Page,
    private readonly locale: 'ar' | 'fr' | 'en',
    /** Of which pages access is looked at, by axe and HTML_CodeSniffer; that of others is left to other tests of them. */
    private readonly withAccess: (name: string) => boolean = () => true,
  ) {
    page.on('console', (message) => {
      // A page that says what is not there, or not for one, is answered with just that.
      const isAnswer = /status of 40[34]/.test(message.text()) && message.location().url === page.url();
      if (message.type() === 'error' && !isAnswer) this.said.push(message.text());
    });
    page.on('pageerror', (error) => this.said.push(String(error)));
  }

  /**
   * The page that is open now: its language and direction, width, words, what the console said so far, and its access by
   * axe and HTML_CodeSniffer, which take longer than all the rest.
   */
  async pass(name: string, { access = this.withAccess(name) } = {}): Promise<void> {
    const html = this.page.locator('html');
    const faults = {
      language: await html.getAttribute('lang'),
      direction: await html.getAttribute('dir'),
      sideways: await scrollsSideways(this.page),
      keys: (await this.page.content()).match(KEY) ?? [],
      console: this.said,
      access: access ? await accessibilityFaults(this.page) : [],
    };
    if (PICTURES) await this.picture(PICTURES, name);
    const direction = this.locale === 'ar' ? 'rtl' : 'ltr';
    const none = { sideways: false, keys: [], console: [], access: [] };
    expect({ name, ...faults }).toEqual({ name, language: this.locale, direction, ...none });
    this.seen.push(name);
  }

  private async picture(folder: string, name: string): Promise<void> {
    await mkdir(folder, { recursive: true });
    const screen = this.page.viewportSize() ?? WIDE_SCREEN;
    for (const viewport of [PHONE_SCREEN, WIDE_SCREEN]) {
      await this.page.setViewportSize(viewport);
      const file = `${name}-${this.locale}-${viewport.width}.png`;
      await this.page.screenshot({ path: join(folder, file), fullPage: true });
    }
    await this.page.setViewportSize(screen);
  }
}
