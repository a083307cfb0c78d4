import { v5 } from 'uuid';
import { isUuid } from '../shared/new-id.js';

/** Deepest nesting of an event that is kept as it came. */
const DEEPEST = 32;
/** What jsonb cannot hold, as JSON.stringify escapes it: NUL, and halves of surrogate pairs; not an escaped backslash. */
const UNSTORABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/;

/** An event as it is kept: under the client's id where it has one. */
export interface RawEvent {
  id: string;
  /** The event itself, or what was kept of one that jsonb cannot hold. */
  body: unknown;
}

/** An event that jsonb cannot hold: its JSON as text, or null where it nests too deep to be written. */
interface Unstorable {
  unstorable: string | null;
}

export function isUnstorable(body: unknown): body is Unstorable {
  return typeof body === 'object' && body !== null && 'unstorable' in body;
}

/** How a received event is kept. An event without a usable id gets one from its content, so a replay meets it again. */
export function keepRaw(sessionId: string, event: unknown): RawEvent {
  const text = isShallow(event) ? JSON.stringify(event) : undefined;
  const id = idOf(event) ?? contentId(sessionId, text ?? 'too deep');
  const isKept = text !== undefined && !UNSTORABLE.test(text);
  return { id, body: isKept ? event : ({ unstorable: text ?? null } satisfies Unstorable) };
}

/** The same event when its id already stands for an event of another session. */
export function keepApart(sessionId: string, { id, body }: RawEvent): RawEvent {
  return { id: contentId(sessionId, id), body };
}

function idOf(event: unknown): string | undefined {
  const id = typeof event === 'object' && event !== null ? (event as { id?: unknown }).id : undefined;
  return typeof id === 'string' && isUuid(id) ? id.toLowerCase() : undefined;
}

function contentId(sessionId: string, content: string): string {
  return v5(content, sessionId);
}

/** Without recursion: a hostile body may nest deeper than any stack. */
function isShallow(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; depth <= DEEPEST; depth++) {
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []));
    if (level.length === 0) return true;
  }
  return false;
}
