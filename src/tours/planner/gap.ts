import {
  BEFORE_AFTERNOON_MINUTES,
  BEFORE_MORNING_MINUTES,
  type Half,
  LONGEST_DRIVE_MINUTES,
  MIDDAY_MINUTES,
} from './problem.js';

/** What the way from one class to the next costs. */
export interface Way {
  minutes: number;
  /** Nights away from home between the two. */
  nights: number;
  viaHome: boolean;
}

/** Minutes first, then nights: one number that compares as both do. Nights of a plan stay far below the factor. */
export const MINUTE_WEIGHT = 10_000;
export const costOf = ({ minutes, nights }: Pick<Way, 'minutes' | 'nights'>): number =>
  minutes * MINUTE_WEIGHT + nights;

/** Nights on the way from home to a class: none when the road fits before it. */
export function nightsOut(minutes: number, half: Half): number {
  const before = half === 0 ? BEFORE_MORNING_MINUTES : BEFORE_AFTERNOON_MINUTES;
  return minutes <= before ? 0 : Math.ceil(minutes / LONGEST_DRIVE_MINUTES);
}

/** Nights on the way home after the last class of a day: none when one evening is enough. */
export function nightsBack(minutes: number): number {
  return Math.max(0, Math.ceil(minutes / LONGEST_DRIVE_MINUTES) - 1);
}

export interface Gap {
  /** Driving minutes from the one to the other, and by way of home. */
  direct: number;
  /** Null without a home. */
  toHome: number | null;
  fromHome: number | null;
  isFromHome: boolean;
  isToHome: boolean;
  /** Calendar days from the last day of the one to the first of the other. */
  days: number;
  /** When the next one begins. */
  half: Half;
}

/** The cheapest way between two classes of a team, minutes first, then nights; undefined when there is not time enough. */
export function wayBetween(gap: Gap): Way | undefined {
  const straight = straightOn(gap);
  const home = byHome(gap);
  if (!straight || !home) return straight ?? home;
  return costOf(home) < costOf(straight) ? home : straight;
}

function straightOn({ direct, isFromHome, isToHome, days, half }: Gap): Way | undefined {
  const way = { minutes: direct, viaHome: false };
  if (days === 0) return direct <= MIDDAY_MINUTES ? { ...way, nights: 0 } : undefined;
  if (direct > days * LONGEST_DRIVE_MINUTES) return undefined;
  if (isFromHome && isToHome) return { ...way, nights: 0 };
  if (isFromHome) return { ...way, nights: nightsOut(direct, half) };
  return { ...way, nights: isToHome ? nightsBack(direct) : days };
}

/** Sleeping at home between the two, at least once. */
function byHome({ toHome, fromHome, isFromHome, isToHome, days, half }: Gap): Way | undefined {
  if (toHome === null || fromHome === null || isFromHome || isToHome) return undefined;
  if (!Number.isFinite(toHome + fromHome)) return undefined;
  const nights = nightsBack(toHome) + nightsOut(fromHome, half);
  return nights <= days - 1 ? { minutes: toHome + fromHome, nights, viaHome: true } : undefined;
}
