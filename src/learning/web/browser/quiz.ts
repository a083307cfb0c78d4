/**
 * Questions of order and of pairs: what is selects without script is moved here, by buttons, keys or a finger. The
 * selects stay the answer; of pairs they stay in sight, for whoever does not drag.
 */
import { followPointer } from './quiz/pointer.js';

/** One question of order: a list whose entries move; the selects behind it follow. */
class OrderedList {
  private readonly list = document.createElement('ol');
  private readonly selects: HTMLSelectElement[];
  private readonly glyphs: Element[];

  constructor(private readonly question: HTMLElement) {
    this.selects = [...question.querySelectorAll('select')];
    const template = question.querySelector<HTMLTemplateElement>('[data-buttons]');
    this.glyphs = [...(template?.content.children ?? [])];
  }

  start(): void {
    const places = this.question.querySelector<HTMLElement>('[data-places]');
    if (!places) return;
    this.list.className = 'order-list';
    this.list.setAttribute('aria-labelledby', `${this.question.id}-label`);
    for (const option of this.inOrder()) this.list.append(this.entry(option));
    places.hidden = true;
    places.after(this.list);
    this.write();
  }

  /** As answered before, where all of it was; else as the server shows them. */
  private inOrder(): HTMLOptionElement[] {
    const options = [...(this.selects[0]?.options ?? [])].filter(({ value }) => value !== '');
    const chosen = this.selects.map(({ value }) => options.find((option) => option.value === value));
    const whole = chosen.filter((option) => option !== undefined);
    return new Set(whole).size === options.length ? whole : options;
  }

  private entry({ value, text, lang, dir }: HTMLOptionElement): HTMLLIElement {
    const entry = document.createElement('li');
    entry.className = 'order-entry';
    entry.dataset.value = value;
    const words = document.createElement('span');
    words.textContent = text;
    if (lang) Object.assign(words, { lang, dir });
    entry.append(this.handle(entry), words, this.button(entry, text, -1), this.button(entry, text, 1));
    return entry;
  }

  private button(entry: HTMLElement, text: string, by: -1 | 1): HTMLButtonElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'order-button';
    const sentence = (by < 0 ? this.question.dataset.up : this.question.dataset.down) ?? '';
    button.setAttribute('aria-label', sentence.replace('%%', text));
    const glyph = this.glyphs[by < 0 ? 0 : 1]?.cloneNode(true);
    if (glyph) button.append(glyph);
    button.addEventListener('click', () => {
      this.move(entry, by);
      button.focus();
    });
    button.addEventListener('keydown', (event) => {
      const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
      if (step === 0) return;
      event.preventDefault();
      this.move(entry, step);
      button.focus();
    });
    return button;
  }

  /** What a finger or a mouse holds; the buttons do the same for everybody else. */
  private handle(entry: HTMLElement): HTMLElement {
    const handle = document.createElement('span');
    handle.className = 'order-handle';
    handle.setAttribute('aria-hidden', 'true');
    const glyph = this.glyphs[2]?.cloneNode(true);
    if (glyph) handle.append(glyph);
    followPointer(handle, {
      move: (_x, y) => this.carry(entry, y),
      end: () => this.told(entry),
    });
    return handle;
  }

  /** The others make room: an entry that left the page itself would slip out of the hand. */
  private carry(entry: HTMLElement, y: number): void {
    const entries = [...this.list.children];
    const from = entries.indexOf(entry);
    const to = entries.findIndex((other) => {
      const { top, bottom } = other.getBoundingClientRect();
      return y >= top && y <= bottom;
    });
    if (to > from) entry.before(...entries.slice(from + 1, to + 1));
    else if (to >= 0 && to < from) entry.after(...entries.slice(to, from));
  }

  private move(entry: HTMLElement, by: number): void {
    if (by < 0) entry.previousElementSibling?.before(entry);
    else entry.nextElementSibling?.after(entry);
    this.told(entry);
  }

  private told(entry: HTMLElement): void {
    this.write();
    const status = this.question.querySelector('[data-status]');
    const n = [...this.list.children].indexOf(entry) + 1;
    const words = entry.querySelector('span:not([aria-hidden])')?.textContent ?? '';
    if (status)
      status.textContent = (this.question.dataset.moved ?? '').replace('%%', words).replace('##', String(n));
  }

  private write(): void {
    [...this.list.children].forEach((entry, index) => {
      const select = this.selects[index];
      if (select) select.value = (entry as HTMLElement).dataset.value ?? '';
    });
  }
}

/** The options of a question of pairs as chips that can be laid on a line. */
function offerChips(question: HTMLElement): void {
  const rows = question.querySelector<HTMLElement>('[data-rows]');
  const options = [...(rows?.querySelector('select')?.options ?? [])].filter(({ value }) => value !== '');
  const chips = document.createElement('div');
  chips.className = 'chips';
  chips.setAttribute('aria-hidden', 'true');
  for (const { value, text, lang, dir } of options) {
    const chip = document.createElement('span');
    chip.className = 'chip';
    chip.textContent = text;
    if (lang) Object.assign(chip, { lang, dir });
    followPointer(chip, {
      move: (_x, _y, dx, dy) => chip.style.setProperty('translate', `${dx}px ${dy}px`),
      end: (x, y) => {
        chip.style.removeProperty('translate');
        const row = [...question.querySelectorAll('.piece')].find((one) => isInside(one, x, y));
        const select = row?.querySelector('select');
        if (select) select.value = value;
      },
    });
    chips.append(chip);
  }
  rows?.before(chips);
}

function isInside(element: Element, x: number, y: number): boolean {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return x >= left && x <= right && y >= top && y <= bottom;
}

for (const question of document.querySelectorAll<HTMLElement>('[data-order]'))
  new OrderedList(question).start();
for (const question of document.querySelectorAll<HTMLElement>('[data-match]')) offerChips(question);
