/**
 * Saves a part while somebody writes it, and shows its Markdown as a learner reads it. The form saves by itself too; what
 * is refused stays in the boxes.
 */

/** Milliseconds without a key before a save, and after one that found no network. */
const QUIET_MS = 1200;
const RETRY_MS = 8000;

interface Saved {
  revision: number;
  previews: { name: string; html: string }[];
}

interface Refusal {
  code?: string;
  errors?: { pointer: string; detail: string }[];
}

class AutoSave {
  private timer = 0;
  private isSaving = false;
  private isStopped = false;
  private readonly revision: HTMLInputElement | null;
  private readonly state: HTMLElement | null;

  constructor(private readonly form: HTMLFormElement) {
    this.revision = form.querySelector('input[name="revision"]');
    this.state = form.querySelector('[data-state]');
    form.addEventListener('input', () => this.later(QUIET_MS));
    form.addEventListener('submit', () => this.stop());
  }

  private stop(): void {
    window.clearTimeout(this.timer);
    this.isStopped = true;
  }

  private later(ms: number): void {
    window.clearTimeout(this.timer);
    if (!this.isStopped) this.timer = window.setTimeout(() => void this.save(), ms);
  }

  private say(text: string | undefined): void {
    if (this.state) this.state.textContent = text ?? '';
  }

  private fields(): Record<string, string | string[]> {
    const data = new FormData(this.form);
    const names = [...new Set(data.keys())].filter((name) => /^[tnbls]:\//.test(name));
    return Object.fromEntries(
      names.map((name) => {
        const values = data.getAll(name).map(String);
        return [name, /^[ls]:/.test(name) ? values.filter((value) => value !== '') : (values.at(-1) ?? '')];
      }),
    );
  }

  private async save(): Promise<void> {
    if (this.isSaving) return this.later(QUIET_MS);
    this.isSaving = true;
    const { api = '', file, part, csrf = '', saving, offline } = this.form.dataset;
    this.say(saving);
    try {
      const answer = await fetch(api, {
        method: 'PATCH',
        headers: {
          'content-type': 'application/json',
          'if-match': `"${this.revision?.value}"`,
          'x-csrf-token': csrf,
        },
        body: JSON.stringify({ file, part, fields: this.fields() }),
      });
      if (!this.isStopped) this.show(answer.status, (await answer.json()) as Saved & Refusal);
    } catch {
      this.say(offline);
      this.later(RETRY_MS);
    } finally {
      this.isSaving = false;
    }
  }

  private show(status: number, answer: Saved & Refusal): void {
    const { saved = '', wrong, clash, offline } = this.form.dataset;
    if (status === 409) {
      this.stop();
      return this.say(clash);
    }
    this.mark(status === 422 ? (answer.errors ?? []) : []);
    if (status === 422) return this.say(wrong);
    if (status !== 200) {
      this.say(offline);
      return this.later(RETRY_MS);
    }
    for (const revision of document.querySelectorAll<HTMLInputElement>('input[name="revision"]'))
      revision.value = String(answer.revision);
    for (const { name, html } of answer.previews) {
      const preview = [...this.form.querySelectorAll<HTMLElement>('[data-preview]')].find(
        (one) => one.dataset.preview === name,
      );
      // Made by the server, of the few marks it allows; the page's policy runs no script in it either.
      if (preview) preview.innerHTML = html;
    }
    this.say(saved.replace('%%', new Date().toTimeString().slice(0, 5)));
  }

  /** The server's words at each field, and none where it has none. */
  private mark(errors: { pointer: string; detail: string }[]): void {
    for (const control of this.form.querySelectorAll<HTMLElement>(
      '[name^="t:/"], [name^="n:/"], [name^="b:/"], [name^="l:/"], [name^="s:/"]',
    )) {
      const pointer = (control.getAttribute('name') ?? '').slice(2);
      const detail = errors.find((error) => error.pointer === pointer)?.detail;
      const field = control.closest('.field');
      let note = field?.querySelector<HTMLElement>(':scope > [data-live-error]');
      if (detail && field && !note) {
        note = document.createElement('p');
        note.className = 'field__error';
        note.dataset.liveError = '';
        note.id = `${control.id}-live`;
        control.before(note);
        control.setAttribute('aria-describedby', note.id);
      }
      if (note) note.textContent = detail ?? '';
      if (detail) control.setAttribute('aria-invalid', 'true');
      else if (note) control.removeAttribute('aria-invalid');
    }
  }
}

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-author]')) new AutoSave(form);
