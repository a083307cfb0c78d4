import MarkdownIt from 'markdown-it';

/** A page of this site that a text may lead to: a course, or a module of one. */
const COURSE_PAGE = /^\/courses\/([a-z0-9-]+)(?:\/([a-z0-9-]+))?$/;

/** Paragraphs, lists, bold, italics, https links and links to courses; anything else stays the text it is. */
const renderer = new MarkdownIt('zero', { html: false, linkify: false });
renderer.enable([
  'list',
  'emphasis',
  'link',
  'newline',
  'escape',
  'entity',
  'balance_pairs',
  'fragments_join',
]);
renderer.validateLink = isAllowed;
renderer.renderer.rules['link_open'] = (tokens, index, options, env, self) => {
  const href = String(tokens[index]?.attrGet('href'));
  const locale: unknown = env?.['locale'];
  if (isHttps(href)) tokens[index]?.attrSet('rel', 'noopener');
  else if (typeof locale === 'string') tokens[index]?.attrSet('href', `/${locale}${href}`);
  return self.renderToken(tokens, index, options);
};

/** Knows all of CommonMark, so that what we do not allow is seen and named. */
const inspector = new MarkdownIt('commonmark', { html: true });
inspector.validateLink = () => true;

const ALLOWED = new Set([
  'paragraph',
  'bullet_list',
  'ordered_list',
  'list_item',
  'inline',
  'text',
  'strong',
  'em',
  'link',
]);
const ALLOWED_BREAKS = new Set(['softbreak', 'hardbreak']);
const DANGERS: readonly [RegExp, string][] = [
  [/<\s*[a-z!/?]/gi, 'HTML is not allowed in a text'],
  [/\bon[a-z]{3,}\s*=/gi, 'an event attribute (on…=) is not allowed in a text'],
  [/(java|vb)script\s*:|\bdata\s*:/gi, 'only https: links are allowed'],
];

/** Something a course text may not hold, and at which character it stands. */
export interface MarkdownProblem {
  readonly index: number;
  readonly reason: string;
}

/** A course, or a module of one, that a text leads to, and at which character. */
export interface CourseLinkInText {
  readonly index: number;
  readonly href: string;
  readonly course: string;
  readonly module?: string;
}

/**
 * HTML of a course text; safe for any input, as nothing but the few allowed marks is ever made.
 *
 * @param locale language in which links to courses open; unset: the reader's own
 */
export function renderMarkdown(source: string, locale?: string): string {
  return renderer.render(source, { locale });
}

/** The links of a text that stay in this site. */
export function courseLinks(source: string): CourseLinkInText[] {
  const tokens = renderer.parse(source, {}).flatMap(({ children }) => children ?? []);
  return tokens.flatMap((token) => {
    const href = token.type === 'link_open' ? String(token.attrGet('href')) : '';
    const [, course, module] = COURSE_PAGE.exec(href) ?? [];
    if (course === undefined) return [];
    return [
      {
        index: Math.max(0, source.indexOf(`](${href}`)),
        href,
        course,
        ...(module === undefined ? {} : { module }),
      },
    ];
  });
}

/** The links of a text that leave this site. */
export function outsideLinks(source: string): string[] {
  const tokens = renderer.parse(source, {}).flatMap(({ children }) => children ?? []);
  return tokens.flatMap((token) => {
    const href = token.type === 'link_open' ? String(token.attrGet('href')) : '';
    return isHttps(href) ? [href] : [];
  });
}

/** The text without its marks, one line for each paragraph or list entry; what a voice says and what words are counted in. */
export function plainMarkdown(source: string): string {
  const lines = renderer
    .parse(source, {})
    .filter((token) => token.type === 'inline')
    .map((token) =>
      (token.children ?? [])
        .map((child) =>
          child.type === 'text' || child.type === 'text_special'
            ? child.content
            : child.type.endsWith('break')
              ? ' '
              : '',
        )
        .join(''),
    );
  return lines.join('\n').trim();
}

/** Everything in a text that is not allowed. */
export function markdownProblems(source: string): MarkdownProblem[] {
  const problems: MarkdownProblem[] = [];
  for (const [pattern, reason] of DANGERS) {
    for (const match of source.matchAll(pattern)) problems.push({ index: match.index, reason });
  }
  if (problems.length === 0) problems.push(...structureProblems(source));
  return problems.sort((a, b) => a.index - b.index);
}

function structureProblems(source: string): MarkdownProblem[] {
  const lineStarts = [0, ...[...source.matchAll(/\n/g)].map((match) => match.index + 1)];
  const problems: MarkdownProblem[] = [];
  for (const block of inspector.parse(source, {})) {
    const index = lineStarts[block.map?.[0] ?? 0] ?? 0;
    for (const token of [block, ...(block.children ?? [])]) {
      const type = token.type.replace(/_(open|close)$/, '');
      if (token.nesting === -1 || ALLOWED_BREAKS.has(type) || type === 'text_special') continue;
      if (!ALLOWED.has(type))
        problems.push({ index, reason: `${type.replaceAll('_', ' ')} is not allowed in a text` });
      const href = type === 'link' ? String(token.attrGet('href')) : undefined;
      if (href !== undefined && !isAllowed(href))
        problems.push({ index, reason: 'only https: links are allowed' });
      else if (href !== undefined && namesAnyone(href))
        problems.push({ index, reason: 'a link may not hold a user name or a password' });
    }
  }
  return problems;
}

function isHttps(url: string): boolean {
  return /^https:\/\/[^\s/]/i.test(url);
}

/** `https://name:word@site`: whoever reads the page would have it, and it shows one site and leads to another. */
function namesAnyone(url: string): boolean {
  return /^https:\/*[^/?#\\]*@/i.test(url);
}

function isAllowed(url: string): boolean {
  return isHttps(url) || COURSE_PAGE.test(url);
}
