import { DetailedError, Upload } from 'tus-js-client';
import { FIRST_PIECE, Speed, waitMs } from './speed.js';

export type SendingState = 'sending' | 'paused' | 'waiting' | 'offline' | 'ending' | 'done' | 'failed';

/** What is sent, and where it belongs. */
export interface SendingOptions {
  readonly api: string;
  readonly csrf: string;
  /** Whose it is: on a shared phone nobody goes on with another's. */
  readonly account: string;
  readonly metadata: Readonly<Record<'course' | 'module' | 'part' | 'spoken' | 'filename', string>>;
  /** Address of an upload that is gone on with. */
  readonly uploadUrl?: string;
}

/** What the page is told; `problem` in the reader's words when it has failed. */
export interface SendingNews {
  readonly state: SendingState;
  readonly sent: number;
  readonly total: number;
  readonly perSecond: number | undefined;
  readonly problem?: string;
}

interface Problem {
  readonly title?: string;
  readonly detail?: string;
  readonly code?: string;
}

/** Refusals that a later try changes nothing about, though their status says that one may try. */
const FINAL_CODES = new Set(['video-too-many-unfinished', 'video-no-ffmpeg', 'video-no-room']);
/** Statuses after which one asks how far it is and goes on: another request was in the way, or too many came. */
const PASSING = new Set([409, 423, 429]);
/** Statuses of an upload that is not there any more. */
const GONE = new Set([404, 410]);
/** Milliseconds without any progress after which a connection is taken for dead. */
const STALLED_MS = 45_000;

/** Sends one file piece by piece, and goes on by itself after every cut. */
export class Sending {
  private readonly upload: Upload;
  private readonly speed = new Speed();
  private state: SendingState = 'paused';
  private sent = 0;
  private failures = 0;
  private pieceBegan = 0;
  private lastSign = 0;
  private timer = 0;
  private watch = 0;

  constructor(
    private readonly file: File,
    options: SendingOptions,
    private readonly tell: (news: SendingNews) => void,
  ) {
    const { api, csrf, account, metadata, uploadUrl } = options;
    const place = [account, metadata.course, metadata.module, metadata.part].join('/');
    this.upload = new Upload(file, {
      ...{ endpoint: api, headers: { 'x-csrf-token': csrf }, metadata: { ...metadata } },
      ...(uploadUrl ? { uploadUrl } : {}),
      // The page waits and goes on by itself: it knows what the network says, and can be told to stop.
      ...{ chunkSize: FIRST_PIECE, retryDelays: null, removeFingerprintOnSuccess: true },
      fingerprint: () => Promise.resolve(`qafila/${place}/${file.name}/${file.size}/${file.lastModified}`),
      onProgress: (sent) => this.progressed(sent),
      onChunkComplete: (bytes, accepted) => this.confirmed(bytes, accepted),
      onSuccess: () => this.become('done'),
      onError: (error) => this.failed(error),
    });
  }

  get isRunning(): boolean {
    return this.state !== 'done' && this.state !== 'failed';
  }

  get isPaused(): boolean {
    return this.state === 'paused';
  }

  async start(): Promise<void> {
    window.addEventListener('online', this.cameBack);
    window.addEventListener('offline', this.wentAway);
    this.watch = window.setInterval(() => this.lookForLife(), 5000);
    if (!this.upload.options.uploadUrl) {
      const [previous] = await this.upload.findPreviousUploads();
      if (previous) this.upload.resumeFromPreviousUpload(previous);
    }
    this.go();
  }

  async pause(): Promise<void> {
    window.clearTimeout(this.timer);
    this.become('paused');
    await this.upload.abort();
  }

  go(): void {
    window.clearTimeout(this.timer);
    this.pieceBegan = this.lastSign = performance.now();
    this.become('sending');
    this.upload.start();
  }

  /**
   * Ends it here and on the server.
   *
   * @param removed called when what had arrived is removed after all
   * @returns false when the server could not be told; it is told again until it knows
   */
  async cancel(removed: () => void): Promise<boolean> {
    this.stop();
    this.state = 'failed';
    this.failures = 0;
    if (await this.remove()) return true;
    await this.forget();
    this.removeLater(removed);
    return false;
  }

  private async remove(): Promise<boolean> {
    try {
      await this.upload.abort(true);
      return true;
    } catch (error) {
      const response = error instanceof DetailedError ? error.originalResponse : null;
      return GONE.has(response?.getStatus() ?? 0);
    }
  }

  private removeLater(removed: () => void): void {
    const again = async (): Promise<void> => {
      window.clearTimeout(timer);
      window.removeEventListener('online', told);
      if (await this.remove()) removed();
      else this.removeLater(removed);
    };
    const told = (): void => void again();
    this.failures += 1;
    // The network may be there and the server not: it is asked now and then too.
    const timer = window.setTimeout(told, waitMs(this.failures));
    window.addEventListener('online', told);
  }

  /** The same file, chosen again, does not go on with what is about to be removed. */
  private async forget(): Promise<void> {
    for (const { urlStorageKey } of await this.upload.findPreviousUploads())
      await this.upload.options.urlStorage?.removeUpload(urlStorageKey);
  }

  private progressed(sent: number): void {
    if (this.state !== 'sending') return;
    this.lastSign = performance.now();
    this.sent = sent;
    this.become(sent >= this.file.size ? 'ending' : 'sending');
  }

  private confirmed(bytes: number, accepted: number): void {
    const now = performance.now();
    this.speed.add(bytes, (now - this.pieceBegan) / 1000);
    this.pieceBegan = this.lastSign = now;
    this.failures = 0;
    this.sent = accepted;
    this.upload.options.chunkSize = this.speed.nextPiece(bytes);
    if (this.state === 'sending') this.become('sending');
  }

  private failed(error: Error | DetailedError): void {
    if (this.state === 'paused' || !this.isRunning) return;
    const response = error instanceof DetailedError ? error.originalResponse : null;
    const status = response?.getStatus() ?? 0;
    const problem = problemIn(response?.getBody() ?? '');
    const mayPass = status === 0 || status >= 500 || PASSING.has(status);
    if (mayPass && !FINAL_CODES.has(problem.code ?? '')) return this.later();
    this.become('failed', [problem.title, problem.detail].filter(Boolean).join(' '));
  }

  private later(): void {
    this.failures += 1;
    this.become(navigator.onLine ? 'waiting' : 'offline');
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.go(), waitMs(this.failures));
  }

  private readonly cameBack = (): void => {
    if (this.state === 'waiting' || this.state === 'offline') this.go();
  };

  private readonly wentAway = (): void => {
    if (this.state === 'sending' || this.state === 'ending')
      void this.upload.abort().then(() => this.later());
  };

  /** A request over a network that is gone may hang for minutes without an error. */
  private lookForLife(): void {
    if (this.state !== 'sending' || performance.now() - this.lastSign < STALLED_MS) return;
    void this.upload.abort().then(() => this.later());
  }

  private become(state: SendingState, problem?: string): void {
    this.state = state;
    if (!this.isRunning) this.stop();
    const { sent } = this;
    this.tell({
      ...{ state, sent, total: this.file.size, perSecond: this.speed.perSecond },
      ...(problem === undefined ? {} : { problem }),
    });
  }

  private stop(): void {
    window.clearTimeout(this.timer);
    window.clearInterval(this.watch);
    window.removeEventListener('online', this.cameBack);
    window.removeEventListener('offline', this.wentAway);
  }
}

function problemIn(body: string): Problem {
  try {
    return JSON.parse(body) as Problem;
  } catch {
    return {};
  }
}
