import type { LightMyRequestResponse } from 'fastify';
import { hidden } from '../support/browser-like.js';
import { faultOf, textsFor } from './hostile/values.js';
import {
  addressOf,
  allowed,
  asBrowser,
  createHostileWorld,
  type HostileWorld,
  type Who,
} from './hostile/world.js';

jest.setTimeout(600_000);

interface Form {
  who: Who;
  method: string;
  action: string;
  fields: ReadonlyArray<readonly [string, string]>;
}

/** Forms in which something is typed: refused, they come back with it. */
const KEEPING = /\/(sign-up|sign-in|edit|signatures|texts|logos|replace)$|\/stops\/.*\/sessions$/;

const attribute = (tag: string, name: string): string | undefined =>
  new RegExp(`\\s${name}="([^"]*)"`)
    .exec(tag)?.[1]
    ?.replaceAll('&amp;', '&')
    .replaceAll('&#x3D;', '=')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"');

/** The forms of a page, with what their fields hold; of a choice, the first. */
function formsIn(page: string, who: Who): Form[] {
  return [...page.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, head = '', inside = '']) => {
    const tags = [...inside.matchAll(/<(?:input|select|textarea|button)\b[^>]*>/g)].map(([tag]) => tag);
    const fields = new Map<string, string>();
    for (const tag of tags) {
      const name = attribute(tag, 'name');
      if (name && !fields.has(name)) fields.set(name, attribute(tag, 'value') ?? '');
    }
    return {
      who,
      method: (attribute(head, 'method') ?? 'get').toUpperCase(),
      action: attribute(head, 'action') ?? '',
      fields: [...fields].filter(([name]) => name !== '_csrf'),
    };
  });
}

describe('every field of every form, spoiled one by one', () => {
  let w: HostileWorld;
  const forms = new Map<string, Form>();

  const get = (url: string, who: Who) =>
    w.inject({ url, headers: who === 'nobody' ? { accept: 'text/html' } : asBrowser(w, who) });

  beforeAll(async () => {
    w = await createHostileWorld();
    const pages = w.routes.filter(({ method, url }) => method === 'GET' && !url.startsWith('/api/'));
    for (const route of pages) {
      const [first = 'nobody'] = allowed(route);
      for (const who of route.access === 'public' ? (['nobody', first] as const) : [first]) {
        const page = await get(`/fr${addressOf(route.url, w.parts)}`, who);
        if (!String(page.headers['content-type']).includes('text/html')) continue;
        for (const form of formsIn(page.body, who)) {
          const names = form.fields.map(([name]) => name).sort();
          const key = `${form.method} ${form.action.replace(/[0-9a-f-]{36}/g, '*')} ${names.join()}`;
          // The samples of the design system lead nowhere.
          if (!/sign-out|#/.test(form.action) && !forms.has(key))
            forms.set(key, { ...form, action: form.action || route.url });
        }
      }
    }
  }, 240_000);
  afterAll(() => w.close());

  async function send({ who, method, action }: Form, fields: ReadonlyArray<readonly [string, string]>) {
    const text = fields.map(([name, value]) => `${encodeURIComponent(name)}=${encode(value)}`).join('&');
    await w.db.write('test.forgetLimits', 'DELETE FROM rate_limit');
    const headers = who === 'nobody' ? { accept: 'text/html' } : asBrowser(w, who);
    if (method === 'GET') return w.inject({ url: `${action.split('?')[0] ?? ''}?${text}`, headers });
    return w.inject({
      method: 'POST',
      url: action,
      payload: text,
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
    });
  }

  /** Half a character has no place in a form: a broken byte stands for it. */
  const encode = (value: string): string =>
    value.includes('\ud800') ? 'a%ED%A0%80b' : encodeURIComponent(value);

  function faultIn(form: Form, what: string, answer: LightMyRequestResponse): string[] {
    const isThere = form.fields.some(([name]) => answer.body.includes(`name="${name}"`));
    const isLost = KEEPING.test(form.action) && answer.statusCode === 422 && !isThere;
    const fault = faultOf(answer, false) ?? (isLost ? '422 without the form' : undefined);
    return fault ? [`${form.who} ${form.method} ${form.action} ${what}: ${fault}`] : [];
  }

  it('are found: those of people, of staff and of visitors', () => {
    expect(forms.size).toBeGreaterThan(20);
    expect([...forms.values()].some(({ fields }) => fields.some(([name]) => name === 'capacity'))).toBe(true);
    expect(hidden('<input type="hidden" name="_csrf" value="a&#x3D;">', '_csrf')).toBe('a=');
  });

  it('never break the server, nor come back as markup', async () => {
    const faults: string[] = [];
    let tried = 0;
    for (const form of forms.values()) {
      for (const [index, [name, value]] of form.fields.entries()) {
        const others = form.fields.toSpliced(index, 1);
        for (const [what, text] of textsFor((tried += 1)))
          faults.push(...faultIn(form, `${name}: ${what}`, await send(form, [...others, [name, text]])));
        faults.push(...faultIn(form, `without ${name}`, await send(form, others)));
        const twice = [...form.fields, [name, value || 'x'], [`${name}[]`, 'x']] as const;
        faults.push(...faultIn(form, `${name} twice`, await send(form, twice)));
      }
    }
    expect(faults).toEqual([]);
  });
});
