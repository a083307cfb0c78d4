const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** True for a UUID of any version: ids of ours, and those that phones make. */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && UUID.test(value);
}
