/** Something a drawing may not hold, and at which character it stands. */
export interface PictureProblem {
  readonly index: number;
  readonly reason: string;
  /** A warning does not stop the course from loading. */
  readonly severity: 'error' | 'warning';
}

/** A start tag of a drawing. */
interface Tag {
  readonly index: number;
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

const TOKEN =
  /<!--[\s\S]*?-->|<(\/?)([A-Za-z_][\w:.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|<\?xml[^?]*\?>/y;
const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const REFUSED = new Set([
  'script',
  'foreignobject',
  'image',
  'iframe',
  'object',
  'embed',
  'animate',
  'set',
  'a',
  'style',
  'feimage',
  'handler',
  'listener',
]);
const OUTWARD = /@import|url\(\s*["']?(?!["'#\s])/i;
const STEP_ATTRIBUTES = ['data-show', 'data-hide', 'data-move'];
/** Bytes; a drawing is loaded on a phone. */
const MAX_BYTES = 60 * 1024;
/** Points of the drawing's own grid on a side; cards have 800, scenes 1280. */
const MAX_POINTS = 2000;
/** What files of other kinds begin with, as the text they are read as. */
const OTHER_KINDS: readonly [RegExp, string][] = [
  [/^PK[\x03\x05\x07]/, 'a ZIP archive'],
  [/^(.PNG\r|GIF8|RIFF|\ufffd\ufffd\ufffd)/, 'a picture of points'],
  [/^%PDF/, 'a PDF'],
  [/^\x1f/, 'a packed file'],
];

/** Everything that is wrong in the text of an SVG file; pure, so that it is the same for authors' files and uploads. */
export function pictureProblems(svg: string): PictureProblem[] {
  const problems: PictureProblem[] = [];
  const error = (index: number, reason: string): void =>
    void problems.push({ index, reason, severity: 'error' });
  const other = OTHER_KINDS.find(([start]) => start.test(svg));
  if (other) return [{ index: 0, reason: `is no drawing: ${other[1]}`, severity: 'error' }];
  if (Buffer.byteLength(svg) > MAX_BYTES) error(0, `is larger than ${MAX_BYTES / 1024} KiB`);
  const tags = readTags(svg, error);
  const [root] = tags;
  if (root?.name !== 'svg') error(root?.index ?? 0, 'must begin with <svg>');
  else if (!/^0 0 \d+ \d+$/.test(root.attributes.get('viewBox') ?? ''))
    error(root.index, 'needs viewBox="0 0 width height"');
  else for (const reason of sizeProblems(root)) error(root.index, reason);
  for (const tag of tags) {
    for (const reason of tagProblems(tag)) error(tag.index, reason);
    if (tag.name === 'text') {
      problems.push({
        index: tag.index,
        reason: 'has <text>; pictures are for those who do not read',
        severity: 'warning',
      });
    }
  }
  return problems.sort((a, b) => a.index - b.index);
}

function sizeProblems({ attributes }: Tag): string[] {
  const [, , width = 0, height = 0] = (attributes.get('viewBox') ?? '').split(' ').map(Number);
  const isLarge = Math.max(width, height) > MAX_POINTS;
  return [
    ...(isLarge ? [`is ${width} × ${height} points large, at most ${MAX_POINTS} allowed`] : []),
    ...(attributes.has('width') || attributes.has('height')
      ? ['must have no width and no height: its page decides']
      : []),
  ];
}

function tagProblems(tag: Tag): string[] {
  const reasons: string[] = [];
  if (REFUSED.has(tag.name.toLowerCase())) reasons.push(`<${tag.name}> is not allowed in a picture`);
  for (const [name, value] of tag.attributes) {
    if (/^on/i.test(name)) reasons.push(`the attribute ${name} is not allowed in a picture`);
    if (/^(xlink:)?href$/i.test(name) && !value.startsWith('#'))
      reasons.push('refers to something outside the drawing');
    if (/(java|vb)script\s*:/i.test(value)) reasons.push('javascript: is not allowed in a picture');
    if (OUTWARD.test(value) || (name === 'style' && value.includes('\\')))
      reasons.push('refers to something outside the drawing');
    if (name === 'data-show' || name === 'data-hide') {
      if (!/^[1-9]$/.test(value)) reasons.push(`${name} must be the number of a step`);
    }
    if (
      name === 'data-move' &&
      !/^\s*[1-9]( -?\d+(\.\d+)?){2}(\s*;\s*[1-9]( -?\d+(\.\d+)?){2})*\s*$/.test(value)
    ) {
      reasons.push('data-move must be "step dx dy; step dx dy"');
    }
  }
  const stepped = STEP_ATTRIBUTES.some((name) => tag.attributes.has(name));
  if (stepped && tag.name !== 'g') reasons.push('data-show, data-hide and data-move stand on <g> only');
  if (stepped && (tag.attributes.has('transform') || tag.attributes.has('opacity'))) {
    reasons.push('a group with steps has no transform or opacity of its own');
  }
  return reasons;
}

/** Start tags in order; a drawing that is not well formed is reported once, where it breaks. */
function readTags(svg: string, error: (index: number, reason: string) => void): Tag[] {
  const tags: Tag[] = [];
  const open: Tag[] = [];
  let at = svg.startsWith('\uFEFF') ? 1 : 0;
  while ((at = svg.indexOf('<', at)) !== -1) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(svg);
    if (!match) {
      error(
        at,
        /^<!/.test(svg.slice(at)) ? 'has a declaration or CDATA; leave it out' : 'is not well-formed XML',
      );
      return tags;
    }
    const [whole, closing, name, attributes, selfClosing] = match;
    if (name && closing) {
      const opened = open.pop();
      if (opened?.name !== name) {
        error(at, `closes </${name}> where <${opened?.name ?? 'nothing'}> is open`);
        return tags;
      }
    } else if (name) {
      const tag = { index: at, name, attributes: attributesOf(attributes ?? '') };
      tags.push(tag);
      if (!selfClosing) open.push(tag);
    }
    at += whole.length;
  }
  const unclosed = open.at(-1);
  if (unclosed) error(unclosed.index, `<${unclosed.name}> is never closed`);
  return tags;
}

function attributesOf(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, name = '', double, single] of text.matchAll(ATTRIBUTE))
    found.set(name, decode(double ?? single ?? ''));
  return found;
}

/** Character references, so that `&#106;avascript:` does not pass. */
function decode(value: string): string {
  // Nearly all are numbers of a path, and a course has tens of thousands of them.
  if (!value.includes('&')) return value;
  return value
    .replace(/&#x([0-9a-f]+);/gi, (_, hex: string) => codePoint(Number.parseInt(hex, 16)))
    .replace(/&#(\d+);/g, (_, decimal: string) => codePoint(Number.parseInt(decimal, 10)))
    .replaceAll('&amp;', '&');
}

function codePoint(value: number): string {
  return value > 0 && value <= 0x10ffff ? String.fromCodePoint(value) : '\uFFFD';
}
