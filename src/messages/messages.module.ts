import { Global, Module } from '@nestjs/common';
import { AppConfig } from '../config/app-config.js';
import { publicAddress } from '../config/public-address.js';
import { CallList } from './calls/call-list.js';
import { CallStore } from './calls/call.store.js';
import { HttpSmsGateway } from './http-sms.gateway.js';
import { MessageSweeper } from './jobs/message.sweeper.js';
import { Gateways, LocalOutbox, MessageGateway } from './message-gateway.js';
import { MessageQuery } from './message.query.js';
import { MessageQueue } from './message.queue.js';
import { MessageSender } from './message.sender.js';
import { type Sender, SmtpGateway } from './smtp.gateway.js';
import { MyMessagesApi } from './web/my-messages.api.controller.js';
import { MyMessagesPages } from './web/my-messages.pages.controller.js';
import { OutboxController } from './web/outbox.controller.js';

function senderOf(config: AppConfig): Sender {
  const host = new URL(publicAddress(config)).hostname;
  return { from: config.QAFILA_MAIL_FROM ?? `Qafila <qafila@${host}>`, host };
}

function gatewayFor(config: AppConfig): MessageGateway {
  if (config.isDemo) return new LocalOutbox();
  const gateways: MessageGateway[] = [];
  if (config.SMS_URL) gateways.push(new HttpSmsGateway(config.SMS_URL));
  if (config.SMTP_URL) gateways.push(new SmtpGateway(config.SMTP_URL, senderOf(config)));
  return new Gateways(gateways);
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
