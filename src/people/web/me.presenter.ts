import {
  cityBySlug,
  communeByCode,
  milieuOf,
  placeName,
  provinceOf,
} from '../../shared/geography/geography.js';
import type { Locale } from '../../shared/i18n/i18n.js';
import type { ConsentState } from '../consent.service.js';
import { displayName } from '../person-name.js';
import type { PersonPhone, PersonProfile } from '../person.query.js';
import type { ConsentsView, MyPersonView, PlaceView } from './me.dto.js';

/** The places of a person in the reader's language; province and milieu are those of the commune. */
export function presentPlaces(communeCode: string | null, citySlug: string | null, locale: Locale) {
  const commune = communeByCode(communeCode ?? '');
  const province = commune && provinceOf(commune.code);
  const city = cityBySlug(citySlug ?? '');
  const place = ({ code, name }: Parameters<typeof namedPlace>[0]): PlaceView =>
    namedPlace({ code, name }, locale);
  return {
    commune: commune ? place(commune) : null,
    province: province ? place(province) : null,
    milieu: commune ? (milieuOf(commune.code) ?? null) : null,
    city: city ? { slug: city.slug, name: placeName(city.name, locale) } : null,
  };
}

function namedPlace(
  { code, name }: { code: string; name: Parameters<typeof placeName>[0] },
  locale: Locale,
): PlaceView {
  return { code, name: placeName(name, locale) };
}

/** One's own file as JSON. */
export function presentProfile(
  profile: PersonProfile,
  phones: readonly PersonPhone[],
  locale: Locale,
): MyPersonView {
  const { id, name, gender, birthYear, category, sector } = profile;
  return {
    id,
    status: 'active',
    name,
    displayName: displayName(name, locale),
    phones: phones.map(({ e164, canSms, isVerified }) => ({ e164, sms: canSms, verified: isVerified })),
    gender,
    birthYear,
    ...presentPlaces(profile.communeCode, profile.citySlug, locale),
    category,
    sector,
  };
}

export function presentConsents(states: readonly ConsentState[]): ConsentsView {
  return {
    items: states.map(({ purpose, isGranted, version, since }) => ({
      purpose,
      granted: isGranted,
      version,
      since: since?.toISOString() ?? null,
    })),
  };
}
