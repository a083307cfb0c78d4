export { MessagesModule } from './messages.module.js';
export { CallList } from './calls/call-list.js';
export {
  CALL_FILTERS,
  CALL_OUTCOMES,
  type CallFilter,
  type CallLine,
  type CallOutcome,
  type CallProgress,
  LONGEST_NOTE,
  type NewCall,
} from './calls/call-line.js';
export { MessageQueue } from './message.queue.js';
export { MessageQuery, type PersonMessage } from './message.query.js';
export type { Channel, MessageState, NewMessage, OrCall } from './message.js';
export { measureSms, smsSegments } from './gsm-text.js';
export { messageText } from './message-text.js';
