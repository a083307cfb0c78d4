/** HTML as text. */
const decode = (html: string): string =>
  html
    .replace(/&#x([0-9a-f]+);/gi, (_, code: string) => String.fromCodePoint(parseInt(code, 16)))
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');

const attribute = (tag: string, name: string): string | undefined => {
  const match = new RegExp(`\\s${name}="([^"]*)"`).exec(tag);
  return match ? decode(match[1] ?? '') : undefined;
};

/** What a browser without scripts sends of a form that nobody touched: of its boxes, ticks and choices, no button. */
export function submitted(page: string, mark: string): [string, string][] {
  const form = [...page.matchAll(/<form\b[^>]*>[^]*?<\/form>/g)]
    .map(([all]) => all)
    .find((all) => all.slice(0, all.indexOf('>')).includes(mark));
  if (!form) throw new Error(`No form with ${mark}`);
  const controls = form.matchAll(
    /<input\b[^>]*>|<textarea\b[^>]*>([^]*?)<\/textarea>|<select\b[^>]*>([^]*?)<\/select>/g,
  );
  return [...controls].flatMap(([tag, text, options]): [string, string][] => {
    const name = attribute(tag, 'name');
    if (name === undefined) return [];
    if (text !== undefined) return [[name, decode(text.replace(/^\n/, '')).replaceAll('\n', '\r\n')]];
    if (options === undefined)
      return /type="checkbox"/.test(tag) && !/\schecked/.test(tag)
        ? []
        : [[name, attribute(tag, 'value') ?? '']];
    const all = [...options.matchAll(/<option\b[^>]*>/g)].map(([option]) => option);
    const chosen = all.find((option) => /\sselected/.test(option)) ?? all[0];
    return chosen === undefined ? [] : [[name, attribute(chosen, 'value') ?? '']];
  });
}
