import { request as httpsRequest } from 'node:https';
import { isIP, isIPv4 } from 'node:net';
import { Injectable } from '@nestjs/common';
import type { LinkFinding, LinkReason } from './link-finding.js';
import { OutsideNetwork } from './outside-network.js';

const MOST_REDIRECTS = 5;
/** Bytes of the head of an answer; of its body nothing is awaited. */
const HEAD_BYTES = 16 * 1024;
/** Characters of an address; longer ones are made to harm. */
const LONGEST_URL = 4000;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const FOR_GOOD = new Set([301, 308]);
const GONE = new Set([404, 410]);
/** Sites say so to programs, or to whoever is not signed in, of pages that are there. */
const NOT_FOR_PROGRAMS = new Set([401, 403, 405, 406, 429, 451]);
const TLS = /^(ERR_TLS|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_SSL|EPROTO)/;

interface Answer {
  readonly status: number;
  readonly location: string | undefined;
}

class Unreachable extends Error {
  constructor(readonly reason: LinkReason) {
    super(reason);
  }
}

/** Asks other sites whether a page is there: only by https, only at public addresses, again at each redirect. */
@Injectable()
export class LinkProber {
  constructor(private readonly network: OutsideNetwork) {}

  /**
   * @param stop ends the work; then this throws
   * @returns what the link leads to; never throws for what the other side does
   */
  async probe(url: string, stop: AbortSignal): Promise<LinkFinding> {
    // The timer holds the controller. Of AbortSignal.any() and AbortSignal.timeout() nobody does: on Node 20 they are
    // collected before they fire, and a site that says nothing is waited for for ever.
    const ending = new AbortController();
    const end = (): void => ending.abort();
    const timer = setTimeout(end, this.network.deadlineMs);
    stop.addEventListener('abort', end, { once: true });
    if (stop.aborted) end();
    try {
      return await this.follow(parsed(url), ending.signal);
    } catch (error) {
      stop.throwIfAborted();
      return { outcome: 'unreachable', status: null, reason: reasonOf(error, ending.signal), movedTo: null };
    } finally {
      clearTimeout(timer);
      stop.removeEventListener('abort', end);
    }
  }

  private async follow(start: URL, signal: AbortSignal): Promise<LinkFinding> {
    let at = start;
    let moved: URL | undefined;
    let isForGood = true;
    for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
      const { status, location } = await this.ask(at, signal);
      if (!REDIRECTS.has(status) || location === undefined) return judged(status, moved);
      at = parsed(location, at);
      isForGood &&= FOR_GOOD.has(status);
      if (isForGood) moved = at;
    }
    throw new Unreachable('redirects');
  }

  /** HEAD, and where a site has no good answer to it the first bytes of the page. */
  private async ask(url: URL, signal: AbortSignal): Promise<Answer> {
    const answer = await this.request(url, 'HEAD', signal);
    return answer.status >= 400 ? this.request(url, 'GET', signal) : answer;
  }

  private async request(url: URL, method: 'HEAD' | 'GET', signal: AbortSignal): Promise<Answer> {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const address = await this.addressOf(url, host, signal);
    return new Promise((resolve, reject) => {
      const request = httpsRequest(
        {
          // The very address that was looked at: asked by name, a second look-up might give another.
          ...{ host: address, port: this.network.port, path: `${url.pathname}${url.search}` },
          ...{ method, signal, agent: false, maxHeaderSize: HEAD_BYTES },
          ...(isIP(host) === 0 ? { servername: host } : {}),
          ...(this.network.authority === undefined ? {} : { ca: this.network.authority }),
          headers: {
            ...{ host: url.hostname, accept: '*/*', 'user-agent': 'Qafila link check' },
            ...(method === 'GET' ? { range: 'bytes=0-1023' } : {}),
          },
        },
        (response) => {
          resolve({ status: response.statusCode ?? 0, location: response.headers.location });
          // The status says it all: what is not read cannot be too much.
          response.destroy();
        },
      );
      request.on('error', reject);
      request.end();
    });
  }

  /** @throws Unreachable unless every address of the host is public: of several, one beside ours is one too many */
  private async addressOf(url: URL, host: string, signal: AbortSignal): Promise<string> {
    if (url.protocol !== 'https:') throw new Unreachable('not-https');
    if (url.port !== '') throw new Unreachable('port');
    const addresses = isIP(host) ? [host] : await abortable(this.network.addressesOf(host), signal);
    const [first] = [...addresses].sort((a, b) => Number(isIPv4(b)) - Number(isIPv4(a)));
    if (first === undefined) throw new Unreachable('address');
    if (addresses.some((address) => !this.network.mayReach(address))) throw new Unreachable('private');
    return first;
  }
}

function parsed(url: string, base?: URL): URL {
  if (url.length > LONGEST_URL || !URL.canParse(url, base)) throw new Unreachable('unreadable');
  return new URL(url, base);
}

function judged(status: number, moved: URL | undefined): LinkFinding {
  // 416: the page is there, and is shorter than what was asked of it.
  if ((status >= 200 && status < 300) || status === 416)
    return moved
      ? { outcome: 'moved', status, reason: null, movedTo: moved.href }
      : { outcome: 'ok', status, reason: null, movedTo: null };
  if (GONE.has(status)) return { outcome: 'gone', status, reason: null, movedTo: null };
  const reason = NOT_FOR_PROGRAMS.has(status) ? 'refused' : 'status';
  return { outcome: 'unreachable', status, reason, movedTo: null };
}

function reasonOf(error: unknown, signal: AbortSignal): LinkReason {
  if (error instanceof Unreachable) return error.reason;
  if (signal.aborted) return 'timeout';
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  // Not EAI_AGAIN: then our own resolver has no answer, which says nothing of the name.
  if (code === 'ENOTFOUND') return 'address';
  return TLS.test(code) ? 'tls' : 'network';
}

/** A look-up cannot be called off; nobody waits for it any longer. */
function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = (): void => reject(new Unreachable('timeout'));
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', end));
  });
}
