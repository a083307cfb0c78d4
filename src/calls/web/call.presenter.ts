import { type Call, type LocalMoment, phaseOf } from '../call.js';
import type { CallDto, CallMomentDto } from './call.dto.js';

const moment = ({ date, time }: LocalMoment): CallMomentDto => ({ localDate: date, localTime: time });

/** A call as the API shows it; `isStaff` adds what visitors are not told. */
export function presentCall(call: Call, campaign: string, now: Date, isStaff: boolean): CallDto {
  const { id, slug, title, body, fields, zone, revision, applications } = call;
  return {
    ...{ id, slug, campaign, phase: phaseOf(call, now), title, body, zone },
    opens: moment(call.opens),
    closes: moment(call.closes),
    opensAt: call.opensAt.toISOString(),
    closesAt: call.closesAt.toISOString(),
    fields: fields.map((field) => ({ ...field, options: [...field.options] })),
    ...(isStaff ? { revision, applications } : {}),
  };
}
