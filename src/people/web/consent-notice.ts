import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../config/app-config.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { presentChoice, presentTracks, type ShownTrack } from '../../shared/listening/tracks.presenter.js';
import { SUPPORT_PHONE } from '../../shared/web/page-renderer.js';
import { cndpReceipt } from '../cndp-receipt.js';
import { ConsentService } from '../consent.service.js';
import { ConsentVoices } from '../consent-voices.service.js';
import { formatPhone } from '../phone-number.js';
import { leftToRight } from './left-to-right.js';

/** The notice as pages show it (`consent-notice.hbs`), with what can be heard of it and of each purpose. */
@Injectable()
export class ConsentNotice {
  constructor(
    private readonly config: AppConfig,
    private readonly voices: ConsentVoices,
    private readonly consents: ConsentService,
  ) {}

  /** The same on a person's own page, beside what the person agrees to now. */
  async of(personId: string, locale: Locale) {
    const consents = await this.consents.list(personId);
    return {
      notice: await this.in(locale),
      consents: consents.map(({ purpose, isGranted }) => ({
        value: purpose,
        label: t(locale, `people:purpose.${purpose}`),
        checked: isGranted,
        ...(purpose === 'training' ? { hint: t(locale, 'people:consent.needed') } : {}),
      })),
    };
  }

  async in(locale: Locale) {
    const receipt = cndpReceipt(this.config);
    const tracks = [...(await this.voices.tracks())];
    const heard = tracks.flatMap(([, mine]) => mine.map(({ lang }) => lang));
    const voices: Readonly<Record<string, ShownTrack[]>> = Object.fromEntries(
      tracks.map(([line, mine]) => [line, presentTracks(mine, locale)]),
    );
    return {
      helpPhone: leftToRight(formatPhone(SUPPORT_PHONE)),
      receipt: receipt && leftToRight(receipt),
      voices,
      choice: presentChoice(heard, tracks.length, locale),
    };
  }
}
