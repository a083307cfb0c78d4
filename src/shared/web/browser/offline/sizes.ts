const MEGABYTE = 1_000_000;
const GIGABYTE = 1_000_000_000;

/** Bytes as the page writes them; its root says how: `data-kb="%% Ko"`, `data-mb`, `data-gb`. */
export function sizeText(bytes: number): string {
  const { kb = '%%', mb = '%%', gb = '%%' } = document.querySelector<HTMLElement>('[data-kb]')?.dataset ?? {};
  const kilobytes = Math.max(1, Math.round(bytes / 1000));
  if (kilobytes < 1000) return together(kb.replace('%%', String(kilobytes)));
  const [unit, sentence] = bytes < GIGABYTE ? [MEGABYTE, mb] : [GIGABYTE, gb];
  const mark = document.documentElement.lang === 'en' ? '.' : ',';
  return together(sentence.replace('%%', (bytes / unit).toFixed(1).replace('.', mark)));
}

/** A number and its unit stay on one line. */
function together(size: string): string {
  return size.replace(' ', '\u00a0');
}
