import { Injectable } from '@nestjs/common';
import { type CampaignRow, inLanguage } from '../campaigns/public.js';
import { type Call, dossierNumber } from '../calls/public.js';
import { AppConfig } from '../config/app-config.js';
import { publicAddress } from '../config/public-address.js';
import { displayName, formatPhone, PersonQuery } from '../people/public.js';
import { formatDay, formatTime } from '../shared/clock/format-date.js';
import { wallTimeOf } from '../shared/clock/wall-time.js';
import { NotFound } from '../shared/errors/domain-error.js';
import { t } from '../shared/i18n/i18n.js';
import { pickText } from '../shared/web/handlebars/format.js';
import { SessionQuery, type SessionRow } from '../tours/public.js';
import { LetterPrinter } from './letter.printer.js';
import type { Letter } from './print/letter-sheet.js';
import { type ResultRow, ResultStore } from './result.store.js';
import { SeatingQuery } from './seating.query.js';
import { whyNot } from './selection-words.js';
import type { Selection } from './selection.js';

const MOST_SESSIONS = 200;

/** Whose letters: of a call that is published, with its campaign. */
export interface LetterPlace {
  readonly call: Call;
  readonly campaign: CampaignRow;
  readonly selection: Selection;
}

/** Letters about a published result: convocation, reserve, regret, with the head of the chamber. */
@Injectable()
export class LetterService {
  constructor(
    private readonly config: AppConfig,
    private readonly people: PersonQuery,
    private readonly sessions: SessionQuery,
    private readonly results: ResultStore,
    private readonly seating: SeatingQuery,
    private readonly printer: LetterPrinter,
  ) {}

  /**
   * One PDF, a page a person, by rank.
   *
   * @param wanted which dossiers
   * @throws NotFound before the publication, and where nobody is wanted
   */
  async pdf(place: LetterPlace, wanted: (row: ResultRow) => boolean): Promise<Buffer> {
    const { call, selection, campaign } = place;
    const rows = (await this.results.all(call.id)).filter(wanted);
    if (!selection.publishedAt || rows.length === 0) throw new NotFound('letter');
    const names = await this.people.names(rows.map(({ personId }) => personId));
    const more = new Map((await this.seating.letters(call.id)).map((row) => [row.id, row]));
    const sessions = new Map(
      (await this.sessions.ofCampaign({ campaignId: campaign.id }, undefined, MOST_SESSIONS)).map((row) => [
        row.id,
        row,
      ]),
    );
    const letters = rows.map((row) => {
      const lang = more.get(row.id)?.language === 'ar' ? 'ar' : 'fr';
      const name = names.get(row.personId);
      const seat = sessions.get(more.get(row.id)?.sessionId ?? '');
      return this.letter(place, row, { lang, name: name ? displayName(name, lang) : '', seat });
    });
    const [year = 0, month = 0, day = 0] = wallTimeOf(selection.publishedAt, call.zone)
      .localDate.split('-')
      .map(Number);
    return this.printer.pdf({ title: pickText(call.title, 'fr').text, date: { year, month, day }, letters });
  }

  private letter(
    { call, campaign, selection }: LetterPlace,
    row: ResultRow,
    { lang, name, seat }: { lang: 'fr' | 'ar'; name: string; seat: SessionRow | undefined },
  ): Letter {
    const say = (key: string, params = {}): string => t(lang, `selection:letter.${key}`, params);
    const { outcome, reserveRank, rank } = row;
    const reason = whyNot(row, call, selection.design, lang);
    const { localDate } = wallTimeOf(selection.publishedAt ?? call.closesAt, call.zone);
    const link = `${publicAddress(this.config)}/${lang}/calls/${call.slug}/results`;
    return {
      ...{ lang, from: { fr: campaign.operator.name.fr, ar: campaign.operator.name.ar } },
      campaign: inLanguage(campaign.name, lang),
      date: say('date', { day: formatDay(localDate, lang) }),
      to: say('to', { name }),
      numberLabel: say('number'),
      number: dossierNumber(row),
      subject: say(`subject.${outcome}`, { title: pickText(call.title, lang).text }),
      greeting: say('greeting'),
      paragraphs: [say(`body.${outcome}`, { rank: reserveRank ?? rank ?? '', reason })],
      ...{ check: say('check'), link },
      seat: outcome === 'selected' ? seatLines(seat, lang) : [],
      help: say('help'),
      phone: formatPhone(campaign.supportPhone),
    };
  }
}

function seatLines(session: SessionRow | undefined, lang: 'fr' | 'ar'): string[] {
  const say = (key: string, params = {}): string => t(lang, `selection:letter.${key}`, params);
  const [first] = session?.units ?? [];
  if (!session || !first) return [say('noSeat')];
  const note = session.isRemote ? say('remote') : session.venueNote;
  const venue = session.venue ? inLanguage(session.venue.name, lang) : note;
  return [
    say('seat', {
      city: inLanguage(session.cityName, lang),
      day: formatDay(first.localDate, lang),
      time: formatTime(first.localStart, lang),
    }),
    ...(venue ? [say('venue', { venue })] : []),
    say('bring'),
  ];
}
