import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { buffer } from 'node:stream/consumers';
import { S3Store } from './s3.store.js';
import { StorageAway } from './storage.errors.js';

const CONTENT = Buffer.from(Array.from({ length: 1000 }, (_, n) => n % 251));
const HASH = createHash('sha256').update(CONTENT).digest('hex');

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** The faults are of the other side, which no real store shows when it is asked to. */
describe('S3Store, before a store that answers wrongly', () => {
  let server: Server;
  let store: S3Store;
  let answers: Answer[];
  let asked: (string | undefined)[];

  beforeEach(async () => {
    [answers, asked] = [[], []];
    server = createServer((request, response) => {
      request.resume();
      asked.push(request.headers.range);
      // The last one stands for all that follow.
      (answers.length > 1 ? answers.shift() : answers[0])?.(request, response);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    store = new S3Store(
      {
        ...{ endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, region: 'us-east-1' },
        ...{ bucket: 'media', prefix: '', accessKeyId: 'key', secretAccessKey: 'secret', pathStyle: true },
      },
      tmpdir(),
    );
  });
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  const says =
    (status: number, headers: Record<string, string | number>, body: Buffer | string): Answer =>
    (_, response) =>
      void response.writeHead(status, headers).end(body);
  const whole = says(200, { 'content-length': CONTENT.length }, CONTENT);
  const part = (start: number, end: number, from = start, to = end): Answer =>
    says(
      206,
      { 'content-range': `bytes ${from}-${to}/1000`, 'content-length': end - start + 1 },
      CONTENT.subarray(start, end + 1),
    );
  /** Announces all, sends 400 bytes and breaks the connection. */
  const broken: Answer = (_, response) => {
    response.writeHead(200, { 'content-length': CONTENT.length });
    response.write(CONTENT.subarray(0, 400), () => setTimeout(() => response.destroy(), 20));
  };
  const all = async (range?: { start: number; end: number }) => buffer(await store.read(HASH, range));

  it('goes on where a file broke off', async () => {
    answers = [broken, part(400, 999)];
    expect((await all()).equals(CONTENT)).toBe(true);
    expect(asked).toEqual([undefined, 'bytes=400-999']);
  });

  it.each([
    ['the whole', whole],
    ['another part', part(300, 899)],
    ['a part that is longer than it says', part(400, 999, 400, 899)],
    ['a part that it does not name', says(206, { 'content-length': 600 }, CONTENT.subarray(400))],
  ])('ends a file that broke off with an error when %s comes for the rest', async (_, answer) => {
    answers = [broken, answer];
    await expect(all()).rejects.toThrow(StorageAway);
  });

  it.each([
    ['the whole', whole],
    ['another part', part(0, 9)],
    ['more than was asked for', part(10, 29)],
  ])('takes for a part nothing else: %s', async (_, answer) => {
    answers = [part(10, 19)];
    expect((await all({ start: 10, end: 19 })).equals(CONTENT.subarray(10, 20))).toBe(true);
    answers = [answer];
    await expect(store.read(HASH, { start: 10, end: 19 })).rejects.toThrow(StorageAway);
  });

  it('takes no file without a length, and no part for the whole', async () => {
    answers = [says(200, { 'transfer-encoding': 'chunked' }, CONTENT)];
    await expect(store.read(HASH)).rejects.toThrow('The file store did not answer: no length');
    await expect(store.stat(HASH)).rejects.toThrow('The file store did not answer: no length');
    answers = [part(0, 9)];
    await expect(store.read(HASH)).rejects.toThrow(StorageAway);
  });

  it('asks again when a short answer breaks off, and says that the store is away when it always does', async () => {
    answers = [broken, says(200, {}, '')];
    await expect(store.check()).resolves.toBeUndefined();
    expect(asked).toHaveLength(2);
    answers = [broken];
    await expect(store.check()).rejects.toThrow(StorageAway);
    expect(asked).toHaveLength(6);
  });
});
