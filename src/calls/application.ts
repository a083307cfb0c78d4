/** What somebody needs so that they can come. */
export const NEEDS = ['transport', 'child', 'wheelchair', 'sign-language'] as const;
export type Need = (typeof NEEDS)[number];

export type ApplicationState = 'sent' | 'withdrawn';
export const APPLICATION_STATES = ['sent', 'withdrawn'] as const satisfies readonly ApplicationState[];

/** Text, phone (E.164), commune (code) or photo (hash) as text; number; options of a choice by their ids. */
export type Answer = string | number | readonly string[];
/** By the id of the field; what was not answered is left out. */
export type Answers = Readonly<Record<string, Answer>>;

/** What a dossier held at one time. */
export interface ApplicationVersion {
  readonly n: number;
  readonly kind: 'sent' | 'changed' | 'withdrawn';
  readonly at: Date;
  readonly answers: Answers;
  readonly needs: readonly Need[];
  /** Name of the member of staff who wrote it down; null where the person sent it. */
  readonly by: string | null;
  /** How consent was given before the staff. */
  readonly heard: 'heard' | 'read' | null;
}

export interface Application {
  readonly id: string;
  readonly organisationId: string;
  readonly callId: string;
  readonly callNumber: number;
  readonly personId: string;
  readonly n: number;
  readonly state: ApplicationState;
  readonly answers: Answers;
  readonly needs: readonly Need[];
  /** The place of the first such question, else where the person lives. */
  readonly communeCode: string | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly changedAt: Date;
}

/** The number of a dossier as it is said and written: `12-0034`. */
export function dossierNumber({ callNumber, n }: Pick<Application, 'callNumber' | 'n'>): string {
  return `${callNumber}-${String(n).padStart(4, '0')}`;
}
