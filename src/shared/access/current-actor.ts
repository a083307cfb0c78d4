import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { PersonNotPicked, RoleNotAllowed, SignInRequired } from './access.errors.js';
import type { Actor, StaffActor } from './actor.js';

function actorOf(context: ExecutionContext): Actor | undefined {
  return context.switchToHttp().getRequest<FastifyRequest>().actor;
}

/** Whoever is signed in; the route's rule has already made sure that somebody is. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const actor = actorOf(context);
  if (!actor) throw new SignInRequired();
  return actor;
});

/** The signed-in person of a phone. */
export const CurrentPerson = createParamDecorator(
  (_: unknown, context: ExecutionContext): { id: string; name: string } => {
    const actor = actorOf(context);
    if (!actor) throw new SignInRequired();
    if (actor.kind !== 'phone') throw new RoleNotAllowed();
    if (!actor.person) throw new PersonNotPicked();
    return actor.person;
  },
);

/** The signed-in member of the staff. */
export const CurrentStaff = createParamDecorator((_: unknown, context: ExecutionContext): StaffActor =>
  staffOf(context.switchToHttp().getRequest<FastifyRequest>()),
);

/** The same, for decorators that take more of the request. */
export function staffOf({ actor }: FastifyRequest): StaffActor {
  if (!actor) throw new SignInRequired();
  if (actor.kind !== 'staff') throw new RoleNotAllowed();
  return actor;
}

/** Whoever is signed in, or undefined on a public route. */
export const MaybeActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor | undefined =>
  actorOf(context),
);
