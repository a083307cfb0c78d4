/** A unit in which a person was present. */
export interface AttendedUnit {
  sessionId: string;
  /** Number of the unit in its session: the same half-day of the course wherever it is held. */
  n: number;
  endsAt: Date;
}

/** What a person has learned of a course outside the room. */
export interface Learned {
  /** Published modules of the course; 0 for a course that is held in the room only. */
  modules: number;
  /** Those of them that the person has finished. */
  modulesDone: number;
  /** Best result over the course's quizzes, 0 to 100; null for a course without a quiz. */
  quizPercent: number | null;
  /** When the last of it was reached; null while nothing was. */
  reachedAt: Date | null;
}

/** What a campaign asks for, in percent. */
export interface CompletionShares {
  attendance: number;
  quiz: number;
}

/** Everything that decides whether a person has completed a course in a campaign. */
export interface CompletionFacts {
  /** Units of the course: those of the longest of its sessions that the person could attend. */
  units: number;
  attended: readonly AttendedUnit[];
  learned: Learned;
  shares: CompletionShares;
}

/** What is frozen with a completion, and told to whoever has none. */
export interface CompletionEvidence {
  attendance: { units: number; of: number; share: number; sessions: Record<string, number[]> };
  modules: { done: number; of: number };
  quiz: { percent: number | null; share: number };
}

export type CompletionRule = 'attendance' | 'modules' | 'quiz';

export interface Judgement {
  /** The rules that fail; none for a completion. */
  failing: CompletionRule[];
  /** When the last condition was met; null while one fails. */
  reachedAt: Date | null;
  evidence: CompletionEvidence;
}

/**
 * Completion: enough of the course's units attended, whichever session they were in, and every module, and the quiz.
 * Whoever was in no unit completes nothing, whatever the shares say.
 */
export function judge({ units, attended, learned, shares }: CompletionFacts): Judgement {
  const reached = reachedOf(attended);
  const needed = unitsNeeded(units, shares.attendance);
  const failing: CompletionRule[] = [];
  if (units === 0 || reached.length < needed) failing.push('attendance');
  if (learned.modulesDone < learned.modules) failing.push('modules');
  if (learned.quizPercent !== null && learned.quizPercent < shares.quiz) failing.push('quiz');
  const inRoom = reached[needed - 1];
  return {
    failing,
    reachedAt: failing.length > 0 || !inRoom ? null : latest(inRoom, learned.reachedAt),
    evidence: {
      attendance: {
        units: Math.min(reached.length, units),
        of: units,
        share: shares.attendance,
        sessions: bySession(attended),
      },
      modules: { done: learned.modulesDone, of: learned.modules },
      quiz: { percent: learned.quizPercent, share: shares.quiz },
    },
  };
}

/** Half-days that make the share of a course; at least one, whatever the share. */
export function unitsNeeded(units: number, share: number): number {
  return Math.max(1, Math.ceil((units * share) / 100));
}

/** When each different half-day was first finished, in the order of time. */
function reachedOf(attended: readonly AttendedUnit[]): Date[] {
  const first = new Map<number, Date>();
  for (const { n, endsAt } of attended) {
    const known = first.get(n);
    if (!known || endsAt < known) first.set(n, endsAt);
  }
  return [...first.values()].sort((a, b) => a.getTime() - b.getTime());
}

function bySession(attended: readonly AttendedUnit[]): Record<string, number[]> {
  const sessions: Record<string, number[]> = {};
  const inOrder = [...attended].sort((a, b) =>
    a.sessionId < b.sessionId ? -1 : a.sessionId > b.sessionId ? 1 : a.n - b.n,
  );
  for (const { sessionId, n } of inOrder) (sessions[sessionId] ??= []).push(n);
  return sessions;
}

function latest(one: Date, other: Date | null): Date {
  return other && other > one ? other : one;
}
