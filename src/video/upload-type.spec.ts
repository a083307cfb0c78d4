import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { HeadGate } from './head-gate.js';
import { videoType } from './upload-type.js';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');
const box = (brand: string): Buffer => bytes(`\0\0\0\x18ftyp${brand}\0\0\0\0isommp42`);
const ebml = (type: string): Buffer =>
  bytes(`\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x88${type}`);

describe('a video by its first bytes', () => {
  it.each([
    [box('isom'), 'mp4'],
    [box('mp42'), 'mp4'],
    [box('3gp4'), 'mp4'],
    [box('qt  '), 'mov'],
    [bytes('\0\0\0\x08wide\0\0\0\0mdat'), 'mov'],
    [ebml('webm'), 'webm'],
    [ebml('matroska'), 'mkv'],
  ])('%j is %s', (head, type) => {
    expect(videoType(head)).toEqual({ type });
  });

  it.each([
    [box('heic'), 'picture'],
    [box('avif'), 'picture'],
    [box('M4A '), 'sound'],
    [bytes('\x89PNG\r\n\x1a\n'), 'picture'],
    [bytes('\xff\xd8\xff\xe0'), 'picture'],
    [bytes('GIF89a'), 'picture'],
    [bytes('RIFF\x10\0\0\0WEBPVP8 '), 'picture'],
    [bytes('<?xml version="1.0"?>\n<svg xmlns="x">'), 'picture'],
    [bytes('RIFF\x10\0\0\0WAVEfmt '), 'sound'],
    [bytes('OggS\0\x02'), 'sound'],
    [bytes('ID3\x04'), 'sound'],
    [bytes('#EXTM3U\n'), 'playlist'],
    [bytes('\xef\xbb\xbf \n#extm3u'), 'playlist'],
    [bytes("ffconcat version 1.0\nfile 'a'"), 'playlist'],
    [bytes('<?xml version="1.0"?><MPD>'), 'playlist'],
    [bytes('PK\x03\x04'), 'archive'],
    [bytes('%PDF-1.7'), 'archive'],
    [bytes('<!doctype html>'), 'text'],
    [bytes("file '/etc/passwd'"), 'text'],
    [ebml('other'), 'other'],
    [bytes('\0\0\0\0\0\0\0\0\0\0'), 'other'],
    [Buffer.alloc(0), 'empty'],
  ])('%j is none, but a %s', (head, not) => {
    expect(videoType(head)).toEqual({ not });
  });
});

describe('the gate before the disk', () => {
  const through = async (gate: HeadGate, chunks: Buffer[]): Promise<Buffer> => {
    const passed: Buffer[] = [];
    const sink = new Writable({
      write(chunk: Buffer, _, done) {
        passed.push(chunk);
        done();
      },
    });
    await pipeline(Readable.from(chunks), gate, sink).catch((error: unknown) => {
      if (error !== gate.refusal) throw error;
    });
    return Buffer.concat(passed);
  };
  const single = (content: Buffer): Buffer[] => Array.from(content, (_, at) => content.subarray(at, at + 1));
  const video = Buffer.concat([ebml('webm'), Buffer.alloc(200)]);
  const text = Buffer.concat([bytes('#EXTM3U'), Buffer.alloc(200, 'a')]);

  it('lets a video through byte for byte, in whatever pieces it comes', async () => {
    for (const chunks of [[video], single(video)])
      expect(await through(new HeadGate(Buffer.alloc(0), 0, video.length), chunks)).toEqual(video);
    const rest = new HeadGate(video.subarray(0, 10), 10, video.length);
    expect(await through(rest, single(video.subarray(10)))).toEqual(video.subarray(10));
  });

  it('lets no byte through of anything else, once it is clear what it is', async () => {
    for (const chunks of [[text], single(text)]) {
      const gate = new HeadGate(Buffer.alloc(0), 0, text.length);
      expect([await through(gate, chunks), gate.refusal?.what]).toEqual([Buffer.alloc(0), 'playlist']);
    }
    const later = new HeadGate(text.subarray(0, 10), 10, text.length);
    expect([await through(later, [text.subarray(10)]), later.refusal?.what]).toEqual([
      Buffer.alloc(0),
      'playlist',
    ]);
  });

  it('keeps a few bytes that say nothing yet, and judges a short file by all it has', async () => {
    const piece = new HeadGate(Buffer.alloc(0), 0, 1000);
    expect([await through(piece, [text.subarray(0, 20)]), piece.refusal]).toEqual([
      text.subarray(0, 20),
      undefined,
    ]);
    const short = new HeadGate(Buffer.alloc(0), 0);
    expect([await through(short, [text.subarray(0, 20)]), short.refusal?.what]).toEqual([
      Buffer.alloc(0),
      'playlist',
    ]);
    const empty = new HeadGate(Buffer.alloc(0), 0);
    expect([await through(empty, []), empty.refusal?.what]).toEqual([Buffer.alloc(0), 'empty']);
  });
});
