export const LINK_OUTCOMES = ['ok', 'moved', 'gone', 'unreachable'] as const;
export type LinkOutcome = (typeof LINK_OUTCOMES)[number];

/** Why a link could not be reached. */
export const LINK_REASONS = [
  /** No site has this name. */
  'address',
  /** One of its addresses at least is not of the open internet. */
  'private',
  /** It names a port; only the usual one is asked. */
  'port',
  /** Where it leads is no address at all, or one too long for any. */
  'unreadable',
  /** The site answers, but not to programs, or only to those it knows. */
  'refused',
  /** It answers with another error. */
  'status',
  'timeout',
  'tls',
  'redirects',
  /** It leads on to a page without https. */
  'not-https',
  'network',
] as const;
export type LinkReason = (typeof LINK_REASONS)[number];

/** What a link leads to now. */
export interface LinkFinding {
  readonly outcome: LinkOutcome;
  /** HTTP status of the last answer; null without one. */
  readonly status: number | null;
  /** Only of `unreachable`. */
  readonly reason: LinkReason | null;
  /** Only of `moved`: where the site says that it is for good. */
  readonly movedTo: string | null;
}
