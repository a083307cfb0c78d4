import Hls from 'hls.js';

/** Plays HLS where the browser itself cannot. Loaded only then, and only once somebody wants to see the video. */
export interface HlsPlayer {
  /** Shows another playlist, from `seconds` on. */
  load(url: string, seconds: number): void;
}

const BUFFER_SECONDS = 20;

/** @param onFailed called when playing cannot go on, after the retries */
export function attachHls(video: HTMLVideoElement, onFailed: () => void): HlsPlayer | undefined {
  if (!Hls.isSupported()) return undefined;
  let hls: Hls | undefined;
  return {
    load(url, seconds) {
      hls?.destroy();
      // No worker: it would be made of a blob, which the content policy refuses.
      hls = new Hls({
        enableWorker: false,
        startPosition: seconds,
        maxBufferLength: BUFFER_SECONDS,
        enableWebVTT: false,
      });
      hls.on(Hls.Events.ERROR, (_, { fatal }) => {
        if (fatal) onFailed();
      });
      hls.loadSource(url);
      hls.attachMedia(video);
    },
  };
}
