import type { ListeningLanguage } from '../listening/listening-language.js';

/** Names of languages in themselves, as a player lists the sounds of a film; `none` where nobody speaks. */
export const NAMES_IN_THEMSELVES: Readonly<Record<ListeningLanguage | 'none', string>> = {
  fr: 'Français',
  ar: 'العربية',
  ary: 'الدارجة',
  rif: 'Tarifit',
  zgh: 'ⵜⴰⵎⴰⵣⵉⵖⵜ',
  none: 'Audio',
};
