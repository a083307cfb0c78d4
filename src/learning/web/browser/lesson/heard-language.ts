import { onChosen, remember, remembered } from '../../../../shared/web/browser/listen/remembered.js';

/** A sound in no language is chosen for this page alone: there is nothing to remember. */
const NO_LANGUAGE = 'none';

/** The language that a film is heard in: what somebody listens in elsewhere, else the film's own. */
export class HeardLanguage {
  private constructor(private readonly select: HTMLSelectElement) {}

  /** @param onChange called with a choice here or elsewhere on the page; @returns undefined where there is nothing to choose */
  static in(player: HTMLElement, onChange: () => void): HeardLanguage | undefined {
    const select = player.querySelector<HTMLSelectElement>('[data-heard]');
    if (!select) return undefined;
    const has = (lang: string): boolean => [...select.options].some(({ value }) => value === lang);
    const last = remembered();
    if (last !== undefined && has(last)) select.value = last;
    select.addEventListener('change', () => {
      if (select.value === NO_LANGUAGE) onChange();
      else remember(select.value);
    });
    onChosen((lang) => {
      if (!has(lang)) return;
      select.value = lang;
      onChange();
    });
    return new HeardLanguage(select);
  }

  get value(): string {
    return this.select.value;
  }

  /** Playlist of the sound alone. */
  get src(): string {
    return this.select.selectedOptions[0]?.dataset.src ?? '';
  }
}
