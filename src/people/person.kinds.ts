export const GENDERS = ['female', 'male', 'unspecified'] as const;
export type Gender = (typeof GENDERS)[number];

/** What people do for a living, as the agency counts them. */
export const CATEGORIES = [
  'artisan',
  'maitre-artisan',
  'cooperative-artisanat',
  'autre-cooperative',
  'entreprise-artisanat',
  'commercant',
  'auto-entrepreneur',
  'porteur-de-projet',
] as const;
export type Category = (typeof CATEGORIES)[number];

export const SECTORS = [
  'tapis',
  'textile',
  'cuir',
  'bois',
  'poterie',
  'metaux',
  'bijouterie',
  'vannerie',
  'batiment',
  'pierre',
  'cosmetiques',
  'divers',
  'services',
  'alimentaire',
  'agriculture',
  'commerce',
  'autre',
] as const;
export type Sector = (typeof SECTORS)[number];

/** What a person may agree to. `training` is needed to enrol; the others are apart and never ticked beforehand. */
export const PURPOSES = ['training', 'sms', 'whatsapp', 'photo', 'partners', 'directory'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** People that one phone serves at most. */
export const PEOPLE_PER_PHONE = 5;
/** A sign-up waits so long for its first right code, in milliseconds. */
export const PENDING_MS = 24 * 3600 * 1000;
/** Version of the consent's words in `locales/`: raise it with every change of their meaning. */
export const CONSENT_VERSION = '2026-11';
