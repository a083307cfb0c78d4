import MarkdownIt from 'markdown-it';

/** Paragraphs, lists, bold, italics and https links; anything else stays the text it is. */
const renderer = new MarkdownIt('zero', { html: false, linkify: false });
renderer.enable(['list', 'emphasis', 'link', 'newline', 'escape', 'entity', 'balance_pairs', 'fragments_join']);
renderer.validateLink = isHttps;
renderer.renderer.rules['link_open'] = (tokens, index, options, _env, self) => {
  tokens[index]?.attrSet('rel', 'noopener');
  return self.renderToken(tokens, index, options);
};

/** Knows all of CommonMark, so that what we do not allow is seen and named. */
const inspector = new MarkdownIt('commonmark', { html: true });
inspector.validateLink = () => true;

const ALLOWED = new Set(['paragraph', 'bullet_list', 'ordered_list', 'list_item', 'inline', 'text', 'strong', 'em', 'link']);
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

/** HTML of a course text; safe for any input, as nothing but the few allowed marks is ever made. */
export function renderMarkdown(source: string): string {
  return renderer.render(source);
}

/** The text without its marks, one line for each paragraph or list entry; what a voice says and what words are counted in. */
export function plainMarkdown(source: string): string {
  const lines = renderer
    .parse(source, {})
    .filter((token) => token.type === 'inline')
    .map((token) => (token.children ?? []).map((child) => (child.type === 'text' || child.type === 'text_special' ? child.content : child.type.endsWith('break') ? ' ' : '')).join(''));
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
      if (!ALLOWED.has(type)) problems.push({ index, reason: `${type.replaceAll('_', ' ')} is not allowed in a text` });
      const href = type === 'link' ? String(token.attrGet('href')) : undefined;
      if (href !== undefined && !isHttps(href)) problems.push({ index, reason: 'only https: links are allowed' });
    }
  }
  return problems;
}

function isHttps(url: string): boolean {
  return /^https:\/\/[^\s/]/i.test(url);
}
