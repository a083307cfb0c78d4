import { displayName } from '../../people/public.js';
import type { Locale } from '../../shared/i18n/i18n.js';
import { type Answers, type Application, type ApplicationVersion, dossierNumber } from '../application.js';
import type { Sent } from '../application.service.js';
import type { CallField } from '../call.js';
import type { Dossier } from '../dossier.query.js';
import type { ApplicationDto, ApplicationVersionDto, DossierDto } from './application.dto.js';

/** Where a picture of a dossier is sent from, to its person and its staff. */
export function photoAddress(applicationId: string, version: number, fieldId: string): string {
  return `/api/v1/applications/${applicationId}/versions/${version}/photos/${fieldId}`;
}

/** Answers with the address of each picture in place of its name. */
function shown(answers: Answers, fields: readonly CallField[], id: string, version: number): object {
  const isPhoto = (field: string): boolean => fields.some((one) => one.id === field && one.type === 'photo');
  return Object.fromEntries(
    Object.entries(answers).map(([field, answer]) => [
      field,
      isPhoto(field) ? photoAddress(id, version, field) : answer,
    ]),
  );
}

export function presentApplication(
  application: Omit<Application, 'organisationId'>,
  fields: readonly CallField[],
): ApplicationDto {
  const { id, callId, state, needs, communeCode, version, createdAt, changedAt, answers } = application;
  return {
    ...{ id, number: dossierNumber(application), callId, state },
    answers: shown(answers, fields, id, version),
    needs: [...needs],
    commune: communeCode,
    version,
    createdAt: createdAt.toISOString(),
    changedAt: changedAt.toISOString(),
  };
}

export function presentSent({ application, masked }: Sent, fields: readonly CallField[]): ApplicationDto {
  return { ...presentApplication(application, fields), ...(masked ? { masked } : {}) };
}

export function presentDossier(
  dossier: Dossier,
  callId: string,
  fields: readonly CallField[],
  locale: Locale,
): DossierDto {
  const { personId, name, e164 } = dossier;
  return {
    ...presentApplication({ ...dossier, callId }, fields),
    person: { id: personId, name: displayName(name, locale), phone: e164 },
  };
}

export function presentVersion(
  version: ApplicationVersion,
  applicationId: string,
  fields: readonly CallField[],
): ApplicationVersionDto {
  const { n, kind, at, answers, needs, by, heard } = version;
  return {
    ...{ n, kind, at: at.toISOString(), by, consent: heard, needs: [...needs] },
    answers: shown(answers, fields, applicationId, n),
  };
}
