import '@fastify/cookie';
import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AppConfig } from '../../config/app-config.js';
import { SESSION_COOKIE } from '../../shared/access/access-hooks.js';
import type { IssuedToken } from '../sign-in.service.js';

/** The cookie of a sign-in: not readable by scripts, not sent by other sites, over https only where there is https. */
@Injectable()
export class SessionCookie {
  constructor(private readonly config: AppConfig) {}

  set(reply: FastifyReply, { token, expiresAt }: IssuedToken): void {
    void reply.setCookie(SESSION_COOKIE, token, { ...this.options(reply), expires: expiresAt });
  }

  clear(reply: FastifyReply): void {
    void reply.clearCookie(SESSION_COOKIE, this.options(reply));
  }

  private options(reply: FastifyReply) {
    const isSecure =
      reply.request.protocol === 'https' || this.config.PUBLIC_URL?.startsWith('https:') === true;
    return { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure } as const;
  }
}
