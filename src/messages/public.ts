export { MessagesModule } from './messages.module.js';
export { MessageQueue } from './message.queue.js';
export { MessageQuery, type PersonMessage } from './message.query.js';
export type { Channel, MessageState, NewMessage } from './message.js';
export { smsSegments } from './gsm-text.js';
