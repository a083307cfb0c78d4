import Handlebars from 'handlebars';
import { COMPILE_OPTIONS, registerHelpers, type HelperDeps } from './helpers.js';
import { formatPhone } from './phone-text.js';
import type { Locale } from '../../i18n/i18n.js';

const deps: HelperDeps = {
  translate: (locale, key, params) => `${locale}/${key}/${JSON.stringify(params)}`,
  asset: (name) => `/assets/${name}`,
  phone: formatPhone,
  icon: (name) => `<path id="${name}"/>`,
};

function render(
  template: string,
  data: object = {},
  locale: Locale = 'fr',
  partials: Record<string, string> = {},
): string {
  const hbs = Handlebars.create();
  registerHelpers(hbs, deps);
  for (const [name, source] of Object.entries(partials)) hbs.registerPartial(name, source);
  return hbs.compile(template, COMPILE_OPTIONS)({ page: { locale }, ...data });
}

describe('words', () => {
  it('says a key in the page’s language, with its parameters, wherever the template stands', () => {
    expect(render('{{#each rows}}{{t "web:x" count=this}} {{/each}}', { rows: [1, 2] }, 'ar')).toBe(
      'ar/web:x/{&quot;count&quot;:1} ar/web:x/{&quot;count&quot;:2} ',
    );
    expect(render('{{tIn "en" "web:x"}}')).toBe('en/web:x/{}');
  });

  it('asks for a sentence without parameters once, and for one with parameters every time', () => {
    const hbs = Handlebars.create();
    const asked: string[] = [];
    registerHelpers(hbs, { ...deps, translate: (locale, key) => asked.push(`${locale} ${key}`).toString() });
    const template = hbs.compile('{{t "a"}}{{t "b" count=1}}', COMPILE_OPTIONS);
    for (const locale of ['fr', 'fr', 'ar']) template({ page: { locale } });
    expect(asked).toEqual(['fr a', 'fr b', 'fr b', 'ar a', 'ar b']);
  });

  it('escapes markup in parameters and isolates the other script', () => {
    const html = render('{{t "k" name=name}}', { name: '<b>Ali</b>' }, 'ar');
    expect(html).toContain('\u2068&lt;b&gt;Ali&lt;/b&gt;\u2069');
    expect(html).not.toContain('<b>');
  });

  it('refuses a view model without a language', () => {
    expect(() => render('{{t "k"}}', { page: {} })).toThrow('page.locale');
    expect(() => render('{{tIn "de" "k"}}')).toThrow('"de"');
  });

  it('marks the language of a text only where it is not the page’s', () => {
    const title = { ar: 'ورشة <1>' };
    expect(render('{{pickBlock title}}', { title }, 'ar')).toBe('ورشة &lt;1&gt;');
    expect(render('{{pickBlock title}}', { title }, 'fr')).toBe(
      '<bdi lang="ar" dir="rtl">ورشة &lt;1&gt;</bdi>',
    );
    expect(render('<i title="{{pick title}}">', { title: { fr: '"Atelier"' } }, 'ar')).toBe(
      '<i title="&quot;Atelier&quot;">',
    );
  });
});

describe('markup', () => {
  it('draws an icon that assistive technology skips, mirrored on request', () => {
    expect(render("{{icon 'x'}}")).toBe(
      '<svg class="icon" width="24" height="24" viewBox="0 0 24 24" aria-hidden="true"><path id="x"/></svg>',
    );
    expect(render("{{icon 'x' mirror=true}}")).toContain('class="icon icon--mirror"');
  });

  it('escapes what people wrote inside bdi and phone', () => {
    expect(render('{{bdi name}}', { name: '<script>' })).toBe('<bdi>&lt;script&gt;</bdi>');
    expect(render('{{bdi name}}')).toBe('<bdi></bdi>');
    expect(render('{{phone p link=true}}', { p: '+212612345678' })).toBe(
      '<a class="phone-link" href="tel:+212612345678"><bdi dir="ltr" class="phone">06 12 34 56 78</bdi></a>',
    );
    expect(render('{{phone p link=true}}', { p: '"><script>' })).not.toContain('<script>');
    expect(render('{{phone p}}')).toBe('');
  });

  it('puts the finished page into its layout without escaping it again', () => {
    expect(render('<main>{{pageBody}}</main>', { body: '<p>a &amp; b</p>' })).toBe(
      '<main><p>a &amp; b</p></main>',
    );
  });
});

describe('figures', () => {
  it('shows zero as zero and nothing as a dash', () => {
    expect(render('{{number n}}', { n: 0 })).toBe('0');
    expect(render('{{number n}} {{money n}} {{percent n}}')).toBe('– – –');
    expect(render('{{money n}}', { n: 123450 })).toBe('1\u202f234,50\u00a0DH');
  });

  it('groups a code in fours', () => {
    expect(render('{{groups c}}', { c: '48205917' })).toBe('4820 5917');
    expect(render('{{groups c}}')).toBe('');
  });
});

describe('logic', () => {
  it('compares strictly and treats empty lists and strings as nothing, zero as something', () => {
    expect(render('{{#if (eq a 1)}}y{{else}}n{{/if}}', { a: '1' })).toBe('n');
    expect(render('{{#if (and a b)}}y{{else}}n{{/if}}', { a: 0, b: 'x' })).toBe('y');
    expect(render('{{#if (not a)}}y{{else}}n{{/if}}', { a: [] })).toBe('y');
    expect(render('{{or a b "c"}}', { a: '', b: null })).toBe('c');
    expect(render('{{or a b}}', { a: '' })).toBe('');
    expect(render('{{class "a" b (and c "d")}}', { b: '', c: true })).toBe('a d');
    expect(render('{{join items " · "}}', { items: ['<a>', '', 'b'] })).toBe('&lt;a&gt; · b');
    expect(render('{{concat a "-" b}}', { a: 1 })).toBe('1-');
    expect(render('{{#each (list 1 (dict x=2))}}{{this.x}};{{/each}}')).toBe(';2;');
  });
});

describe('tones', () => {
  it('know the names used elsewhere and fall back to neutral', () => {
    expect(
      render('{{tone "success"}} {{tone "warning"}} {{tone "error"}} {{tone "info"}} {{tone kind}}'),
    ).toBe('good warn bad info neutral');
  });
});

describe('partials', () => {
  const box = { box: '<div title="{{title}}">{{text}}{{content}}</div>' };

  it('see only their own parameters', () => {
    expect(render('{{> box text="a"}}', { title: 'of the page' }, 'fr', box)).toBe('<div title="">a</div>');
  });

  it('can be drawn around content that keeps the context of the page', () => {
    const html = render(
      '{{#each rows}}{{#in "box" title="<i>"}}<b>{{name}}</b>{{/in}}{{/each}}',
      { rows: [{ name: '<x>' }] },
      'fr',
      box,
    );
    expect(html).toBe('<div title="&lt;i&gt;"><b>&lt;x&gt;</b></div>');
    expect(render('{{#in "box"}}{{t "k"}}{{/in}}', {}, 'en', box)).toContain('en/k');
  });

  it('must exist', () => {
    expect(() => render('{{#in "nowhere"}}{{/in}}')).toThrow('nowhere');
  });
});
