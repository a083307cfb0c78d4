import { readFileSync } from 'node:fs';
import type { City, Commune, Milieu, PlaceName, Province, RoadLeg } from './geography.types.js';
import { type Journey, journeyBetween } from './road-matrix.js';

const provincesFile = load<{ attribution: string[]; provinces: Province[] }>('provinces');
const communesFile = load<{ communes: Commune[] }>('communes');
const citiesFile = load<{ attribution: string[]; cities: City[] }>('cities');
const legsFile = load<{ legs: RoadLeg[] }>('legs');

const provincesByCode = new Map(provincesFile.provinces.map((province) => [province.code, province]));
const communesByCode = new Map(communesFile.communes.map((commune) => [commune.code, commune]));
const citiesBySlug = new Map(citiesFile.cities.map((city) => [city.slug, city]));

/** Whom the reference data are owed to; a page that shows them names these. */
export const GEOGRAPHY_ATTRIBUTION: readonly string[] = citiesFile.attribution;

/** The ten cities of the tour, then the alternates. */
export function cities(role?: City['role']): readonly City[] {
  return role ? citiesFile.cities.filter((city) => city.role === role) : citiesFile.cities;
}

export function cityBySlug(slug: string): City | undefined {
  return citiesBySlug.get(slug);
}

export function provinces(): readonly Province[] {
  return provincesFile.provinces;
}

/** All communes of the region, by province, the seat first. */
export function communes(): readonly Commune[] {
  return communesFile.communes;
}

export function communeByCode(code: string): Commune | undefined {
  return communesByCode.get(code);
}

export function communesOfProvince(provinceCode: string): readonly Commune[] {
  return communesFile.communes.filter((commune) => commune.provinceCode === provinceCode);
}

export function provinceOf(communeCode: string): Province | undefined {
  return provincesByCode.get(communesByCode.get(communeCode)?.provinceCode ?? '');
}

export function milieuOf(communeCode: string): Milieu | undefined {
  return communesByCode.get(communeCode)?.milieu;
}

/** The listed roads between cities. */
export function roadLegs(): readonly RoadLeg[] {
  return legsFile.legs;
}

/** Minutes and kilometres between two cities by slug; undefined for an unknown city or one without a listed road. */
export function legMinutes(from: string, to: string): Journey | undefined {
  return citiesBySlug.has(from) ? journeyBetween(legsFile.legs, from, to) : undefined;
}

/** A place's name in the reader's language; French where a commune has no English name. */
export function placeName(name: PlaceName, locale: string): string {
  if (locale.startsWith('ar')) return name.ar;
  return locale.startsWith('en') ? (name.en ?? name.fr) : name.fr;
}

/** Reads a reference file beside this one, once, and freezes all of it. */
function load<T>(name: string): T {
  return deepFreeze(
    JSON.parse(readFileSync(new URL(`./reference/${name}.json`, import.meta.url), 'utf8')) as T,
  );
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}
