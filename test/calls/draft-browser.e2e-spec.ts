import type { Browser } from 'playwright-core';
import { launchBrowser, listen, newVisitor } from '../support/browser.js';
import { CallWorld } from './world.js';

jest.setTimeout(90_000);

describe('the form of a call in a browser', () => {
  let w: CallWorld;
  let browser: Browser;
  let base: string;
  beforeAll(async () => {
    w = await CallWorld.make();
    w.t.clock.run();
    base = await listen(w.t);
    browser = await launchBrowser();
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await w.t.close();
  });

  it('finds again what was typed, never a consent, and forgets it once it is sent', async () => {
    const call = await w.published();
    const context = await newVisitor(browser, base, { locale: 'fr', javaScriptEnabled: true });
    const page = await context.newPage();
    const address = `${base}/fr/calls/${call.slug}`;
    const kept = () =>
      page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('call:')));
    await page.goto(address);
    await page.fill('#field-given', 'Nadia');
    await page.fill('#field-a-f1', 'Des tapis');
    await page.check('input[name=needs][value=child]');
    await page.check('#field-training');
    await page.goto(`${base}/fr/help`);
    await page.goto(address);
    expect(await page.inputValue('#field-given')).toBe('Nadia');
    expect(await page.inputValue('#field-a-f1')).toBe('Des tapis');
    expect(await page.isChecked('input[name=needs][value=child]')).toBe(true);
    expect(await page.isChecked('#field-training')).toBe(false);
    expect(await page.isVisible('[data-call-kept]')).toBe(true);
    expect(await kept()).toEqual([`call:${call.id}:`]);
    const { token } = await w.person();
    await context.addCookies([{ name: 'qafila', value: token, url: base }]);
    await page.goto(address);
    await page.fill('#field-a-f1', 'Des poteries');
    expect(await kept()).toHaveLength(2);
    await page.click('form[data-call] button.button--action');
    await page.waitForURL(`${base}/fr/my/applications`);
    expect(await kept()).toEqual([]);
    await context.close();
  });
});
