import { Global, Module } from '@nestjs/common';
import { AppConfig } from '../config/app-config.js';
import { CallList } from './calls/call-list.js';
import { CallStore } from './calls/call.store.js';
import { HttpSmsGateway } from './http-sms.gateway.js';
import { MessageSweeper } from './jobs/message.sweeper.js';
import { LocalOutbox, MessageGateway, NoGateway } from './message-gateway.js';
import { MessageQuery } from './message.query.js';
import { MessageQueue } from './message.queue.js';
import { MessageSender } from './message.sender.js';
import { MyMessagesApi } from './web/my-messages.api.controller.js';
import { MyMessagesPages } from './web/my-messages.pages.controller.js';
import { OutboxController } from './web/outbox.controller.js';

function gatewayFor(config: AppConfig): MessageGateway {
  if (config.isDemo) return new LocalOutbox();
  return config.SMS_URL ? new HttpSmsGateway(config.SMS_URL) : new NoGateway();
}

@Global()
@Module({
  controllers: [OutboxController, MyMessagesApi, MyMessagesPages],
  providers: [
    { provide: MessageGateway, inject: [AppConfig], useFactory: gatewayFor },
    CallList,
    CallStore,
    MessageQueue,
    MessageQuery,
    MessageSender,
    MessageSweeper,
  ],
  exports: [CallList, MessageQueue, MessageQuery],
})
export class MessagesModule {}
