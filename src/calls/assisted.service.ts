import { Injectable } from '@nestjs/common';
import { checkPersonName, DoorRegistration, parsePhone, type PersonName } from '../people/public.js';
import type { StaffActor } from '../shared/access/actor.js';
import { AuditLog } from '../shared/audit/audit-log.js';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import { type FieldError, InvalidFields } from '../shared/errors/domain-error.js';
import { isLocale, type Locale } from '../shared/i18n/i18n.js';
import { type AnswersGiven, readAnswers } from './answers.js';
import { ApplicationPhotos } from './application-photos.js';
import { ApplicationService, type Sent } from './application.service.js';
import { assertTakes } from './call-gate.js';
import type { Call } from './call.js';

/** Who stands at the desk, as it is sent; nothing of it has been looked at. */
export interface VisitorGiven {
  readonly name: unknown;
  readonly phone: unknown;
  readonly language: unknown;
  /** How they agreed to be trained: they were read the words, or read them. */
  readonly consent: unknown;
}

interface Visitor {
  readonly name: PersonName;
  readonly phone: string;
  readonly language: Locale;
  readonly consent: 'heard' | 'read';
}

/** Dossiers that staff write down for somebody who speaks: the person is found by number and name, or written down, with a witness. */
@Injectable()
export class AssistedEntry {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly people: DoorRegistration,
    private readonly applications: ApplicationService,
    private readonly photos: ApplicationPhotos,
    private readonly audit: AuditLog,
  ) {}

  /** Whoever calls has made sure that the actor may. @throws InvalidFields, and as {@link ApplicationService.send} */
  async enter(actor: StaffActor, call: Call, who: VisitorGiven, given: AnswersGiven): Promise<Sent> {
    const at = this.clock.now();
    assertTakes(call, at);
    const visitor = readVisitor(who);
    const result = readAnswers(call.fields, given);
    const problems = [
      ...('problems' in visitor ? visitor.problems : []),
      ...('problems' in result ? result.problems : []),
    ];
    if ('problems' in visitor || 'problems' in result) throw new InvalidFields(problems);
    const { read } = result;
    const made = await this.photos.make(read);
    const { name, phone, language, consent } = visitor;
    const { accountId } = actor;
    return this.db.transaction(async () => {
      const personId = await this.people.register({
        ...{ name, phone, language },
        consent: { how: consent, witness: accountId },
      });
      const sent = await this.applications.put(personId, call.id, { read, made }, at, {
        accountId,
        heard: consent,
      });
      await this.audit.record(actor, {
        ...{ action: 'application.assist', subjectKind: 'application', subjectId: sent.application.id },
        organisationId: call.organisationId,
        facts: { callId: call.id, personId, consent },
      });
      return sent;
    });
  }
}

function readVisitor(given: VisitorGiven): Visitor | { problems: FieldError[] } {
  const problems: FieldError[] = [];
  const name = checkPersonName(given.name);
  if ('problems' in name)
    problems.push(...name.problems.map((one) => ({ ...one, pointer: `/name${one.pointer}` })));
  const phone =
    typeof given.phone === 'string' ? parsePhone(given.phone) : { invalid: 'phone-empty' as const };
  if (phone.invalid) problems.push({ pointer: '/phone', code: phone.invalid });
  const { language, consent } = given;
  if (!isLocale(language)) problems.push({ pointer: '/language', code: 'not-a-choice' });
  if (consent !== 'heard' && consent !== 'read')
    problems.push({ pointer: '/consent', code: 'training-consent-required' });
  const isWhole = isLocale(language) && (consent === 'heard' || consent === 'read');
  if ('problems' in name || phone.invalid || !isWhole) return { problems };
  return { name: name.name, phone: phone.e164, language, consent };
}
