import { presentFailures } from '../../shared/jobs/job.api.controller.js';
import type { JobStatus } from '../../shared/jobs/job.query.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import type { NamedPerson } from '../certificate-batch.query.js';
import { printedName } from '../printed-name.js';

/** How far a batch is, for its page. */
export interface BatchJobView {
  id: string;
  state: JobStatus['state'];
  running: boolean;
  percent: number;
  progress: string;
  stats: Array<{ label: string; figure: string }>;
  columns: Array<{ label: string }>;
  failures: Array<{ cells: Array<{ text: string }> }>;
  /** The batch left out people only because nobody has confirmed their names. */
  offersNames: boolean;
}

function nameOf(person: NamedPerson | undefined, locale: Locale): string {
  if (!person) return '';
  const { fr, ar } = printedName(person);
  return (locale === 'ar' ? (ar ?? fr) : (fr ?? ar)) ?? '';
}

/** @param people those whom the failures are about */
export function presentBatchJob(
  job: JobStatus,
  people: readonly NamedPerson[],
  locale: Locale,
): BatchJobView {
  const byId = new Map(people.map((person) => [person.personId, person]));
  const failures = presentFailures(job, locale);
  const byName = new Intl.Collator(locale).compare;
  const total = job.total ?? 0;
  const count = (key: string): string => String(Number(job.result?.[key] ?? 0));
  const stat = (key: string, figure: string) => ({ label: t(locale, `certificates:job.${key}`), figure });
  return {
    id: job.id,
    state: job.state,
    running: job.state === 'queued' || job.state === 'running',
    percent: total === 0 ? (job.state === 'done' ? 100 : 0) : Math.floor((100 * job.done) / total),
    progress: t(locale, 'certificates:job.of', { done: job.done, total }),
    stats: [
      stat('issued', count('issued')),
      stat('already', count('already')),
      stat('failed', String(failures.length)),
    ],
    columns: ['staff.holder', 'job.reason'].map((key) => ({ label: t(locale, `certificates:${key}`) })),
    // By name: the printing threads end in any order.
    failures: failures
      .map(({ personId, detail }) => ({ name: nameOf(byId.get(personId ?? ''), locale), detail }))
      .sort((a, b) => byName(a.name, b.name) || byName(a.detail, b.detail))
      .map(({ name, detail }) => ({ cells: [{ text: name }, { text: detail }] })),
    offersNames: failures.some(({ code }) => code === 'name-not-confirmed'),
  };
}
