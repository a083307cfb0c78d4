import { SEGMENT_SECONDS } from '../shared/film/hls-output.js';

/** A rate of pictures as a fraction, so that 30000/1001 stays what it is. */
export interface Rate {
  readonly num: number;
  readonly den: number;
}

/** One size of a film; `name` says its short side, bits a second are the most it ever takes. */
export interface Rendition {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly rate: Rate;
  /** Pictures from one key frame to the next. */
  readonly gop: number;
  readonly maxBitrate: number;
  /** x264's constant quality, lower is better; what it gives is kept under `maxBitrate`. */
  readonly crf: number;
}

/** Short sides that films are offered in, with what each may take. 90 seconds of 240p and sound stay within 1.2 MB. */
const RUNGS = [
  { short: 144, maxBitrate: 40_000, crf: 30 },
  { short: 240, maxBitrate: 62_000, crf: 29 },
  { short: 360, maxBitrate: 180_000, crf: 28 },
  { short: 480, maxBitrate: 380_000, crf: 27 },
] as const;
/** Up to this short side every second picture is left out where there are many: few bits make few good pictures. */
const HALVED_UP_TO = 240;
const HALVED_OVER = 20;
/** Pictures a second at most. */
export const MOST_RATE = 30;

/**
 * The sizes of a film whose pictures are `width` × `height` as they are seen: each rung that the short side reaches,
 * and the source's own size where it lies between two rungs or below the first. Never one above the source.
 */
export function ladder(width: number, height: number, rate: Rate): Rendition[] {
  const source = Math.min(width, height);
  const largest = RUNGS[RUNGS.length - 1]?.short ?? source;
  const reached = RUNGS.filter(({ short }) => short <= source).map(({ short }) => short as number);
  const own = even(source);
  if (source < largest && !reached.includes(own)) reached.push(own);
  const full = framesBetweenKeys(rate);
  return reached.map((short) => {
    const halved = short <= HALVED_UP_TO && rate.num / rate.den > HALVED_OVER;
    return {
      name: `${short}p`,
      ...sized(width, height, short),
      rate: halved ? { num: rate.num, den: rate.den * 2 } : rate,
      gop: halved ? full / 2 : full,
      ...allowance(short),
    };
  });
}

/** Pictures from one key frame to the next at full rate: even, so that half the rate has its key frames at the same times. */
export function framesBetweenKeys({ num, den }: Rate): number {
  const frames = (SEGMENT_SECONDS * num) / den;
  return num / den > HALVED_OVER ? 2 * Math.round(frames / 2) : Math.max(1, Math.round(frames));
}

/**
 * The constant rate of a film. `average` and `base` are ffprobe's two ideas of the source's rate: they agree where it is
 * constant; where they do not, pictures come when they like, and every one that a base of 30 shows is kept.
 */
export function constantRate(average: Rate | undefined, base: Rate | undefined): Rate {
  const of = (rate: Rate | undefined): number => (rate ? rate.num / rate.den : NaN);
  const isConstant = Math.abs(of(average) - of(base)) <= 0.01 * of(average);
  const rate = (isConstant ? average : base) ?? average;
  let value = of(rate);
  if (!rate || !Number.isFinite(value) || value <= 0) return { num: MOST_RATE, den: 1 };
  if (value < 1) return { num: 1, den: 1 };
  // 50 and 60 become 25 and 30 without a stutter, 59.94 becomes 29.97.
  let { den } = rate;
  while (value > 1.1 * MOST_RATE && isConstant && value <= 4.1 * MOST_RATE) {
    den *= 2;
    value /= 2;
  }
  return value > MOST_RATE ? { num: MOST_RATE, den: 1 } : tidy({ num: rate.num, den });
}

/** Cameras say 2997003/100000 for what is 30000/1001; a fraction of small numbers, within a thousandth. */
function tidy({ num, den }: Rate): Rate {
  const value = num / den;
  for (const known of [1, 1001]) {
    const whole = Math.round((value * known) / (known === 1 ? 1 : 1000));
    const near = known === 1 ? whole : (whole * 1000) / known;
    if (whole > 0 && Math.abs(near - value) < value * 0.0004)
      return known === 1 ? { num: whole, den: 1 } : { num: whole * 1000, den: known };
  }
  return { num: Math.round(value * 1000), den: 1000 };
}

function sized(width: number, height: number, short: number): { width: number; height: number } {
  const [low, high] = [Math.min(width, height), Math.max(width, height)];
  const long = Math.min(2 * Math.round((high * short) / low / 2), even(high));
  return width < height ? { width: short, height: long } : { width: long, height: short };
}

function allowance(short: number): { maxBitrate: number; crf: number } {
  const above = RUNGS.find((rung) => rung.short >= short) ?? RUNGS[RUNGS.length - 1] ?? RUNGS[0];
  const share = Math.min(1, short / above.short);
  return { maxBitrate: Math.round(above.maxBitrate * share), crf: above.crf };
}

/** H.264 with half the colour knows even sides only. */
function even(pixels: number): number {
  return 2 * Math.floor(pixels / 2);
}
