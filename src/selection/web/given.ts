/** A body of which nothing has been looked at, as members; empty for what is no object. */
export function given(body: unknown): Readonly<Record<string, unknown>> {
  return typeof body === 'object' && body !== null ? (body as Readonly<Record<string, unknown>>) : {};
}
