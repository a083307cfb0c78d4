import {
  type Application,
  type Call,
  dossierNumber,
  photoAddress,
  presentAnswers,
} from '../../calls/public.js';
import type { Locale } from '../../shared/i18n/i18n.js';
import { pickText } from '../../shared/web/handlebars/format.js';
import type { LookRow } from '../screening.store.js';
import type { ScreeningDossierDto } from './screening.dto.js';

/** A dossier as a scorer sees it: what was answered, neither name nor phone, nor needs: those do not change the chances. */
export function presentScreened(
  call: Call,
  application: Application,
  looks: readonly LookRow[],
  locale: Locale,
): ScreeningDossierDto {
  const { id, version, answers } = application;
  const hidden = new Set(
    call.fields.filter(({ type }) => type === 'phone' || type === 'photo').map(({ id: f }) => f),
  );
  const asked = { ...call, fields: call.fields.filter((field) => !hidden.has(field.id)) };
  const photos = call.fields.filter((field) => field.type === 'photo' && answers[field.id] !== undefined);
  return {
    ...{ id, number: dossierNumber(application) },
    answers: presentAnswers(asked, application, locale)
      .slice(0, asked.fields.length)
      .map(({ term, text }) => ({
        question: term,
        answer: text,
      })),
    photos: photos.map((field) => ({
      question: pickText(field.label, locale).text,
      address: photoAddress(id, version, field.id),
    })),
    looks: looks.map(({ slot, by, scores, points, note }) => ({
      slot,
      by,
      scores: { ...scores },
      points,
      note,
    })),
  };
}
