const MEGABYTE = 1_000_000;

/** Bytes as the page writes them; its root says how: `data-kb="%% Ko"`, `data-mb`. */
export function sizeText(bytes: number): string {
  const { kb = '%%', mb = '%%' } = document.querySelector<HTMLElement>('[data-kb]')?.dataset ?? {};
  const kilobytes = Math.max(1, Math.round(bytes / 1000));
  if (kilobytes < 1000) return kb.replace('%%', String(kilobytes));
  const figure = (bytes / MEGABYTE).toFixed(1);
  const mark = document.documentElement.lang === 'en' ? '.' : ',';
  return mb.replace('%%', figure.replace('.', mark));
}
