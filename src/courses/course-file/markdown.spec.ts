import { markdownProblems, plainMarkdown, renderMarkdown } from './markdown.js';

const HOSTILE = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<iframe src="https://example.org"></iframe>',
  '<svg/onload=alert(1)>',
  '[x](javascript:alert(1))',
  '[x](java&#115;cript:alert(1))',
  '[x](JAVASCRIPT:alert(1))',
  '[x](data:text/html,<script>alert(1)</script>)',
  '[x](vbscript:msgbox)',
  '[x](//example.org)',
  '[x](http://example.org)',
  '[x]\n\n[x]: javascript:alert(1)',
  '<https://example.org>',
  '![x](https://example.org/x.png)',
  '<!-- comment -->',
  '</p><p onclick="x()">',
  '`code`',
  '    indented code',
  '# Title',
  '> quote',
  '---',
];

describe('markdownProblems', () => {
  it.each([
    '[x](https://user:pw@example.org/)',
    '[x](https://user@example.org)',
    '[x](HTTPS://poste.ma%40a@b.test)',
  ])('refuses a name or a password in a link: %s', (source) =>
    expect(markdownProblems(source)).toEqual([
      { index: 0, reason: 'a link may not hold a user name or a password' },
    ]),
  );

  it('takes an @ behind the name of the site', () =>
    expect(markdownProblems('[x](https://example.org/@nom?a=b@c)')).toEqual([]));

  it.each(HOSTILE)('refuses %j', (source) => expect(markdownProblems(source)).not.toEqual([]));

  it.each([
    'Un prix < 100 DH.',
    'Un **mot** et *un autre*.',
    '- un\n- deux\n\n1. trois',
    '[le site](https://example.org/a?b=1&c=2)',
    'Ligne\nsuivante',
  ])('accepts %j', (source) => expect(markdownProblems(source)).toEqual([]));

  it('says at which character', () => {
    expect(markdownProblems('Bonjour\nle <b>monde</b>')[0]).toEqual({
      index: 11,
      reason: 'HTML is not allowed in a text',
    });
  });
});

describe('renderMarkdown', () => {
  it('makes the few marks we know', () => {
    expect(renderMarkdown('Le **prix**\n\n- la *laine*\n- [le site](https://example.org)')).toBe(
      '<p>Le <strong>prix</strong></p>\n<ul>\n<li>la <em>laine</em></li>\n<li><a href="https://example.org" rel="noopener">le site</a></li>\n</ul>\n',
    );
  });

  it.each(HOSTILE)('makes nothing dangerous of %j', (source) => {
    const html = renderMarkdown(source);
    const tags = [...html.matchAll(/<\/?([a-z0-9]+)([^>]*)>/gi)];
    for (const [, name, attributes] of tags) {
      expect(['p', 'ul', 'ol', 'li', 'strong', 'em', 'a', 'br']).toContain(name);
      expect(attributes).toMatch(/^( href="https:\/\/[^"]*"| rel="noopener"| start="\d+")*$/);
    }
  });
});

describe('plainMarkdown', () => {
  it('gives the words without the marks', () => {
    expect(plainMarkdown('Le **prix** de\n[la laine](https://example.org)\n\n- un\n- deux')).toBe(
      'Le prix de la laine\nun\ndeux',
    );
  });
});
