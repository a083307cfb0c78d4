import { formatInstant } from '../../shared/clock/format-date.js';
import { DEFAULT_ZONE } from '../../shared/clock/zone-data.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { formatSize } from '../../shared/web/format-size.js';
import { SPOKEN, type Upload, type UploadState } from '../upload.js';

/** How much of an upload is there, as far as it is not whole. */
export interface UploadLine extends Upload {
  readonly sentBy: string;
  readonly thereBytes: number;
}

const KINDS: Readonly<Record<UploadState, string>> = {
  receiving: 'info',
  received: 'good',
  cancelled: 'neutral',
  expired: 'neutral',
  refused: 'bad',
};

/** An upload in the list of its block; its author may go on with it or cancel it. */
export function presentUpload(upload: UploadLine, accountId: string, locale: Locale) {
  const { id, fileName, bytes, thereBytes, state, refusal, sentBy, createdAt } = upload;
  const isMine = upload.accountId === accountId;
  const percent = Math.floor((100 * Math.min(thereBytes, bytes)) / bytes);
  const params = { percent };
  return {
    ...{ id, fileName, bytes, isOpen: isMine && state === 'receiving' },
    size: formatSize(bytes, locale),
    by: t(locale, 'video:list.by', { name: sentBy, when: formatInstant(createdAt, DEFAULT_ZONE, locale) }),
    kind: KINDS[state],
    state: t(locale, `video:state.${state}`, state === 'receiving' ? params : {}),
    ...(refusal === null ? {} : { why: t(locale, `errors:${refusal}.title`) }),
  };
}

/** Languages that may be spoken in it, with the one that was chosen. */
export function spokenOptions(locale: Locale): { value: string; label: string }[] {
  return SPOKEN.map((value) => ({
    value,
    label: t(locale, value === 'none' ? 'video:spoken.none' : `listening:language.${value}`),
  }));
}
