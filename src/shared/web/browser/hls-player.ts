import Hls, { type MediaPlaylist } from 'hls.js';

/** Plays HLS where the browser itself cannot. Loaded only then, and only once somebody wants to see the video. */
export interface HlsPlayer {
  /** Shows another playlist, from `seconds` on, and lets the sound of `lang` be heard where it has one. */
  load(url: string, seconds: number, lang?: string): void;
  /** Goes on with the sound of another language, without a break in the pictures. */
  hear(lang: string): void;
}

/** What the script gives to whoever loads it. */
export interface HlsPlayerScript {
  attachHls: typeof attachHls;
}

const BUFFER_SECONDS = 20;
/** However fast the line: what is fetched and never seen costs somebody money. */
const FURTHEST_SECONDS = 60;
/** What a sound without a language is called here, and in addresses. */
const NO_LANGUAGE = 'none';

/** @param onFailed called when playing cannot go on, after the retries */
export function attachHls(video: HTMLVideoElement, onFailed: () => void): HlsPlayer | undefined {
  if (!Hls.isSupported()) return undefined;
  let hls: Hls | undefined;
  let wanted: string | undefined;
  const apply = (): void => {
    const track = hls?.audioTracks.findIndex((each) => languageOf(each) === wanted) ?? -1;
    if (hls && track >= 0 && hls.audioTrack !== track) hls.audioTrack = track;
  };
  return {
    load(url, seconds, lang) {
      hls?.destroy();
      wanted = lang;
      // No worker: it would be made of a blob, which the content policy refuses.
      hls = new Hls({
        enableWorker: false,
        startPosition: seconds,
        maxBufferLength: BUFFER_SECONDS,
        maxMaxBufferLength: FURTHEST_SECONDS,
        enableWebVTT: false,
        // Asked for from the first segment on: nothing of another sound is loaded.
        ...(lang === undefined || lang === NO_LANGUAGE ? {} : { audioPreference: { lang } }),
      });
      hls.on(Hls.Events.ERROR, (_, { fatal }) => {
        if (fatal) onFailed();
      });
      hls.on(Hls.Events.AUDIO_TRACKS_UPDATED, apply);
      hls.loadSource(url);
      hls.attachMedia(video);
    },
    hear(lang) {
      wanted = lang;
      apply();
    },
  };
}

function languageOf({ lang }: MediaPlaylist): string {
  return lang ?? NO_LANGUAGE;
}
