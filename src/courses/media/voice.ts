/** Samples a second of a narration voice. */
export const VOICE_RATE = 16_000;
/** Amplitude below which a sample is silence, of 32,767. */
const SILENCE = 160;
/** Samples kept before and after the speech, 30 ms. */
const MARGIN = VOICE_RATE * 0.03;
/** Highest amplitude after levelling, 1 dB below full scale. */
const PEAK = 29_200;

/** The voice the committed media are spoken by; `id` names engine, voice and speed and is part of every media digest. */
export const NARRATOR = { id: 'svoxpico-wasm 0.2.0 fr-FR nk0 speed 92', speedPercent: 92 } as const;

/** Something that speaks French; the media pipeline is given one. */
export interface Voice {
  /** Names engine, voice and speed; a change of it means all is to be spoken again. */
  readonly id: string;
  /** Mono samples at {@link VOICE_RATE} of a text already put into words. */
  say(text: string): Int16Array;
}

/** Without the silence before and after. */
export function trimmed(samples: Int16Array): Int16Array {
  const loud = (sample: number): boolean => Math.abs(sample) > SILENCE;
  const first = samples.findIndex(loud);
  if (first === -1) return samples.subarray(0, 0);
  const last = samples.findLastIndex(loud);
  return samples.subarray(Math.max(0, first - MARGIN), Math.min(samples.length, last + MARGIN));
}

/** Length of samples in whole milliseconds. */
export function lengthMs(samples: Int16Array): number {
  return Math.round((samples.length / VOICE_RATE) * 1000);
}

/** One track of `durationMs` with each part at its time, as loud as it can be without clipping. */
export function mixed(
  parts: readonly { readonly startMs: number; readonly samples: Int16Array }[],
  durationMs: number,
): Int16Array {
  const track = new Int16Array(Math.round((durationMs / 1000) * VOICE_RATE));
  for (const { startMs, samples } of parts) {
    const offset = Math.round((startMs / 1000) * VOICE_RATE);
    track.set(samples.subarray(0, Math.max(0, track.length - offset)), offset);
  }
  const peak = track.reduce((highest, sample) => Math.max(highest, Math.abs(sample)), 1);
  return track.map((sample) => Math.round((sample * PEAK) / peak));
}
