import { isUuid } from '../../shared/new-id.js';
import { type FormBody, formText, formTexts } from '../../shared/web/form-text.js';
import type { Live } from '../seat-move/seat-move.plan.js';
import type { MoveRequest } from '../seat-move/seat-moves.js';
import { MOST_CHOSEN } from './seat-move.dto.js';

export const WHO = ['all', 'booked', 'queue', 'some'] as const;
export type Who = (typeof WHO)[number];

const STATUSES: Readonly<Partial<Record<Who, readonly Live[]>>> = {
  booked: ['booked'],
  queue: ['offered', 'waiting'],
};

/** The form as it was filled in. */
export interface MoveForm {
  to: string;
  who: Who;
  people: string[];
  whenFull: 'stay' | 'wait';
  plan: string;
}

export function readForm(body: FormBody): MoveForm {
  const plan = formText(body, 'plan');
  return {
    to: formText(body, 'to'),
    who: WHO.find((one) => one === formText(body, 'who')) ?? 'all',
    people: formTexts(body, 'people').filter(isUuid).slice(0, MOST_CHOSEN),
    whenFull: formText(body, 'whenFull') === 'wait' ? 'wait' : 'stay',
    plan: /^[0-9a-f]{64}$/.test(plan) ? plan : '',
  };
}

/** Fields that say too little, with the words that ask for more. */
export function flawsOf({ to, who, people }: MoveForm): Array<{ field: string; key: string }> {
  return [
    ...(isUuid(to) ? [] : [{ field: 'to', key: 'enrolment:move.chooseTo' }]),
    ...(who === 'some' && people.length === 0 ? [{ field: 'people', key: 'enrolment:move.chooseSome' }] : []),
  ];
}

export function requestOf({ to, who, people, whenFull, plan }: MoveForm, from: string): MoveRequest {
  return {
    from,
    to,
    whenFull,
    statuses: STATUSES[who],
    ...(who === 'some' ? { enrolmentIds: people } : {}),
    ...(plan ? { plan } : {}),
  };
}

/** The choice as hidden fields of the page that asks once more. */
export function keptOf({ to, who, people, whenFull }: MoveForm, plan: string) {
  return [
    ...Object.entries({ to, who, whenFull, plan, confirm: '1' }).map(([name, value]) => ({ name, value })),
    ...(who === 'some' ? people : []).map((value) => ({ name: 'people', value })),
  ];
}
