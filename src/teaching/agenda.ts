/** How long a session is. */
export const SESSION_FORMATS = ['day', 'half', 'ramadan'] as const;
export type SessionFormat = (typeof SESSION_FORMATS)[number];

/** A line of the agenda; the key names its words, a workshop takes modules of the course. */
export interface AgendaLine {
  /** Local time, as HH:MM. */
  readonly from: string;
  readonly to: string;
  readonly key: string;
  readonly workshop?: true;
}

const line = (from: string, to: string, key: string): AgendaLine => ({ from, to, key });
const workshop = (from: string, to: string): AgendaLine => ({ from, to, key: 'workshop', workshop: true });

/** Two trainers, 25 to 30 people. */
export const AGENDAS: Readonly<Record<SessionFormat, readonly AgendaLine[]>> = {
  day: [
    line('08:45', '09:15', 'welcome'),
    line('09:15', '09:25', 'partners'),
    line('09:25', '09:45', 'before'),
    workshop('09:45', '10:45'),
    line('10:45', '11:00', 'break'),
    workshop('11:00', '12:15'),
    line('12:15', '13:45', 'lunch'),
    workshop('13:45', '15:00'),
    workshop('15:00', '15:45'),
    line('15:45', '16:00', 'safety'),
    line('16:00', '16:20', 'after'),
    line('16:20', '16:30', 'end'),
  ],
  half: [
    line('09:00', '09:15', 'welcome'),
    line('09:15', '09:30', 'before'),
    workshop('09:30', '10:45'),
    line('10:45', '11:00', 'break'),
    workshop('11:00', '12:15'),
    line('12:15', '12:35', 'after'),
    line('12:35', '12:45', 'end'),
  ],
  ramadan: [
    line('09:30', '09:45', 'welcome'),
    line('09:45', '10:00', 'before'),
    workshop('10:00', '11:20'),
    line('11:20', '11:35', 'pause'),
    workshop('11:35', '12:55'),
    line('12:55', '13:20', 'after'),
    line('13:20', '13:30', 'end'),
  ],
};

/** The modules of a short session, by their place in the course, unless the trainer chooses others. */
const SHORT_SESSION = [2, 3];

/** Which modules a session takes when nobody has chosen. */
export function usualModules<T extends { readonly position: number }>(
  format: SessionFormat,
  modules: readonly T[],
): T[] {
  const some = modules.filter(({ position }) => SHORT_SESSION.includes(position));
  return format === 'day' || some.length === 0 ? [...modules] : some;
}

/** Gives each workshop its share of the modules, in their order; a longer one gets more. */
export function shareOut<T>(lines: readonly AgendaLine[], modules: readonly T[]): Map<AgendaLine, T[]> {
  const workshops = lines.filter((one) => one.workshop);
  const total = workshops.reduce((sum, one) => sum + minutesOf(one), 0);
  let spent = 0;
  let taken = 0;
  return new Map(
    workshops.map((one) => {
      spent += minutesOf(one);
      const until = Math.round((spent / total) * modules.length);
      const share = modules.slice(taken, until);
      taken = until;
      return [one, share];
    }),
  );
}

function minutesOf({ from, to }: AgendaLine): number {
  return minuteOfDay(to) - minuteOfDay(from);
}

function minuteOfDay(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
