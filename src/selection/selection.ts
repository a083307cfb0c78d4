import type { Words } from '../campaigns/public.js';
import type { Gender, Sector } from '../people/public.js';

/** The highest score of a criterion; the lowest is 0. */
export const HIGHEST = 5;
export const MOST_CRITERIA = 10;
export const MOST_WEIGHT = 10;
export const MOST_QUOTAS = 12;
export const MOST_PLACES = 100_000;
export const LONGEST_LABEL = 120;
export const LONGEST_NOTE = 500;

export const RULE_KINDS = ['age', 'gender', 'city', 'sector', 'choice', 'number'] as const;
export type RuleKind = (typeof RULE_KINDS)[number];

/** Lowest and highest that fit, both included; one of them at least. */
export interface Bounds {
  readonly min: number | null;
  readonly max: number | null;
}

/** What a dossier must be so that it is scored at all. One rule a kind; a question has one of its own. */
export type EligibilityRule =
  | (Bounds & { readonly kind: 'age' })
  | { readonly kind: 'gender'; readonly values: readonly Gender[] }
  /** Slugs. */
  | { readonly kind: 'city'; readonly values: readonly string[] }
  | { readonly kind: 'sector'; readonly values: readonly Sector[] }
  /** One of these options of a question is taken. */
  | { readonly kind: 'choice'; readonly field: string; readonly values: readonly string[] }
  | (Bounds & { readonly kind: 'number'; readonly field: string });

/** Why a dossier is not eligible: the rule's kind, its question where it has one, and whether we do not know. */
export interface Ineligibility {
  readonly code: RuleKind | `${RuleKind}-unknown`;
  readonly field?: string;
}

/** What a scorer gives 0 to 5 for; counts as often as its weight says. */
export interface Criterion {
  readonly id: string;
  readonly label: Words;
  readonly weight: number;
}

export const QUOTA_KINDS = ['city', 'gender', 'sector', 'cooperative'] as const;
export type QuotaKind = (typeof QUOTA_KINDS)[number];
/** Of a cooperative, or for oneself. */
export const MEMBERSHIPS = ['cooperative', 'individual'] as const;

/** How many of a group are chosen: at least, at most, or both. */
export interface Quota {
  readonly id: string;
  readonly kind: QuotaKind;
  /** City slug, gender, sector, or one of {@link MEMBERSHIPS}. */
  readonly value: string;
  readonly least: number | null;
  readonly most: number | null;
}

/** All that is decided beforehand. */
export interface SelectionDesign {
  readonly places: number;
  /** Dossiers that are kept in order for a place that is freed. */
  readonly reserve: number;
  readonly scorers: 1 | 2;
  readonly rules: readonly EligibilityRule[];
  readonly criteria: readonly Criterion[];
  readonly quotas: readonly Quota[];
}

export const SELECTION_STATES = ['draft', 'announced', 'closed', 'published'] as const;
/** `announced`: the design and the hash are public and frozen; `closed`: no score changes any more. */
export type SelectionState = (typeof SELECTION_STATES)[number];

export interface Selection {
  readonly callId: string;
  readonly organisationId: string;
  readonly state: SelectionState;
  readonly design: SelectionDesign;
  readonly revision: number;
  /** SHA-256 of the secret, 64 hexadecimal digits; null in a draft. */
  readonly hash: string | null;
  /** In the clear from the publication on. */
  readonly secret: string | null;
  readonly announcedAt: Date | null;
  readonly closedAt: Date | null;
  readonly publishedAt: Date | null;
}

export const OUTCOMES = ['selected', 'reserve', 'not-selected'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Why a dossier is not selected. */
export const REFUSAL_CODES = ['not-eligible', 'quota-reached', 'places-taken'] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** Why a published result changes, by what it becomes. */
export const CHANGE_CODES = {
  selected: ['place-freed', 'place-added', 'appeal-upheld', 'entry-error'],
  reserve: ['appeal-upheld', 'entry-error'],
  'not-selected': ['withdrew', 'no-longer-eligible', 'entry-error'],
} as const satisfies Record<Outcome, readonly string[]>;
export type ChangeCode = (typeof CHANGE_CODES)[Outcome][number];
export const ALL_CHANGE_CODES = [...new Set(Object.values(CHANGE_CODES).flat())];
