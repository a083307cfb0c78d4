import type { LightMyRequestResponse } from 'fastify';
import type { TestApp } from './app.js';

/** A reader without scripts: keeps cookies, follows no redirection by itself, sends forms as a browser does. */
export class PlainBrowser {
  private readonly cookies = new Map<string, string>();

  constructor(private readonly t: TestApp) {}

  get(url: string): Promise<LightMyRequestResponse> {
    return this.send({ method: 'GET', url });
  }

  /** Sends a form with the CSRF token of the page it stands in. */
  post(
    url: string,
    fields: Record<string, string | string[]>,
    page?: string,
  ): Promise<LightMyRequestResponse> {
    const form = new URLSearchParams();
    for (const [name, value] of Object.entries(fields))
      for (const text of [value].flat()) form.append(name, text);
    const csrf = page === undefined ? undefined : hidden(page, '_csrf');
    if (csrf) form.append('_csrf', csrf);
    return this.send({ method: 'POST', url, payload: form.toString() });
  }

  cookie(name: string): string | undefined {
    return this.cookies.get(name);
  }

  private async send(request: {
    method: 'GET' | 'POST';
    url: string;
    payload?: string;
  }): Promise<LightMyRequestResponse> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await this.t.inject({
      ...request,
      headers: {
        accept: 'text/html',
        ...(cookie ? { cookie } : {}),
        ...(request.payload === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      },
    });
    for (const { name, value, maxAge, expires } of answer.cookies) {
      const isOver = value === '' || maxAge === 0 || (expires !== undefined && expires.getTime() === 0);
      if (isOver) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return answer;
  }
}

/** Value of a hidden field of a page. */
export function hidden(page: string, name: string): string | undefined {
  return new RegExp(`<input type="hidden" name="${name}" value="([^"]*)"`)
    .exec(page)?.[1]
    ?.replaceAll('&#x3D;', '=')
    .replaceAll('&amp;', '&');
}
