import type { LightMyRequestResponse } from 'fastify';
import { SESSION_COOKIE } from '../../src/shared/access/access-hooks.js';
import type { TestApp } from '../support/app.js';

/** A page as a browser of whoever holds the token gets it. */
export async function page(t: TestApp, path: string, token: string): Promise<LightMyRequestResponse> {
  return t.inject({ url: path, headers: { accept: 'text/html' }, cookies: { [SESSION_COOKIE]: token } });
}

/** Sends a form of a page as a browser without script does: urlencoded, with the token of the page. */
export async function submit(
  t: TestApp,
  path: string,
  token: string,
  fields: Record<string, string>,
  from = path,
): Promise<LightMyRequestResponse> {
  const { body } = await page(t, from, token);
  const csrf = /name="_csrf" value="([^"]+)"/.exec(body)?.[1] ?? '';
  return t.inject({
    method: 'POST',
    url: path,
    headers: {
      accept: 'text/html',
      'content-type': 'application/x-www-form-urlencoded',
      'sec-fetch-site': 'same-origin',
    },
    cookies: { [SESSION_COOKIE]: token },
    payload: new URLSearchParams({ _csrf: csrf, ...fields }).toString(),
  });
}
