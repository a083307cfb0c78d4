/** Address of the page that takes the code of a challenge, below the language. */
export function codePath(challengeId: string, next: string | undefined): string {
  const query = new URLSearchParams({ challenge: challengeId, ...(next ? { next } : {}) });
  return `/sign-in/code?${query.toString()}`;
}

/** The same path with `?next=` where there is one. */
export function withNext(path: string, next: string | undefined): string {
  return next ? `${path}?${new URLSearchParams({ next }).toString()}` : path;
}
