import type { Words } from '../campaigns/public.js';

/** What an answer is. A choice takes one or several of its options; a place is a commune. */
export const FIELD_TYPES = ['text', 'number', 'choice', 'phone', 'place', 'photo'] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

export interface FieldOption {
  readonly id: string;
  readonly label: Words;
}

/** One question of a call. */
export interface CallField {
  /** Within the call, for ever: answers are kept under it. */
  readonly id: string;
  readonly type: FieldType;
  readonly required: boolean;
  readonly label: Words;
  /** Empty texts where there is none. */
  readonly help: Words;
  /** Of a choice: several options may be taken. */
  readonly several: boolean;
  /** Of a choice; else empty. */
  readonly options: readonly FieldOption[];
}

/** A moment as the clocks of the call's zone show it. */
export interface LocalMoment {
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** `HH:MM` */
  readonly time: string;
}

/** What a coordinator writes of a call. */
export interface CallWords {
  readonly title: Words;
  /** Who asks and why; paragraphs parted by empty lines. */
  readonly body: Words;
}

/** All that is edited of a draft. */
export interface CallDesign extends CallWords {
  readonly opens: LocalMoment;
  readonly closes: LocalMoment;
  readonly fields: readonly CallField[];
}

export interface Call extends CallDesign {
  readonly id: string;
  readonly organisationId: string;
  readonly campaignId: string;
  /** Part of every dossier's number. */
  readonly number: number;
  readonly slug: string;
  readonly state: 'draft' | 'published';
  readonly zone: string;
  readonly opensAt: Date;
  /** The first instant at which nothing is taken any more. */
  readonly closesAt: Date;
  readonly revision: number;
  /** Dossiers, withdrawn ones included. */
  readonly applications: number;
  readonly createdAt: Date;
  readonly publishedAt: Date | null;
}

export type CallPhase = 'draft' | 'soon' | 'open' | 'closed';

/** Where a call stands at an instant: open from its opening, included, to its closing, excluded. */
export function phaseOf(call: Pick<Call, 'state' | 'opensAt' | 'closesAt'>, at: Date): CallPhase {
  if (call.state === 'draft') return 'draft';
  if (at < call.opensAt) return 'soon';
  return at < call.closesAt ? 'open' : 'closed';
}

export const MOST_FIELDS = 20;
/** A form carries all photos at once. */
export const MOST_PHOTOS = 3;
export const MOST_OPTIONS = 30;
export const LONGEST = {
  title: 120,
  body: 3000,
  label: 200,
  help: 400,
  option: 120,
  reason: 500,
  text: 1000,
};
