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
