export const CERTIFICATE_STATUSES = ['valid', 'replaced', 'revoked'] as const;
export type CertificateStatus = (typeof CERTIFICATE_STATUSES)[number];

/** A text that is always there in both languages. */
export interface Both {
  fr: string;
  ar: string;
}

/** A name as it is printed; a script the person never gave is left out, never made from the other. */
export interface PrintedName {
  fr?: string;
  ar?: string;
}

/** Who signs the certificates of a campaign; at most two. */
export interface Signatory {
  name: Both;
  role: Both;
}

/**
 * The texts of a sheet that a campaign may word itself, in the order of the sheet: under the names of who gives it, the
 * heading, the line above the name, the line above the course, and what stands at the end.
 */
export const TEXT_KEYS = ['givenBy', 'heading', 'given', 'reason', 'note'] as const;
export type TextKey = (typeof TEXT_KEYS)[number];

/** A text in the scripts in which somebody wrote it; none of the two is made from the other. */
export type PrintedText = Partial<Both>;
/** All texts of a sheet, as they are printed. */
export type PrintedTexts = Record<TextKey, PrintedText>;
/** A logo of a campaign, as it is printed. */
export interface PrintedLogo {
  /** Name of the PNG in the file store. */
  hash: string;
  /** Pixels of the picture. */
  width: number;
  height: number;
  /** What it shows, for those who do not see it. */
  alt: Both;
}

/** Everything a certificate says, as it was on the day of issue. What is not known is not printed. */
export interface FrozenCertificate {
  name: PrintedName;
  course: Both;
  campaign: Both;
  organisation: Both;
  funders: Both[];
  city: Both | null;
  /** First and last day in the room, `YYYY-MM-DD`. */
  dates: { first: string; last: string } | null;
  /** Time in the room; 0 when nothing was counted. */
  minutes: number;
  /** `YYYY-MM-DD` where the training was. */
  issuedOn: string;
  signatories: Signatory[];
  /** Missing in certificates from before campaigns worded them: those were printed with the product's words. */
  texts?: PrintedTexts;
  /** Missing in certificates from before campaigns had logos. */
  logos?: PrintedLogo[];
}

/** One completion: what a certificate is issued for. */
export interface CompletionKey {
  personId: string;
  courseId: string;
  campaignId: string;
}

/** A certificate as it stands in the table. */
export interface CertificateRow extends CompletionKey {
  id: string;
  organisationId: string;
  sessionId: string | null;
  code: string;
  serial: string;
  status: CertificateStatus;
  /** Code of the certificate that took its place. */
  replacedByCode: string | null;
  revokedReason: string | null;
  frozen: FrozenCertificate;
  pdfHash: string;
  issuedAt: Date;
  statusAt: Date;
}
