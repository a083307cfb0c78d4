import { Transform, type TransformCallback } from 'node:stream';
import { NotAVideo } from './upload.errors.js';
import { ENOUGH_BYTES, HEAD_BYTES, videoType } from './upload-type.js';

/**
 * Lets nothing through before the first bytes say that it is a video: nobody sends 400 MB in vain.
 * The stream breaks off with {@link NotAVideo}, kept in `refusal`.
 */
export class HeadGate extends Transform {
  refusal: NotAVideo | undefined;
  /** Bytes that have passed. */
  passed = 0;
  private held: Buffer[] = [];
  private isOpen = false;

  /**
   * @param before the beginning of the file, as far as it is there
   * @param offset where the bytes go on
   * @param whole bytes of the file; the judgement waits for no more. Unset: until the end of the stream
   */
  constructor(
    private readonly before: Buffer,
    offset: number,
    private readonly whole = Infinity,
  ) {
    super();
    this.isOpen = offset >= HEAD_BYTES || before.length < offset;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    if (this.isOpen) return this.pass(chunk, done);
    this.held.push(chunk);
    const head = Buffer.concat([this.before, ...this.held]);
    if (head.length < Math.min(ENOUGH_BYTES, this.whole)) return done();
    this.judge(head, done);
  }

  override _flush(done: TransformCallback): void {
    if (this.isOpen || this.whole !== Infinity) return this.release(done);
    this.judge(Buffer.concat([this.before, ...this.held]), done);
  }

  private judge(head: Buffer, done: TransformCallback): void {
    const found = videoType(head.subarray(0, HEAD_BYTES));
    if ('not' in found) {
      this.refusal = new NotAVideo(found.not);
      return done(this.refusal);
    }
    this.isOpen = true;
    this.release(done);
  }

  /** What came so far goes on. */
  private release(done: TransformCallback): void {
    const held = Buffer.concat(this.held);
    this.held = [];
    if (held.length === 0) return done();
    this.pass(held, done);
  }

  private pass(chunk: Buffer, done: TransformCallback): void {
    this.passed += chunk.length;
    done(null, chunk);
  }
}
