import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Injectable } from '@nestjs/common';
import { MediaShelf } from '../shared/files/media-shelf.service.js';
import type { ConsentLine } from './consent-script.js';
import { CONSENT_VERSION } from './person.kinds.js';

/** A line that the committed synthetic voice reads in French; `npm run media` renders it. */
export interface NarratedLine {
  readonly line: ConsentLine;
  /** Version of the consent, and digest of its words, that are spoken. */
  readonly version: string;
  readonly words: string;
  readonly file: string;
  readonly bytes: number;
  readonly durationMs: number;
  /** Digest of what it was rendered from: the text as it is spoken, and the voice. */
  readonly sourceDigest: string;
}

/** Where the sounds and their list lie. */
export const NARRATION = join(dirname(fileURLToPath(import.meta.url)), 'narration');

export function narratedLines(): NarratedLine[] {
  return JSON.parse(readFileSync(join(NARRATION, 'manifest.json'), 'utf8')) as NarratedLine[];
}

/** The French narration that came with the program, on the shelf of all media. */
@Injectable()
export class ConsentNarration {
  private readonly lines = narratedLines();
  private bundle = '';

  constructor(private readonly media: MediaShelf) {}

  /** Before the first request. @throws MediaFileChanged */
  async load(): Promise<void> {
    const { bundle, files } = await this.media.describe(
      NARRATION,
      this.lines.map(({ file }) => file),
    );
    await this.media.put(bundle, NARRATION, files);
    await this.media.publish([bundle]);
    this.bundle = bundle;
  }

  /** The reading of these very words; `src` is its address from the root of the site. */
  of(line: ConsentLine, words: string): { readonly src: string; readonly bytes: number } | undefined {
    const found = this.lines.find(
      (each) => each.line === line && each.version === CONSENT_VERSION && each.words === words,
    );
    return found && { src: `/media/${this.bundle}/${found.file}`, bytes: found.bytes };
  }
}
