import type { ListeningLanguage } from '../listening/listening-language.js';
import { NAMES_IN_THEMSELVES } from './language-names.js';

/** Bits a second of a sound. */
interface Rates {
  readonly bandwidth: number;
  readonly averageBandwidth: number;
}

/** A sound that was added to a film; its playlist as a path beside the new master. */
export interface AddedSound extends Rates {
  readonly lang: ListeningLanguage;
  readonly playlist: string;
}

/**
 * The master playlist of a film in several languages: its sizes, and its sounds in one group. A sound in the language
 * that the film speaks itself stands in place of the film's own.
 *
 * @param master as the film was made with one sound
 * @param own the film's own sound: rates, and its language where somebody speaks
 * @param folder of `master`, as a path beside the new one
 */
export function languagesPlaylist(
  master: string,
  own: Rates & { readonly lang?: ListeningLanguage },
  sounds: readonly AddedSound[],
  folder: string,
): string {
  const isReplaced = sounds.some(({ lang }) => lang === own.lang);
  const heard: Rates[] = isReplaced ? [...sounds] : [own, ...sounds];
  const [most, usual] = [
    Math.max(...heard.map(({ bandwidth }) => bandwidth)),
    Math.max(...heard.map(({ averageBandwidth }) => averageBandwidth)),
  ];
  const first = sounds.find(({ lang }) => lang === own.lang);
  const raised = (line: string): string =>
    line
      // A choice of the sound alone has no size: its rates are those of the sounds themselves.
      .replace(/([:,])BANDWIDTH=(\d+)/, (_, before: string, rate: string) =>
        [before, 'BANDWIDTH=', Number(rate) - own.bandwidth + most].join(''),
      )
      .replace(
        /AVERAGE-BANDWIDTH=(\d+)/,
        (_, rate: string) => `AVERAGE-BANDWIDTH=${Number(rate) - own.averageBandwidth + usual}`,
      );
  let isAlone = false;
  return master
    .split('\n')
    .flatMap((line) => {
      if (line.startsWith('#EXT-X-MEDIA:')) {
        const group = /GROUP-ID="([^"]*)"/.exec(line)?.[1] ?? '';
        const kept = isReplaced ? [] : [line.replace(/URI="([^"]*)"/, `URI="${folder}/$1"`)];
        return [...kept, ...sounds.map((sound) => soundLine(sound, group, sound === first))];
      }
      if (line.startsWith('#EXT-X-STREAM-INF:')) {
        isAlone = !line.includes('RESOLUTION=');
        return [raised(line)];
      }
      if (line.startsWith('#') || line === '') return [line];
      return [isAlone && first ? first.playlist : `${folder}/${line}`];
    })
    .join('\n');
}

function soundLine({ lang, playlist }: AddedSound, group: string, isDefault: boolean): string {
  const attributes = [
    ...['TYPE=AUDIO', `GROUP-ID="${group}"`, `NAME="${NAMES_IN_THEMSELVES[lang]}"`, `LANGUAGE="${lang}"`],
    ...[`DEFAULT=${isDefault ? 'YES' : 'NO'}`, 'AUTOSELECT=YES', 'CHANNELS="1"', `URI="${playlist}"`],
  ];
  return `#EXT-X-MEDIA:${attributes.join(',')}`;
}
