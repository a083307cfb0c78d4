import fc from 'fast-check';
import { holds } from '../../test/support/property.js';
import { type AttendedUnit, type CompletionFacts, judge, type Learned } from './completion.rule.js';

const nothing: Learned = { modules: 0, modulesDone: 0, quizPercent: null, reachedAt: null };
const day = (n: number): Date => new Date(Date.UTC(2027, 0, n));
const unit = (n: number, sessionId = 'tetouan', on = n): AttendedUnit => ({ sessionId, n, endsAt: day(on) });
const facts = (more: Partial<CompletionFacts>): CompletionFacts => ({
  units: 2,
  attended: [],
  learned: nothing,
  shares: { attendance: 80, quiz: 60 },
  ...more,
});

const attended = fc.array(
  fc.record({
    sessionId: fc.constantFrom('a', 'b', 'c'),
    n: fc.integer({ min: 1, max: 6 }),
    endsAt: fc.integer({ min: 1, max: 20 }).map(day),
  }),
  { maxLength: 12 },
);
const learned = fc.record({
  modules: fc.nat(6),
  modulesDone: fc.nat(6),
  quizPercent: fc.option(fc.nat(100)),
  reachedAt: fc.option(fc.integer({ min: 1, max: 30 }).map(day)),
});
const any: fc.Arbitrary<CompletionFacts> = fc.record({
  units: fc.nat(6),
  attended,
  learned,
  shares: fc.record({ attendance: fc.nat(100), quiz: fc.nat(100) }),
});

describe('completion', () => {
  it('asks for the share of the course’s units', () => {
    expect(judge(facts({ attended: [unit(1)] })).failing).toEqual(['attendance']);
    expect(judge(facts({ attended: [unit(1), unit(2)] }))).toMatchObject({ failing: [], reachedAt: day(2) });
    expect(judge(facts({ units: 5, attended: [1, 2, 3, 4].map((n) => unit(n)) })).failing).toEqual([]);
    expect(judge(facts({ units: 5, attended: [1, 2, 3].map((n) => unit(n)) })).failing).toEqual([
      'attendance',
    ]);
    expect(judge(facts({ shares: { attendance: 50, quiz: 0 }, attended: [unit(2)] })).failing).toEqual([]);
    expect(judge(facts({ shares: { attendance: 51, quiz: 0 }, attended: [unit(2)] })).failing).toEqual([
      'attendance',
    ]);
  });

  it('takes a half-day made up elsewhere, and the same half-day twice for one', () => {
    const madeUp = judge(facts({ attended: [unit(1), unit(2, 'mdiq', 9)] }));
    expect(madeUp).toMatchObject({ failing: [], reachedAt: day(9) });
    expect(madeUp.evidence.attendance).toEqual({
      units: 2,
      of: 2,
      share: 80,
      sessions: { tetouan: [1], mdiq: [2] },
    });
    expect(judge(facts({ attended: [unit(1), unit(1, 'mdiq', 9)] })).failing).toEqual(['attendance']);
  });

  it('asks for every module and the quiz', () => {
    const attended = [unit(1), unit(2)];
    const of = (more: Partial<Learned>) =>
      judge(facts({ attended, learned: { ...nothing, ...more } })).failing;
    expect(of({ modules: 6, modulesDone: 5 })).toEqual(['modules']);
    expect(of({ modules: 6, modulesDone: 6 })).toEqual([]);
    expect(of({ quizPercent: 59 })).toEqual(['quiz']);
    expect(of({ quizPercent: 60 })).toEqual([]);
    expect(of({ quizPercent: null })).toEqual([]);
    expect(of({ modules: 6, quizPercent: 0 })).toEqual(['modules', 'quiz']);
  });

  it('tells what there is and what is needed', () => {
    const learned = { ...nothing, modules: 6, modulesDone: 4, quizPercent: 55 };
    const { evidence } = judge(facts({ attended: [unit(1)], learned }));
    expect(evidence.modules).toEqual({ done: 4, of: 6 });
    expect(evidence.quiz).toMatchObject({ percent: 55 });
    expect(evidence.quiz.share).toBe(facts({}).shares.quiz);
  });

  it('was reached when its last condition was', () => {
    const attended = [unit(1), unit(2)];
    const at = (reachedAt: Date | null) =>
      judge(facts({ attended, learned: { ...nothing, reachedAt } })).reachedAt;
    expect([at(null), at(day(1)), at(day(8))]).toEqual([day(2), day(2), day(8)]);
  });

  it('counts a half-day from the first time it was attended', () => {
    const twice = [unit(2, 'mdiq', 9), unit(1), unit(2, 'tetouan', 5), unit(2, 'larache', 12)];
    for (const attended of [twice, [...twice].reverse()]) {
      const { reachedAt, evidence } = judge(facts({ attended }));
      expect(reachedAt).toEqual(day(5));
      expect(evidence.attendance).toMatchObject({
        units: 2,
        sessions: { larache: [2], mdiq: [2], tetouan: [1, 2] },
      });
      expect(Object.keys(evidence.attendance.sessions)).toEqual(['larache', 'mdiq', 'tetouan']);
    }
  });

  it('never shows more half-days than the course has', () => {
    const { evidence } = judge(facts({ attended: [1, 2, 3].map((n) => unit(n)) }));
    expect(evidence.attendance).toMatchObject({ units: 2, of: 2 });
  });

  it('is nobody’s who was in no unit, whatever the shares', () => {
    holds(
      fc.property(any, (one) => {
        const { failing, reachedAt } = judge({ ...one, attended: [] });
        expect(failing).toContain('attendance');
        expect(reachedAt).toBeNull();
      }),
    );
  });

  it('holds exactly when nothing fails', () => {
    holds(fc.property(any, (one) => (judge(one).failing.length === 0) === (judge(one).reachedAt !== null)));
  });

  it('is the arithmetic of the three rules', () => {
    holds(
      fc.property(any, (one) => {
        const different = new Set(one.attended.map(({ n }) => n)).size;
        const room = one.units > 0 && different > 0 && different * 100 >= one.units * one.shares.attendance;
        const modules = one.learned.modulesDone >= one.learned.modules;
        const quiz = one.learned.quizPercent === null || one.learned.quizPercent >= one.shares.quiz;
        expect(judge(one).failing).toEqual([
          ...(room ? [] : ['attendance']),
          ...(modules ? [] : ['modules']),
          ...(quiz ? [] : ['quiz']),
        ]);
      }),
    );
  });

  it('does not depend on the order of units, or on hearing of one twice', () => {
    const shuffled = any.chain((one) =>
      fc.tuple(
        fc.constant(one),
        fc.shuffledSubarray([...one.attended], { minLength: one.attended.length }),
        fc.subarray([...one.attended]),
      ),
    );
    holds(
      fc.property(shuffled, ([one, other, again]) => {
        const { failing, reachedAt } = judge(one);
        expect(judge({ ...one, attended: [...other, ...again] })).toMatchObject({ failing, reachedAt });
      }),
    );
  });

  it('is never lost by attending more', () => {
    const more = fc.tuple(any, attended);
    holds(
      fc.property(more, ([one, added]) => {
        fc.pre(judge(one).failing.length === 0);
        expect(judge({ ...one, attended: [...one.attended, ...added] }).failing).toEqual([]);
      }),
    );
  });
});
