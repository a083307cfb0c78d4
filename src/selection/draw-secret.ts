import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Keys } from '../shared/security/keys.js';
import { newSecret, sha256 } from './draw.js';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A promise of a draw: what is published of the secret, and the secret as only this installation can read it. */
export interface DrawPromise {
  readonly hash: string;
  readonly sealed: string;
}

/** Secrets of draws: sealed under a key of the installation, so that whoever reads the database does not know them. */
@Injectable()
export class DrawSecrets {
  constructor(private readonly keys: Keys) {}

  /** A new secret for a call. */
  promise(callId: string): DrawPromise {
    const secret = newSecret();
    const { id, secret: key } = this.keys.current('draw');
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(callId));
    const body = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return { hash: sha256(secret), sealed: `${id}.${Buffer.concat([nonce, body]).toString('base64url')}` };
  }

  /** @throws Error when the installation's secret that sealed it is gone */
  open(callId: string, sealed: string): string {
    const [id, text = ''] = sealed.split('.');
    const key = this.keys.all('draw').find((one) => one.id === id);
    if (!key) throw new Error(`No key ${id} to open the secret of a draw`);
    const bytes = Buffer.from(text, 'base64url');
    const tag = bytes.subarray(-TAG_BYTES);
    const decipher = createDecipheriv(CIPHER, key.secret, bytes.subarray(0, NONCE_BYTES))
      .setAAD(Buffer.from(callId))
      .setAuthTag(tag);
    return (
      decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)).toString('utf8') +
      decipher.final().toString('utf8')
    );
  }
}
