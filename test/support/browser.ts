import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type { TestApp } from './app.js';
import { findProgram } from './programs.mjs';

const require = createRequire(import.meta.url);
const AXE = require.resolve('axe-core/axe.min.js');
const HTMLCS = require.resolve('html_codesniffer/build/HTMLCS.js');

/** Debian's browser, without its windows where that is installed; it looks up nobody in the background. */
const OPTIONS = {
  executablePath:
    process.env['CHROMIUM'] ?? findProgram('chromium-headless-shell', 'chromium') ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-quic',
    '--no-first-run',
  ],
};

/** @param more arguments beside the usual ones, such as those of a microphone that beeps */
export function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ ...OPTIONS, args: [...OPTIONS.args, ...more] });
}

/** Lets a browser reach the application. @returns its address, without a trailing slash */
export async function listen(t: TestApp): Promise<string> {
  await t.app.listen(0, '127.0.0.1');
  return `http://127.0.0.1:${(t.app.getHttpServer().address() as AddressInfo).port}`;
}

export const PHONE_SCREEN = { width: 360, height: 740 };
export const WIDE_SCREEN = { width: 1280, height: 800 };

/** A fresh person at the browser: no cookie, a language, a screen. */
export function newVisitor(
  browser: Browser,
  baseURL: string,
  options: {
    locale: 'ar' | 'fr' | 'en';
    viewport?: { width: number; height: number };
    javaScriptEnabled?: boolean;
    hasTouch?: boolean;
    isMobile?: boolean;
  },
): Promise<BrowserContext> {
  return browser.newContext({ baseURL, viewport: PHONE_SCREEN, ...options });
}

interface Violation {
  id: string;
  impact: string;
  nodes: Array<{ target: string[] }>;
}

/** Faults of the page that keep somebody out, by axe and by HTML_CodeSniffer (axe does not see Arabic contrast). */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  // Injected through the debugger, which the page's strict content policy does not hold back.
  await page.evaluate(await readFile(AXE, 'utf8'));
  await page.evaluate(await readFile(HTMLCS, 'utf8'));
  // Nothing is fetched beforehand: only a rule of moderate weight, on sound that begins by itself, would read it.
  const violations = (await page.evaluate(
    `axe.run(document, { resultTypes: ['violations'], preload: false }).then(({ violations }) => violations)`,
  )) as Violation[];
  const sniffed = (await page.evaluate(`new Promise((done) => HTMLCS.process('WCAG2AA', document, () => done(
    HTMLCS.getMessages().filter((m) => m.type === HTMLCS.ERROR).map((m) => m.code + ' ' + (m.element.outerHTML || '').slice(0, 120)))))`)) as string[];
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  return [
    ...serious.map(({ id, nodes }) => `axe ${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`),
    ...sniffed,
  ];
}

/** True when the page can be moved sideways: something is wider than the screen. */
export async function scrollsSideways(page: Page): Promise<boolean> {
  return page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');
}

/** The value of an expression; undefined where the page went to another one meanwhile. */
async function valueOf(page: Page, expression: string): Promise<unknown> {
  try {
    return await page.evaluate(expression);
  } catch (error) {
    if (/context was destroyed/.test(String(error))) return undefined;
    throw error;
  }
}

/** Waits for an expression; the page's own content policy refuses Playwright's `waitForFunction`. */
export async function until(page: Page, expression: string, seconds = 30): Promise<void> {
  for (const end = Date.now() + seconds * 1000; !(await valueOf(page, expression));) {
    if (Date.now() > end) throw new Error(`Not within ${seconds} s: ${expression}`);
    await pause(100);
  }
}
