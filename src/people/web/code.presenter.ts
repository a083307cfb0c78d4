import { hourlyBudget } from '../../identity/public.js';
import { SUPPORT_PHONE } from '../../shared/web/page-renderer.js';
import { maskPhone, parsePhone } from '../phone-number.js';
import { withNext } from './code-path.js';
import { leftToRight } from './left-to-right.js';

export const CODE_VIEW = 'people/web/views/code.hbs';

/** What the page that takes a code is about. */
export interface CodePage {
  e164: string;
  /** The challenge whose code was sent; without one nothing was, and the number itself is what the form carries. */
  challenge?: string | undefined;
  /** Its code is too old or used. */
  isOver?: boolean;
  next: string | undefined;
  /** What is wrong with the code that was typed. */
  error?: string | undefined;
  /** Why no SMS goes out now. */
  unsent?: string | undefined;
}

/** The model of the page: an SMS is on its way, none can be, none may be now, or the code is there already. */
export function presentCode({ e164, challenge, next, error, unsent }: CodePage, isDemo: boolean): object {
  const phone = parsePhone(e164);
  const isReachable = !phone.invalid && phone.sms && hourlyBudget(phone.country) > 0;
  return {
    challenge,
    typedPhone: challenge === undefined ? e164 : undefined,
    next,
    maskedPhone: leftToRight(maskPhone(e164)),
    isSent: challenge !== undefined && isReachable,
    isUnreachable: challenge !== undefined && !isReachable,
    isHeld: challenge === undefined && unsent === undefined,
    unsent,
    supportPhone: SUPPORT_PHONE,
    outboxHref: isDemo ? `/dev/outbox?to=${encodeURIComponent(e164)}` : undefined,
    signUpHref: withNext('/sign-up', next),
    signInHref: withNext('/sign-in', next),
    error,
    errors: error ? [{ field: 'code', text: error }] : [],
  };
}
