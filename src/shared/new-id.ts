import { v7, validate, version } from 'uuid';

/** The one maker of identifiers: UUIDv7, so that rows made later sort later, within a millisecond too. */
export function newId(): string {
  return v7();
}

/** True for any well-formed UUID, whatever its version: phones make v4 ids for their own events. */
export function isUuid(text: string): boolean {
  return validate(text);
}

/** True for an identifier of ours. */
export function isOwnId(text: string): boolean {
  return validate(text) && version(text) === 7;
}
