/** Passes on offers that nobody answered: each minute, and when an offer ends. */
export const EXPIRE_OFFERS = 'enrolment.expire-offers';
/** Reminds people of their seat. */
export const SEND_REMINDERS = 'enrolment.send-reminders';
/** Drops links that open nothing any more. */
export const FORGET_LINKS = 'enrolment.forget-links';
/** Tells people what became of their seat. */
export const SEND_RECEIPTS = 'enrolment.send-receipts';
