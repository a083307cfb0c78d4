import { Injectable } from '@nestjs/common';
import { SessionChoices } from './session-choices.js';
import { SessionStore } from './session.store.js';
import { StopService } from './stop.service.js';

/** The parts that make and keep a plan, together because making and changing a session both need all of them. */
@Injectable()
export class PlanTools {
  constructor(
    readonly stops: StopService,
    readonly choices: SessionChoices,
    readonly store: SessionStore,
  ) {}
}
