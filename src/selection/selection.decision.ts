import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type Call, CallDecision, CallDecisions, CallStore, type DecisionNote } from '../calls/public.js';
import { formatInstant } from '../shared/clock/format-date.js';
import { type Locale, t } from '../shared/i18n/i18n.js';
import { type ResultRow, ResultStore } from './result.store.js';
import { mostTotal } from './scoring.js';
import { whyNot } from './selection-words.js';
import type { Selection } from './selection.js';
import { SelectionStore } from './selection.store.js';

const KINDS = { selected: 'good', reserve: 'info', 'not-selected': 'neutral' } as const;

/** Says on the pages of a call how its dossiers are chosen, and to each person what became of theirs. */
@Injectable()
export class SelectionDecision extends CallDecision implements OnModuleInit {
  constructor(
    private readonly decisions: CallDecisions,
    private readonly calls: CallStore,
    private readonly store: SelectionStore,
    private readonly results: ResultStore,
  ) {
    super();
  }

  onModuleInit(): void {
    this.decisions.register(this);
  }

  async isDecided(callId: string): Promise<boolean> {
    const state = (await this.store.of(callId))?.state;
    return state === 'closed' || state === 'published';
  }

  async ofCall(callId: string, slug: string, locale: Locale): Promise<DecisionNote | undefined> {
    const selection = await this.store.of(callId);
    if (!selection || selection.state === 'draft') return undefined;
    const isOut = selection.state === 'published';
    const href = `/${locale}/calls/${slug}/${isOut ? 'results' : 'selection'}`;
    return {
      kind: 'info',
      title: t(locale, isOut ? 'selection:result.title' : 'selection:page.how'),
      lines: [t(locale, 'selection:places', { count: selection.design.places })],
      code: { label: t(locale, 'selection:page.hash'), text: selection.hash ?? '' },
      link: { href, label: t(locale, isOut ? 'selection:page.result' : 'selection:page.how') },
    };
  }

  async ofDossiers(ids: readonly string[], locale: Locale): Promise<ReadonlyMap<string, DecisionNote>> {
    const notes = new Map<string, DecisionNote>();
    for (const row of await this.results.ofDossiers(ids)) {
      const [call, selection] = [await this.calls.find(row.callId), await this.store.of(row.callId)];
      if (call && selection) notes.set(row.id, noteOf(row, call, selection, locale));
    }
    return notes;
  }
}

function noteOf(row: ResultRow, call: Call, selection: Selection, locale: Locale): DecisionNote {
  const { outcome, firstOutcome, reserveRank, points } = row;
  const say = (key: string, params = {}): string => t(locale, `selection:mine.${key}`, params);
  const title =
    outcome === 'reserve'
      ? say(reserveRank === null ? 'reserveNoRank' : 'reserve', { rank: reserveRank ?? 0 })
      : say(outcome);
  const why = outcome === 'not-selected' ? whyNot(row, call, selection.design, locale) : '';
  return {
    kind: KINDS[outcome],
    title,
    lines: [
      ...(outcome === 'not-selected' ? [] : [say(`${outcome}Text`)]),
      ...(why === '' ? [] : [say('reason', { reason: why })]),
      ...(points === null ? [] : [say('points', { points, most: mostTotal(selection.design) })]),
      ...(outcome === firstOutcome ? [] : [say('corrected')]),
      ...(selection.publishedAt
        ? [
            t(locale, 'selection:result.published', {
              when: formatInstant(selection.publishedAt, call.zone, locale),
            }),
          ]
        : []),
    ],
    link: { href: `/${locale}/calls/${call.slug}/results`, label: say('link') },
  };
}
