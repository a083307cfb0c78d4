import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { checkSignUp, codePath, PhoneSignIn, SignUpGuard, SignUpService } from '../../people/public.js';
import type { Actor } from '../../shared/access/actor.js';
import { Clock } from '../../shared/clock/clock.js';
import { InvalidFields, NotFound } from '../../shared/errors/domain-error.js';
import { type FormBody, formText } from '../../shared/web/form-text.js';
import { readAnswers } from '../answers.js';
import type { Application } from '../application.js';
import { ApplicationDrafts } from '../application-draft.service.js';
import { ApplicationService } from '../application.service.js';
import { assertTakes } from '../call-gate.js';
import type { Call } from '../call.js';
import { answersOfForm } from './answers-form.js';
import type { CallPlace } from './call.door.js';

/** The page of a call, and who looks at it. */
export interface Visit extends CallPlace {
  readonly actor: Actor | undefined;
  /** Of whoever is signed in. */
  readonly mine: Application | undefined;
}

/** Where a sending leads, with a sentence shown there once. */
export interface Onward {
  readonly path: string;
  readonly flash?: { kind: 'success' | 'warning'; key: string };
}

/** Sends what a form says: at once for whoever is signed in, after the code of the phone for anybody else. */
@Injectable()
export class CallSending {
  constructor(
    private readonly clock: Clock,
    private readonly applications: ApplicationService,
    private readonly drafts: ApplicationDrafts,
    private readonly guard: SignUpGuard,
    private readonly signUps: SignUpService,
    private readonly signIn: PhoneSignIn,
  ) {}

  async send(request: FastifyRequest, visit: Visit, body: FormBody, at: Date): Promise<Onward> {
    const { call, actor } = visit;
    assertTakes(call, at);
    await this.guard.admit(request.ip);
    if (actor === undefined) return this.hold(request, call, body);
    const personId = actor.kind === 'phone' ? actor.person?.id : undefined;
    if (personId === undefined) throw new NotFound('person');
    const { masked } = await this.applications.send(personId, call, answersOfForm(body, call), at);
    return sentTo(masked);
  }

  /** Keeps the answers until the phone has given its code. */
  private async hold(request: FastifyRequest, call: Call, body: FormBody): Promise<Onward> {
    const { locale, ip: address } = request;
    const phone = formText(body, 'phone');
    const names = { given: formText(body, 'given'), family: formText(body, 'family') };
    const raw = {
      phone,
      phoneConfirmed: await this.guard.isConfirmed(phone),
      name: locale === 'ar' ? { ar: names } : { fr: names },
      language: locale,
      consents: formText(body, 'training') === '' ? [] : ['training'],
    };
    const checked = checkSignUp(raw, this.clock.now());
    const result = readAnswers(call.fields, answersOfForm(body, call));
    const problems = [
      ...('problems' in checked ? checked.problems : []),
      ...('problems' in result ? result.problems : []),
    ];
    if ('problems' in checked || 'problems' in result) throw new InvalidFields(problems);
    const made = await this.drafts.prepare(result.read);
    await this.signUps.signUp(checked.signUp, 'form');
    const challenge = await this.signIn.start(checked.signUp.phone, { address, locale });
    const draft = await this.drafts.keep(call.id, checked.signUp.phone.e164, result.read, made);
    return { path: codePath(challenge.id, `/${locale}/calls/${call.slug}/send?draft=${draft}`) };
  }
}

/** Where a sending leads; that something was masked is said. */
export function sentTo(masked: boolean): Onward {
  const flash = masked
    ? { kind: 'warning' as const, key: 'calls:sent.masked' }
    : { kind: 'success' as const, key: 'calls:sent.done' };
  return { path: '/my/applications', flash };
}
