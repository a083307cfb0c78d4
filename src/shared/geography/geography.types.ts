/** A name in the languages it is known in; French and Arabic always. */
export interface PlaceName {
  readonly fr: string;
  readonly ar: string;
  readonly en?: string;
}

/** A province or prefecture of the region. */
export interface Province {
  /** HCP code, `01.511` */
  readonly code: string;
  readonly name: PlaceName;
  readonly type: 'province' | 'prefecture';
  /** people, census of 2024 */
  readonly population: number;
}

/** Whether a commune is an urban or a rural one, as HCP classes it; a person's milieu derives from it. */
export type Milieu = 'urbain' | 'rural';

/** A commune of the region; where a person lives is one of these. */
export interface Commune {
  /** HCP code, a string with dots: `01.511.01.0` is Tanger */
  readonly code: string;
  readonly name: PlaceName;
  readonly provinceCode: string;
  readonly milieu: Milieu;
  /** people, census of 2024 */
  readonly population: number;
}

/** A city where the tour stops, or may stop. */
export interface City {
  readonly slug: string;
  readonly role: 'tour' | 'alternate';
  readonly name: PlaceName & { readonly en: string; readonly tif: string | null };
  /** Whether the Tifinagh name was found in a source; others are not printed as certain. */
  readonly tifVerified: boolean;
  /** Other spellings, for searching. */
  readonly otherNames: readonly string[];
  readonly communeCode: string;
  readonly provinceCode: string;
  /** degrees north and east, WGS 84 */
  readonly lat: number;
  readonly lon: number;
  /** people, census of 2024 */
  readonly population: number;
}

/** How far a leg's figures can be trusted: `legs.json` explains. */
export type LegStatus = 'minutes-sourced' | 'km-sourced' | 'unverified';

/** A road between two cities, the same in both directions. */
export interface RoadLeg {
  readonly from: string;
  readonly to: string;
  /** driving time in minutes, without breaks */
  readonly minutes: number;
  /** length in kilometres */
  readonly km: number;
  readonly status: LegStatus;
  readonly note?: string;
}
