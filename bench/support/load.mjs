/**
 * The load: one process of its own, raw sockets, one request at a time on each connection. Reads a job as JSON on
 * standard input (`{ port, connections, seconds, requests: [text, …], status? }`), writes what it saw as JSON.
 * `{{uuid}}` and `{{now}}` in a request are replaced when it is sent; their lengths are fixed, so is content-length.
 */
import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

const job = JSON.parse(await text(process.stdin));
/** What the status line of a right answer ends with. */
const EXPECTED = ` ${job.status ?? 200}`;
const END_OF_HEAD = Buffer.from('\r\n\r\n');
const LAST_CHUNK = Buffer.from('\r\n0\r\n\r\n');
const millis = [];
let [wrong, bytes] = [0, 0];
let firstWrong = '';
const started = performance.now();
const stopAt = started + job.seconds * 1000;

function prepare(request) {
  return request.includes('{{')
    ? request.replaceAll('{{uuid}}', () => randomUUID()).replaceAll('{{now}}', () => new Date().toISOString())
    : request;
}

/** @returns length of the whole answer, or 0 while it is not there yet */
function answerLength(buffer) {
  const head = buffer.indexOf(END_OF_HEAD);
  if (head < 0) return 0;
  const headers = buffer.latin1Slice(0, head);
  const length = /content-length: (\d+)/i.exec(headers)?.[1];
  if (length === undefined && /transfer-encoding: chunked/i.test(headers)) {
    const last = buffer.indexOf(LAST_CHUNK, head);
    return last < 0 ? 0 : last + LAST_CHUNK.length;
  }
  if (length === undefined) throw new Error('An answer without a length');
  const whole = head + 4 + Number(length);
  return buffer.length >= whole ? whole : 0;
}

function lane(offset) {
  return new Promise((resolve, reject) => {
    const socket = connect({ port: job.port, host: '127.0.0.1', noDelay: true });
    let next = offset;
    let sentAt = 0;
    let pending = Buffer.alloc(0);
    const send = () => {
      sentAt = performance.now();
      if (sentAt >= stopAt) return socket.destroy();
      next = (next + job.connections) % job.requests.length;
      socket.write(prepare(job.requests[next]));
    };
    socket.on('connect', send);
    socket.on('error', reject);
    socket.on('close', resolve);
    socket.on('data', (chunk) => {
      pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
      const length = answerLength(pending);
      if (length === 0) return;
      if (!pending.latin1Slice(0, 12).endsWith(EXPECTED)) {
        wrong += 1;
        firstWrong ||= pending.latin1Slice(0, 600);
      }
      bytes = length;
      pending = pending.subarray(length);
      const now = performance.now();
      if (now <= stopAt) millis.push(now - sentAt);
      send();
    });
  });
}

await Promise.all(Array.from({ length: job.connections }, (_, offset) => lane(offset)));
millis.sort((a, b) => a - b);
const at = (share) => millis[Math.min(millis.length - 1, Math.floor(millis.length * share))] ?? 0;
process.stdout.write(
  JSON.stringify({
    perSecond: millis.length / job.seconds,
    p50: at(0.5),
    p99: at(0.99),
    wrong,
    firstWrong,
    bytes,
  }),
);
