import { allFacts, dropFacts, type Fact } from './database.js';

/**
 * What a person did on this phone and the server has not, or has just marked, or did not take: how many wait, and a line
 * for each. Never anybody else's.
 */
export class KeptList {
  private constructor(private readonly root: HTMLElement) {}

  static onPage(): KeptList | undefined {
    const root = document.getElementById('kept');
    return root ? new KeptList(root) : undefined;
  }

  async show(owner: string | undefined): Promise<void> {
    const mine = (await allFacts().catch(() => [])).filter((fact) => fact.owner === owner);
    const rows = rowsOf(mine.filter(({ state }) => state !== 'taken'));
    const waiting = rows.filter(([fact]) => fact?.state === 'waiting').length;
    const count = this.root.querySelector<HTMLElement>('[data-count]');
    if (count) count.textContent = (count.dataset['count'] ?? '').replace('%%', String(waiting));
    if (count) count.hidden = waiting === 0;
    const list = this.root.querySelector('[data-rows]');
    list?.replaceChildren(...rows.map((facts) => this.row(facts, owner)));
    this.root.hidden = rows.length === 0;
  }

  private row(facts: readonly Fact[], owner: string | undefined): Node {
    const [fact] = facts;
    if (!fact) return document.createTextNode('');
    const name = `${fact.state}-${fact.kind}`;
    const template = this.root.querySelector<HTMLTemplateElement>(`template[data-row~="${name}"]`);
    const row = template?.content.firstElementChild?.cloneNode(true) as HTMLElement | undefined;
    if (!row) return document.createTextNode('');
    const write = (selector: string, text: string | undefined): void => {
      const place = row.querySelector(selector);
      if (place) place.textContent = text ?? '';
    };
    write('[data-lesson]', fact.title);
    write('[data-why]', fact.why);
    if (fact.result) {
      const sentence = row.querySelector<HTMLElement>('[data-result]');
      const { score, max, href } = fact.result;
      if (sentence)
        sentence.textContent = (sentence.dataset['result'] ?? '')
          .replace('%a', String(score))
          .replace('%b', String(max));
      row.querySelector('a')?.setAttribute('href', href);
    } else row.querySelector('a')?.setAttribute('href', fact.form ?? fact.href);
    const remove = async (): Promise<void> => {
      await dropFacts(facts.map(({ id }) => id));
      await this.show(owner);
    };
    row.querySelector('[data-remove]')?.addEventListener('click', () => void remove());
    return row;
  }
}

/** A line is a form that was sent, all that was watched of one video, or all that was done in one shop. */
function rowsOf(facts: readonly Fact[]): Fact[][] {
  const rows = new Map<string, Fact[]>();
  for (const fact of facts) {
    const isOfMany = fact.kind === 'watched' || fact.kind === 'deed';
    const key = isOfMany ? `${fact.url} ${fact.state}` : fact.id;
    rows.set(key, [...(rows.get(key) ?? []), fact]);
  }
  return [...rows.values()];
}
