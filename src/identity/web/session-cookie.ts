import '@fastify/cookie';
import type { FastifyReply } from 'fastify';
import { SESSION_COOKIE } from '../../shared/access/access-hooks.js';
import type { IssuedToken } from '../sign-in.service.js';

const optionsFor = (reply: FastifyReply) =>
  ({ path: '/', httpOnly: true, sameSite: 'lax', secure: reply.request.protocol === 'https' }) as const;

/** Signs the browser in: not readable by scripts, not sent by other sites, over https only where there is https. */
export function setSessionCookie(reply: FastifyReply, { token, expiresAt }: IssuedToken): void {
  void reply.setCookie(SESSION_COOKIE, token, { ...optionsFor(reply), expires: expiresAt });
}

export function clearSessionCookie(reply: FastifyReply): void {
  void reply.clearCookie(SESSION_COOKIE, optionsFor(reply));
}
