import { foldText } from '../../../../shared/text/fold.js';
import type { QueueState, Review } from './event-sender.js';

export type Mark = 'present' | 'partial' | 'absent';

const MARKS = new Set<unknown>(['present', 'partial', 'absent']);

/** The page as the script sees it: rows, counts, what waits. */
export class RollPage {
  constructor(private readonly root: HTMLElement) {}

  /** What the row of an enrolment shows now. */
  markOf(enrolmentId: string): Mark | undefined {
    const mark = this.row(enrolmentId)?.dataset.mark;
    return MARKS.has(mark) ? (mark as Mark) : undefined;
  }

  /** Shows a mark on its row and in the counts. */
  show(enrolmentId: string, mark: Mark): void {
    const row = this.row(enrolmentId);
    if (!row) return;
    row.dataset.mark = mark;
    for (const button of row.querySelectorAll<HTMLElement>('[data-tap]'))
      button.setAttribute('aria-pressed', String(button.dataset.tap === mark));
    this.count();
  }

  /** Shows the people whose names hold every word, in either script. */
  filter(query: string): void {
    const words = foldText(query).split(' ');
    let shown = 0;
    for (const row of this.rows()) {
      row.hidden = !words.every((word) => row.dataset.key?.includes(word));
      if (!row.hidden) shown += 1;
    }
    const nobody = this.root.querySelector<HTMLElement>('[data-nobody]');
    if (nobody) nobody.hidden = shown > 0;
  }

  tellQueue(state: QueueState, waiting: number): void {
    const box = this.root.querySelector<HTMLElement>('[data-queue]');
    if (!box) return;
    // Nothing is said before there was anything to say.
    if (box.hidden && state === 'sent') return;
    box.hidden = false;
    for (const line of box.querySelectorAll<HTMLElement>('[data-state]'))
      line.hidden = line.dataset.state !== state;
    for (const figure of box.querySelectorAll('[data-waiting]')) figure.textContent = String(waiting);
  }

  tellReviews(reviews: readonly Review[]): void {
    const list = this.root.querySelector('[data-reviews]');
    for (const { detail } of reviews) {
      const line = document.createElement('p');
      line.className = 'alert alert--warn';
      line.textContent = detail;
      list?.prepend(line);
    }
  }

  private rows(): NodeListOf<HTMLElement> {
    return this.root.querySelectorAll<HTMLElement>('[data-person]');
  }

  private row(enrolmentId: string): HTMLElement | null {
    return this.root.querySelector<HTMLElement>(`[data-person="${CSS.escape(enrolmentId)}"]`);
  }

  /** Recounts the rows that are on the page; a search on the server shows some only, and its counts stay the server's. */
  private count(): void {
    const total = new Map<string, number>();
    for (const row of this.rows()) {
      const mark = row.dataset.mark ?? '';
      total.set(mark, (total.get(mark) ?? 0) + 1);
    }
    if (new URLSearchParams(location.search).get('q')) return;
    for (const figure of this.root.querySelectorAll<HTMLElement>('[data-count]'))
      figure.textContent = String(total.get(figure.dataset.count ?? '') ?? 0);
  }
}
