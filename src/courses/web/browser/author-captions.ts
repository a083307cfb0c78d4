/**
 * Captions as a list: a row for each, with its times and its words, judged while one writes by the rules that judge it
 * when it is saved. The text stays the truth: the list writes into it, and the form sends it.
 */
import { typedCaptions } from '../../course-file/sub-rip.js';
import { readCaptions } from '../../course-file/web-vtt.js';
import { cuesOf, type EditedCue, msOf, timeOf, vttOf } from './captions/cues.js';
import { textOfFile } from './captions/file-text.js';

/** Milliseconds of a step of the arrow keys, and with Shift. */
const STEP_MS = 100;
const LEAP_MS = 1000;
/** Milliseconds of a caption that is begun. */
const NEW_MS = 2000;

class CaptionList {
  private cues: EditedCue[] = [];
  private readonly list = this.find<HTMLElement>('[data-list]');
  private readonly row = this.find<HTMLTemplateElement>('template');
  private readonly field: HTMLElement;
  private readonly durationMs: number;
  /** How many there must be, where they are those of a script. */
  private readonly count: number | undefined;

  constructor(
    private readonly box: HTMLElement,
    private readonly text: HTMLTextAreaElement,
  ) {
    this.field = this.find('[data-text]');
    this.durationMs = Number(box.dataset.durationMs);
    this.count = box.dataset.count === undefined ? undefined : Number(box.dataset.count);
  }

  start(): void {
    this.find('[data-tools]').hidden = false;
    this.find('[data-add]').hidden = this.count !== undefined;
    this.find('[data-add]').addEventListener('click', () => this.add(this.cues.length));
    this.find('[data-as-text]').addEventListener('click', () => this.showText());
    this.find('[data-as-list]').addEventListener('click', () => this.showList(true));
    this.find<HTMLInputElement>('[data-file]').addEventListener('change', (event) => {
      const [file] = (event.target as HTMLInputElement).files ?? [];
      if (file) void this.take(file);
    });
    // What was refused is mended where its line is named.
    if (this.text.getAttribute('aria-invalid') === 'true') this.showText();
    else this.showList(false);
  }

  private async take(file: File): Promise<void> {
    this.text.value = typedCaptions(await textOfFile(file, this.text.lang)).vtt.trimStart();
    this.showList(true);
  }

  /** @param isAsked somebody asked for it: they are told when a list would lose something */
  private showList(isAsked: boolean): void {
    const { vtt } = typedCaptions(this.text.value);
    const cues = vtt.trim() === '' ? [] : cuesOf(vtt);
    if (!cues) {
      this.showText();
      if (isAsked) this.say('noList');
      return;
    }
    this.cues = cues;
    this.list.replaceChildren(...cues.map((cue) => this.rowOf(cue)));
    this.show(true);
    this.judge();
    if (isAsked) this.say('read', String(cues.length));
  }

  private showText(): void {
    this.show(false);
  }

  private show(isList: boolean): void {
    this.find('[data-cues]').hidden = !isList;
    this.field.hidden = isList;
    this.find('[data-as-text]').hidden = !isList;
    this.find('[data-as-list]').hidden = isList;
  }

  private rowOf(cue: EditedCue): HTMLElement {
    const row = (this.row.content.firstElementChild as HTMLElement).cloneNode(true) as HTMLElement;
    const [start, end, words] = ['start', 'end', 'words'].map((key) => row.querySelector(`[data-${key}]`));
    for (const [input, key] of [
      [start as HTMLInputElement, 'start'],
      [end as HTMLInputElement, 'end'],
    ] as const) {
      input.value = cue[key];
      input.addEventListener('input', () => this.change(() => (cue[key] = input.value.trim())));
      input.addEventListener('keydown', (event) => this.step(event, cue, key, input));
    }
    const area = words as HTMLTextAreaElement;
    area.value = cue.words;
    area.addEventListener('input', () => this.change(() => (cue.words = area.value)));
    area.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || !event.ctrlKey || this.count !== undefined) return;
      event.preventDefault();
      this.add(this.cues.indexOf(cue) + 1);
    });
    const remove = row.querySelector<HTMLButtonElement>('[data-remove]');
    if (remove) {
      remove.hidden = this.count !== undefined;
      remove.addEventListener('click', () => this.remove(cue));
    }
    return row;
  }

  /** The arrows move a time by a tenth of a second, with Shift by a second. */
  private step(event: KeyboardEvent, cue: EditedCue, key: 'start' | 'end', input: HTMLInputElement): void {
    const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    const ms = msOf(input.value);
    if (direction === undefined || ms === undefined) return;
    event.preventDefault();
    const moved = ms + direction * (event.shiftKey ? LEAP_MS : STEP_MS);
    input.value = timeOf(Math.min(moved, this.durationMs), input.value.length > '00:00.000'.length);
    this.change(() => (cue[key] = input.value));
  }

  private add(at: number): void {
    const before = this.cues[at - 1];
    const from = msOf(before?.end ?? '') ?? 0;
    const next = msOf(this.cues[at]?.start ?? '') ?? this.durationMs;
    const withHours = (before?.start.length ?? 0) > '00:00.000'.length;
    const [start, end] = [from, Math.min(from + NEW_MS, next)].map((ms) => timeOf(ms, withHours));
    const cue: EditedCue = { id: '', start: start ?? '', end: end ?? '', words: '' };
    this.cues.splice(at, 0, cue);
    const row = this.rowOf(cue);
    this.list.insertBefore(row, this.list.children[at] ?? null);
    this.change(() => undefined);
    row.querySelector<HTMLTextAreaElement>('[data-words]')?.focus();
  }

  private remove(cue: EditedCue): void {
    const at = this.cues.indexOf(cue);
    this.cues.splice(at, 1);
    this.list.children[at]?.remove();
    this.change(() => undefined);
    this.say('removed');
    const near = this.list.children[Math.min(at, this.cues.length - 1)];
    (near?.querySelector<HTMLElement>('[data-remove]') ?? this.find('[data-add]')).focus();
  }

  private change(apply: () => void): void {
    apply();
    this.text.value = vttOf(this.cues).vtt;
    this.judge();
  }

  /** Says in each row what is wrong in it. */
  private judge(): void {
    const { vtt, lines } = vttOf(this.cues);
    const rules = { durationMs: this.durationMs, ...(this.count === undefined ? {} : { count: this.count }) };
    const { problems } = vtt === '' ? { problems: [] } : readCaptions(vtt, rules);
    [...this.list.children].forEach((row, index) => {
      const [from = 0, to = Infinity] = [lines[index], lines[index + 1]];
      const problem = problems.find(({ line }) => line >= from && line < to);
      const place = row.querySelector<HTMLElement>('[data-problem]');
      if (!place) return;
      const words = problem ? this.words(problem.code, problem.params) : '';
      if (place.textContent !== words) place.textContent = words;
      place.hidden = words === '';
      row.classList.toggle('cue--wrong', words !== '');
    });
  }

  private words(code: string, params: Readonly<Record<string, string | number>>): string {
    const sentence = this.box.querySelector(`[data-words-of="${code}"]`)?.textContent ?? '';
    return sentence.replace(/%(\w+)%/g, (_, name: string) => String(params[name] ?? ''));
  }

  private say(what: string, value = ''): void {
    const said = this.find('[data-said]');
    const key = `say${what.charAt(0).toUpperCase()}${what.slice(1)}`;
    said.textContent = (said.dataset[key] ?? '').replace('%%', value);
  }

  private find<T extends HTMLElement = HTMLElement>(selector: string): T {
    const found = this.box.querySelector<T>(selector);
    if (!found) throw new Error(`The captions have no ${selector}`);
    return found;
  }
}

for (const box of document.querySelectorAll<HTMLElement>('[data-caption-list]')) {
  const text = box.querySelector<HTMLTextAreaElement>('textarea.author-captions');
  if (text) new CaptionList(box, text).start();
}
