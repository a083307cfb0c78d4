/** A form as it comes: names and texts, lists where a name comes twice. */
export type FormBody = Readonly<Record<string, unknown>> | undefined;

/** The text of a field; empty when it is missing. Of a name that comes twice the last counts. */
export function formText(body: FormBody, name: string): string {
  const value: unknown = body?.[name];
  const last: unknown = Array.isArray(value) ? value.at(-1) : value;
  return typeof last === 'string' ? last : '';
}

/** Every text of a field that may come several times. */
export function formTexts(body: FormBody, name: string): string[] {
  const value: unknown = body?.[name];
  return (Array.isArray(value) ? value : [value]).filter((text): text is string => typeof text === 'string');
}
