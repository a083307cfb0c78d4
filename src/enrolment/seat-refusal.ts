import { TrainingConsentMissing } from '../people/public.js';
import type { DomainError } from '../shared/errors/domain-error.js';
import {
  AlreadyEnrolled,
  EnrolmentNotOpen,
  OverlappingSeat,
  PersonNotActive,
  SessionCancelled,
  SessionClosed,
  SessionPostponed,
  SessionStarted,
  SessionWithoutDates,
} from './enrolment.errors.js';
import type { WhyNot } from './take-seat.query.js';

function isOpen({ opensAt, closesAt, isArchived }: WhyNot, now: Date): boolean {
  return !isArchived && opensAt !== null && opensAt <= now && (closesAt === null || closesAt > now);
}

/** The first reason why a seat was not taken, the most telling one first; undefined when nothing stands in the way now. */
export function refusalOf(facts: WhyNot, now: Date): DomainError | undefined {
  const { mineId, mineStatus, minePosition, startsAt } = facts;
  if (mineId && mineStatus) {
    const position = mineStatus === 'waiting' ? { position: minePosition } : {};
    return new AlreadyEnrolled({ id: mineId, status: mineStatus, ...position });
  }
  if (facts.status === 'cancelled') return new SessionCancelled();
  if (facts.status === 'postponed') return new SessionPostponed();
  if (facts.status === 'closed') return new SessionClosed();
  if (!startsAt) return new SessionWithoutDates();
  if (startsAt <= now) return new SessionStarted(startsAt);
  if (!isOpen(facts, now)) return new EnrolmentNotOpen(facts.opensAt, facts.closesAt, now);
  if (facts.personStatus !== 'active') return new PersonNotActive();
  if (!facts.hasConsent) return new TrainingConsentMissing();
  if (facts.otherId === null) return undefined;
  const { otherId, otherCity, otherDate, otherStart } = facts;
  return new OverlappingSeat({
    id: otherId,
    citySlug: otherCity,
    localDate: otherDate,
    localStart: otherStart,
  });
}
