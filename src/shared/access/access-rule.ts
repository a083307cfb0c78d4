import { RouteConfig } from '@nestjs/platform-fastify';
import { PersonNotPicked, RoleNotAllowed, SignInRequired } from './access.errors.js';
import type { Actor, Role } from './actor.js';

/** `public`; `signed-in`: any token; `person`: a phone with a person picked; or one of these roles. */
export type AccessRule = 'public' | 'signed-in' | 'person' | readonly Role[];

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: AccessRule;
  }
}

export const Public = (): MethodDecorator => RouteConfig({ access: 'public' });
export const ForSignedIn = (): MethodDecorator => RouteConfig({ access: 'signed-in' });
export const ForPerson = (): MethodDecorator => RouteConfig({ access: 'person' });
export const ForRoles = (...roles: [Role, ...Role[]]): MethodDecorator => RouteConfig({ access: roles });

/** As {@link ForRoles}, for a form with a file of at most so many bytes. */
export const ForRolesUploading = (uploadBytes: number, ...roles: [Role, ...Role[]]): MethodDecorator =>
  RouteConfig({ access: roles, uploadBytes });

/**
 * The coarse gate of a route. Which row an actor may touch is the business of the feature's policy.
 *
 * @throws SignInRequired, RoleNotAllowed, PersonNotPicked
 */
export function assertAllowed(rule: AccessRule, actor: Actor | undefined): void {
  if (rule === 'public') return;
  if (!actor) throw new SignInRequired();
  if (rule === 'signed-in') return;
  if (rule === 'person') {
    if (actor.kind !== 'phone') throw new RoleNotAllowed();
    if (!actor.person) throw new PersonNotPicked();
    return;
  }
  if (!actor.grants.some((grant) => rule.includes(grant.role))) throw new RoleNotAllowed();
}

/** As {@link ForPerson}, for a form with a file: at most so many bytes in all. */
export const ForPersonUploading = (uploadBytes: number): MethodDecorator =>
  RouteConfig({ access: 'person', uploadBytes });

/** As {@link Public}, for a form with files: at most so many bytes in all. */
export const PublicUploading = (uploadBytes: number): MethodDecorator =>
  RouteConfig({ access: 'public', uploadBytes });

/** As {@link ForRoles}, for a body that is read while it comes: a form's file, or bytes without any form. */
export const ForRolesStreaming = (of: 'form' | 'bytes', ...roles: [Role, ...Role[]]): MethodDecorator =>
  RouteConfig({ access: roles, stream: of });
