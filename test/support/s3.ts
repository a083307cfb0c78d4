import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { s3PlaceOf, type S3Place } from '../../src/config/storage-place.js';
import { S3Requests } from '../../src/shared/files/s3.requests.js';

const SERVER = fileURLToPath(new URL('s3-server.py', import.meta.url));
/** Debian's own, which knows Debian's packages. */
const PYTHON = '/usr/bin/python3';
const [KEY, SECRET] = ['test:tester', 'never/guessed+'];

/** An object store that really checks signatures. */
export interface S3Server {
  /** Scheme, host and port. */
  readonly endpoint: string;
  /** As STORAGE_URL names a bucket there; `endpoint` and `secret` may be others. */
  url(bucket: string, other?: { endpoint?: string; key?: string; secret?: string }): string;
  /** Makes a bucket. @returns its place */
  bucket(name: string): Promise<S3Place>;
  stop(): Promise<void>;
}

/** Starts OpenStack Swift with its S3 API on free ports; it ends with `stop()` or with this process. */
export async function startS3(): Promise<S3Server> {
  const folder = await mkdtemp(join(tmpdir(), 'qafila-s3-'));
  const child = spawn(PYTHON, [SERVER, folder, KEY, SECRET], { stdio: ['pipe', 'pipe', 'pipe'] });
  let [out, errors] = ['', ''];
  child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
  const ended = once(child, 'exit');
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (data: Buffer) => (out += data.toString()).includes('\n') && resolve());
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`No S3, no test (package python3-swift): ${errors}`)));
  });
  const endpoint = `http://127.0.0.1:${(JSON.parse(out) as { port: number }).port}`;
  const url: S3Server['url'] = (bucket, other = {}) => {
    const [key, secret] = [other.key ?? KEY, other.secret ?? SECRET].map(encodeURIComponent);
    return `s3://${key}:${secret}@${bucket}/files?endpoint=${other.endpoint ?? endpoint}`;
  };
  return {
    ...{ endpoint, url },
    bucket: async (name) => {
      const place = s3PlaceOf(url(name));
      if (!place) throw new Error('not a place');
      await new S3Requests(place, 10_000).sendForText({ method: 'PUT', key: '' });
      return place;
    },
    stop: async () => {
      child.stdin.end();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
