import { Injectable } from '@nestjs/common';
import { AppConfig } from '../config/app-config.js';
import { addressOf } from '../shared/files/media-shelf.service.js';
import type { HeardState } from '../shared/listening/booth.presenter.js';
import { BY_SPEAKERS, type ListeningLanguage, type Speaker } from '../shared/listening/listening-language.js';
import { cndpReceipt } from './cndp-receipt.js';
import { ConsentNarration } from './consent-narration.js';
import {
  type ConsentRecording,
  ConsentRecordingStore,
  type OwnedConsentRecording,
} from './consent-recording.store.js';
import { consentDigest, type ConsentLine, consentScript, type ConsentWords } from './consent-script.js';
import { CONSENT_VERSION } from './person.kinds.js';

/** A line as it is heard in one language; `src` is its address from the root of the site. */
export interface ConsentTrack {
  readonly lang: ListeningLanguage;
  readonly src: string;
  readonly speaker: Speaker;
  readonly bytes: number;
}

/** What there is of the consent's voices. */
export interface ConsentOverview {
  /** Of every version and wording, the latest first. */
  readonly recordings: readonly (OwnedConsentRecording & { isOutdated: boolean })[];
  stateOf(line: ConsentLine, lang: ListeningLanguage): HeardState;
}

/** Voices of the consent: a recording is heard while the version and the words it reads are those that are shown. */
@Injectable()
export class ConsentVoices {
  /** What is read, in the order of the pages. */
  readonly script: readonly ConsentWords[];

  constructor(
    config: AppConfig,
    private readonly store: ConsentRecordingStore,
    private readonly narration: ConsentNarration,
  ) {
    this.script = consentScript(cndpReceipt(config));
  }

  /** What can be heard of each line, one track a language; a person before a machine that came with the program. */
  async tracks(): Promise<ReadonlyMap<ConsentLine, readonly ConsentTrack[]>> {
    const recordings = await this.store.all();
    return new Map(
      this.script.map((line) => [
        line.line,
        BY_SPEAKERS.flatMap((lang) => this.track(line, lang, recordings)),
      ]),
    );
  }

  /** What was recorded, and how each line stands in a language, for who records. */
  async overview(): Promise<ConsentOverview> {
    const recordings = await this.store.all();
    const stateOf: ConsentOverview['stateOf'] = (name, lang) => {
      const mine = recordings.filter((each) => each.line === name && each.lang === lang);
      const line = this.script.find((each) => each.line === name);
      const heard = (line && this.track(line, lang, mine)[0]?.speaker) ?? null;
      return { heard, isOutdated: mine.length > 0 && !mine.some((each) => this.isCurrent(each)) };
    };
    return {
      stateOf,
      recordings: recordings.map((each) => ({ ...each, isOutdated: !this.isCurrent(each) })),
    };
  }

  /** Is this recording of the words as they are shown now? */
  private isCurrent({ line: name, lang, version, words }: ConsentRecording): boolean {
    const line = this.script.find((each) => each.line === name);
    return version === CONSENT_VERSION && line !== undefined && words === consentDigest(line, lang);
  }

  private track(
    line: ConsentWords,
    lang: ListeningLanguage,
    recordings: readonly ConsentRecording[],
  ): ConsentTrack[] {
    const found = recordings.find(
      (each) => each.line === line.line && each.lang === lang && this.isCurrent(each),
    );
    if (found) return [{ lang, src: addressOf(found), speaker: found.speaker, bytes: found.bytes }];
    const own = lang === 'fr' ? this.narration.of(line.line, consentDigest(line, lang)) : undefined;
    return own ? [{ lang, ...own, speaker: 'synthetic' }] : [];
  }
}
