import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import { InvalidFields, NotFound } from '../shared/errors/domain-error.js';
import { newId } from '../shared/new-id.js';
import { communeOf, type AnswersGiven, type AnswersRead, isSameAnswers, readAnswers } from './answers.js';
import type { Answer, Answers, Application } from './application.js';
import { ApplicationParts } from './application-parts.js';
import type { MadePhotos } from './application-photos.js';
import { type ApplicationContent, ApplicationStore, type Writer } from './application.store.js';
import type { Call } from './call.js';
import { assertTakes } from './call-gate.js';
import { CallStore } from './call.store.js';

/** Sendings of one person in an hour: pictures cost time to make. */
const MAX_AN_HOUR = 60;

/** What became of a sending. */
export interface Sent {
  readonly application: Application;
  /** The first of this person to the call. */
  readonly isNew: boolean;
  /** Something looked like the number of an identity card and was made unreadable. */
  readonly masked: boolean;
}

/** Dossiers: one for a person and a call, sent, changed until the closing, withdrawn. */
@Injectable()
export class ApplicationService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly calls: CallStore,
    private readonly store: ApplicationStore,
    private readonly parts: ApplicationParts,
  ) {}

  /**
   * Takes what a person sends. What was sent before is changed; the same again changes nothing.
   *
   * @param at when it arrived: what waits for the row of a call that closes meanwhile still counts
   * @throws CallNotOpen, CallClosed; InvalidFields; PhotoTooLarge, NotAPhoto, PhotoUnusable; TrainingConsentMissing; TooMany
   */
  async send(personId: string, call: Call, given: AnswersGiven, at = this.clock.now()): Promise<Sent> {
    assertTakes(call, at);
    const before = await this.store.of(call.id, personId);
    const read = readOrThrow(call, given, before?.answers);
    const bucket = `calls.send:${personId}`;
    await this.parts.limiter.hit({ bucket, max: MAX_AN_HOUR, windowSeconds: 3600 });
    const made = await this.parts.photos.make(read);
    return this.db.transaction(() => this.put(personId, call.id, { read, made }, at, {}));
  }

  /** As {@link send}, in the open transaction, with photos that are made already. */
  async put(
    personId: string,
    callId: string,
    { read, made }: { read: Omit<AnswersRead, 'photos'>; made: MadePhotos },
    at: Date,
    writer: Writer,
  ): Promise<Sent> {
    const call = await this.calls.lock(callId);
    if (!call) throw new NotFound('call');
    assertTakes(call, at);
    const person = await this.parts.access.enrollable(personId);
    const before = await this.store.of(callId, personId);
    const { answers, hashes } = await this.parts.photos.keep(
      withPhotosOf(before?.answers, read.answers, call),
      made,
    );
    const communeCode = communeOf(call.fields, answers) ?? person.communeCode;
    const content = { state: 'sent' as const, answers, needs: read.needs, communeCode };
    const { masked } = read;
    if (before && isSame(before, content)) return { application: before, isNew: false, masked };
    const id = before?.id ?? newId();
    if (before) {
      const kind = before.state === 'withdrawn' ? 'sent' : 'changed';
      await this.store.change(id, kind, content, at, writer);
    } else {
      const n = await this.calls.nextNumber(callId);
      const { organisationId } = call;
      await this.store.open({ id, organisationId, callId, personId, n }, content, at, writer);
    }
    for (const hash of hashes) await this.store.addPhoto(id, hash);
    const application = await this.reread(id);
    if (before?.state !== 'sent') await this.parts.receipt.sent(application, call);
    return { application, isNew: before === undefined, masked };
  }

  /** Takes a dossier back; it stays with its history, and can be sent again until the closing. @throws NotFound for somebody else's */
  withdraw(personId: string, id: string): Promise<Application> {
    return this.db.transaction(async () => {
      const dossier = await this.store.byId(id);
      if (dossier?.personId !== personId) throw new NotFound('application');
      await this.calls.lock(dossier.callId);
      const { state, answers, needs, communeCode } = await this.reread(id);
      if (state === 'sent') {
        const content = { state: 'withdrawn' as const, answers, needs, communeCode };
        await this.store.change(id, 'withdrawn', content, this.clock.now(), {});
      }
      return this.reread(id);
    });
  }

  private async reread(id: string): Promise<Application> {
    const application = await this.store.byId(id);
    if (!application) throw new Error(`Application ${id} is gone`);
    return application;
  }
}

/** A photo that is there stays where no other one is sent: also when somebody filled in the form before they signed in. */
function withPhotosOf(before: Answers | undefined, answers: Answers, { fields }: Call): Answers {
  const held = fields.flatMap(({ id, type }): Array<[string, Answer]> => {
    const photo = type === 'photo' ? before?.[id] : undefined;
    return photo === undefined ? [] : [[id, photo]];
  });
  return { ...Object.fromEntries(held), ...answers };
}

/** @throws InvalidFields */
export function readOrThrow(call: Call, given: AnswersGiven, before?: Answers): AnswersRead {
  const result = readAnswers(call.fields, given, before);
  if ('problems' in result) throw new InvalidFields(result.problems);
  return result.read;
}

function isSame(before: Application, { answers, needs }: ApplicationContent): boolean {
  return (
    before.state === 'sent' && isSameAnswers(before.answers, answers) && before.needs.join() === needs.join()
  );
}
