import { Agent, type IncomingMessage, request as plainRequest } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { AwsV4Signer } from 'aws4fetch';
import type { S3Place } from '../../config/storage-place.js';
import { StorageAway, StorageRefused } from './storage.errors.js';

/** SHA-256 of nothing: what the signature says of a request without a body. */
const NOTHING = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const TRIES = 4;
const FIRST_PAUSE_MS = 150;
const IDLE_SOCKETS = 64;
/** What an answer says when it is worth asking again, beside every 5xx. */
const TEMPORARY = /SlowDown|RequestTimeout|InternalError|ServiceUnavailable/;

/** What is asked of the bucket. */
export interface S3Request {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'DELETE';
  /** Name inside the bucket; empty for the bucket itself. */
  readonly key: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: {
    readonly bytes: number;
    readonly sha256: string;
    /** Opens it; once for each try. */
    open(): Readable;
  };
}

/** Signed requests to one bucket, tried again where the trouble may pass. */
export class S3Requests {
  private readonly agent: Agent;
  /** Keys of signatures, which hold for a day each. */
  private readonly cache = new Map<string, ArrayBuffer>();

  /** @param silentMs how long nothing may come before a try is given up */
  constructor(
    private readonly place: S3Place,
    private readonly silentMs: number,
  ) {
    // No limit to those in use: a reader on a slow network holds one for minutes, and keeps nobody else waiting.
    const options = { keepAlive: true, maxFreeSockets: IDLE_SOCKETS };
    this.agent = place.endpoint.startsWith('https:') ? new SecureAgent(options) : new Agent(options);
  }

  /**
   * The answer, its body still to be read.
   *
   * @param allowed statuses beside 2xx that are an answer too
   * @throws StorageRefused when the store will never do it; StorageAway when it could not be reached, after the tries
   */
  send(request: S3Request, allowed: readonly number[] = []): Promise<IncomingMessage> {
    return this.untilTaken(request, allowed, (answer) => answer);
  }

  /** The same for answers that are short, or of no interest; one that breaks off is asked for again. */
  sendForText(
    request: S3Request,
    allowed: readonly number[] = [],
  ): Promise<{ status: number; text: string }> {
    return this.untilTaken(request, allowed, async (answer) => ({
      status: answer.statusCode ?? 0,
      text: await text(answer),
    }));
  }

  private async untilTaken<T>(
    request: S3Request,
    allowed: readonly number[],
    take: (answer: IncomingMessage) => T | Promise<T>,
  ): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      const result = await this.tried(request, allowed, take);
      if (result instanceof StorageRefused) throw result;
      if (!(result instanceof StorageAway)) return result;
      if (tries === TRIES) throw result;
      await pause(FIRST_PAUSE_MS * 2 ** (tries - 1) * (0.5 + Math.random()));
    }
  }

  private async tried<T>(
    request: S3Request,
    allowed: readonly number[],
    take: (answer: IncomingMessage) => T | Promise<T>,
  ): Promise<T | StorageRefused | StorageAway> {
    try {
      const answer = await this.once(request);
      const status = answer.statusCode ?? 0;
      if ((status >= 200 && status < 300) || allowed.includes(status)) return await take(answer);
      const words = codeOf(await text(answer)) ?? `status ${status}`;
      return status >= 500 || status === 429 || TEMPORARY.test(words)
        ? new StorageAway(words)
        : new StorageRefused(status, words);
    } catch (error) {
      return new StorageAway((error as NodeJS.ErrnoException).code ?? (error as Error).message);
    }
  }

  private async once({ method, key, query = {}, headers = {}, body }: S3Request): Promise<IncomingMessage> {
    const { place } = this;
    const url = new URL(place.endpoint);
    if (!place.pathStyle) url.hostname = `${place.bucket}.${url.hostname}`;
    url.pathname = place.pathStyle ? `/${place.bucket}/${key}` : `/${key}`;
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const signed = await new AwsV4Signer({
      ...{ method, url: url.href, service: 's3', region: place.region, cache: this.cache },
      ...{ accessKeyId: place.accessKeyId, secretAccessKey: place.secretAccessKey },
      headers: { ...headers, 'x-amz-content-sha256': body?.sha256 ?? NOTHING },
    }).sign();
    const ask = url.protocol === 'https:' ? secureRequest : plainRequest;
    return new Promise((resolve, reject) => {
      const sent = ask(signed.url, { method, agent: this.agent, timeout: this.silentMs });
      signed.headers.forEach((value, name) => sent.setHeader(name, value));
      sent.on('timeout', () => sent.destroy(new Error('no answer')));
      sent.on('error', reject);
      sent.on('response', resolve);
      if (!body) return void sent.end();
      sent.setHeader('content-length', body.bytes);
      // An answer may come before all is sent, and then says why; the rest of the body is of no interest.
      pipeline(body.open(), sent).catch(reject);
    });
  }
}

/** The code in an answer's XML, such as `SignatureDoesNotMatch`. */
function codeOf(xml: string): string | undefined {
  return /<Code>([\w.-]+)<\/Code>/.exec(xml)?.[1];
}
