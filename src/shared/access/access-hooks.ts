import '@fastify/cookie';
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';
import { assertAllowed, type AccessRule } from './access-rule.js';
import type { ActorSource } from './actor-source.js';
import type { Actor } from './actor.js';
import { ForgedRequest, OtherPerson } from './access.errors.js';
import type { Csrf } from './csrf.js';

declare module 'fastify' {
  interface FastifyRequest {
    actor?: Actor;
    /** The token the request carried, when it stands for somebody. */
    signInToken?: string;
  }
}

export const SESSION_COOKIE = 'qafila';
/** The person that a fact kept on a phone belongs to. */
const OWNER_HEADER = 'x-person';
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Routes that plugins add and that cannot carry a rule of their own; matched on the whole path pattern. */
const PLUGIN_ROUTES: Readonly<Record<string, AccessRule>> = {
  '/assets/*': 'public',
  '*': 'public',
};

export interface KnownRoute {
  method: string;
  url: string;
  access: AccessRule;
  /** Takes forms with files. */
  takesFiles: boolean;
}

/** A route without an access rule: the server must not start. */
export class RouteWithoutAccess extends Error {
  constructor(method: string, url: string) {
    super(`${method} ${url} declares no access rule`);
  }
}

/**
 * Makes every route declare who may call it, and returns the table of all routes as they come.
 *
 * @throws RouteWithoutAccess while the routes are being added
 */
export function requireAccessRules(fastify: FastifyInstance): KnownRoute[] {
  const table: KnownRoute[] = [];
  fastify.addHook('onRoute', (route: RouteOptions) => {
    const access = route.config?.access ?? PLUGIN_ROUTES[route.url];
    const methods = [route.method].flat();
    if (access === undefined) throw new RouteWithoutAccess(methods.join('|'), route.url);
    route.config = { ...route.config, access };
    const takesFiles = route.config.uploadBytes !== undefined || route.config.stream === 'form';
    for (const method of methods) table.push({ method, url: route.url, access, takesFiles });
  });
  return table;
}

function tokenOf(request: FastifyRequest): { token: string; via: Actor['via'] } | undefined {
  const header = /^Bearer ([\w.~+/-]{16,200}=*)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (header) return { token: header, via: 'bearer' };
  const cookie = request.cookies[SESSION_COOKIE];
  return cookie ? { token: cookie, via: 'cookie' } : undefined;
}

/**
 * A browser says where a write comes from; another site's is refused even before anybody has signed in. From a page of
 * ours without a referrer, browsers that send no `Sec-Fetch-Site` call the origin `null`: of somebody who is signed in
 * that says nothing, and the token of the form decides.
 */
function comesFromElsewhere(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const origin = request.headers.origin;
  if (origin === undefined || (origin === 'null' && request.actor !== undefined)) return false;
  try {
    return new URL(origin).host !== request.host;
  } catch {
    return true;
  }
}

/** Finds out who asks and applies the route's rule, before the body is read. */
export function enforceAccess(fastify: FastifyInstance, source: ActorSource): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    const given = tokenOf(request);
    const decide = (actor?: Actor): void => {
      if (given && actor) {
        request.actor = actor;
        request.signInToken = given.token;
      }
      done(refusalOf(request, given?.via));
    };
    if (given) source.actorOf(given.token, given.via).then(decide, done);
    else decide();
  });
}

/** What waited on a phone says whose it is: a person may have been changed since, in the same sign-in. */
function isOfAnother(request: FastifyRequest): boolean {
  const owner = request.headers[OWNER_HEADER];
  return owner !== undefined && owner !== personOf(request);
}

function personOf({ actor }: FastifyRequest): string | undefined {
  return actor?.kind === 'phone' ? actor.person?.id : undefined;
}

/** Why the request may go no further; undefined when it may. */
function refusalOf(request: FastifyRequest, via: Actor['via'] | undefined): Error | undefined {
  try {
    assertAllowed(request.routeOptions.config?.access ?? 'public', request.actor);
  } catch (error) {
    return error as Error;
  }
  if (isOfAnother(request)) return new OtherPerson();
  const isForged = !SAFE.has(request.method) && via !== 'bearer' && comesFromElsewhere(request);
  return isForged ? new ForgedRequest() : undefined;
}

/** Writes by cookie need the token that only our own pages know: a header, or the field `_csrf` of a form. A form may say in `_person` whose it is. */
export function enforceCsrf(fastify: FastifyInstance, csrf: Csrf): void {
  fastify.addHook('preValidation', (request, _reply, done) => {
    if (SAFE.has(request.method) || request.actor?.via !== 'cookie' || !request.signInToken) return done();
    const body = membersOf(request.body);
    const sent = request.headers['x-csrf-token'] ?? body['_csrf'];
    if (typeof sent !== 'string' || !csrf.matches(request.signInToken, sent))
      return done(new ForgedRequest());
    delete body['_csrf'];
    if (body['_person'] !== undefined && body['_person'] !== personOf(request))
      return done(new OtherPerson());
    delete body['_person'];
    return done();
  });
}

/** Members of a body; none when it is text, a number or nothing. */
function membersOf(body: unknown): Record<string, unknown> {
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
}
