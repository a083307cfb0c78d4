import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import type { LightMyRequestResponse } from 'fastify';
import type { TestApp } from '../support/app.js';
import { multipart } from '../teaching/forms.js';

/** What a logo of a test shows. */
export const ALT = { fr: 'Étoile de la caravane', ar: 'نجمة القافلة' };

/** A plain picture that is found again on paper by its colour. */
export function coloured(background: string, width = 400, height = 200): Sharp {
  return sharp({ create: { width, height, channels: 3, background } });
}

/** Sends a logo to the API as a form. */
export async function sendLogo(
  t: TestApp,
  slug: string,
  token: string,
  content: Buffer,
  { alt = ALT, name = 'picture' }: { alt?: { fr: string; ar: string }; name?: string } = {},
): Promise<LightMyRequestResponse> {
  const blob = new Blob([new Uint8Array(content)], { type: 'image/png' });
  const { payload, headers } = await multipart({ 'alt-fr': alt.fr, 'alt-ar': alt.ar, [name]: blob });
  return t.inject({
    ...{ method: 'POST', url: `/api/v1/campaigns/${slug}/certificates/logos`, payload },
    headers: { ...headers, authorization: `Bearer ${token}` },
  });
}

/** A PNG whose head promises so many pixels, and whose few bytes would unpack to all of them. */
export function bomb(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(named));
    return Buffer.concat([length, named, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([1, 0, 0, 0, 0], 8);
  const rows = deflateSync(Buffer.alloc((Math.ceil(width / 8) + 1) * height), { level: 9 });
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
}
