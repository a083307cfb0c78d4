/// <reference lib="dom" />
import type { Page } from 'playwright-core';

/** More stops than any page of ours has. */
const MOST_STOPS = 400;

/** Presses Tab until the focus is on something; whoever has only keys must get there. */
export async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < MOST_STOPS; presses++) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`No ${selector} within ${MOST_STOPS} stops of ${page.url()}`);
}

/** Goes where the link or button leads, by Tab and Enter. */
export async function enter(page: Page, selector: string): Promise<void> {
  await tabTo(page, selector);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
}

/** Answers a question with keys: arrows among choices, Space on boxes, digits in a field. */
export async function answerByKeys(page: Page, id: string, key: unknown): Promise<void> {
  const keys = [key].flat().map(String);
  const field = `[name="q.${id}"]`;
  await tabTo(page, field);
  const { type, values } = await page.evaluate((wanted) => {
    const controls = [...document.querySelectorAll<HTMLInputElement>(wanted)];
    return { type: controls[0]?.type, values: controls.map(({ value }) => value) };
  }, field);
  if (type === 'text') return page.keyboard.type(keys.join());
  if (type === 'checkbox') {
    for (const value of values) {
      await tabTo(page, `${field}[value="${value}"]`);
      if (keys.includes(value)) await page.keyboard.press('Space');
    }
    return;
  }
  await page.keyboard.press('Space');
  for (let down = values.indexOf(keys[0] ?? ''); down > 0; down--) await page.keyboard.press('ArrowDown');
}
