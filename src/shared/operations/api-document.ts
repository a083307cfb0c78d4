import { Injectable } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

const DESCRIPTION = `Qafila runs training campaigns in e-commerce. Errors are RFC 9457 problems with a stable \`type\` and \`code\`; field errors
come as \`errors\`. Instants are ISO 8601 in UTC; wall times come as \`localDate\`, \`localStart\`, \`localEnd\` with their \`zone\`.
Lists are \`{ items, next }\` with \`cursor\` and \`limit\` (50, at most 200). Writes accept \`Idempotency-Key\` (48 h).`;

/** The OpenAPI 3.1 description of the API, made from the decorators of the controllers. */
@Injectable()
export class ApiDocument {
  private document: OpenAPIObject | undefined;

  /** Reads the controllers of the whole application once. */
  describe(app: NestFastifyApplication): OpenAPIObject {
    const base = new DocumentBuilder()
      .setTitle('Qafila')
      .setDescription(DESCRIPTION)
      .setVersion('1')
      .setOpenAPIVersion('3.1.0')
      .addBearerAuth({ type: 'http', scheme: 'bearer' }, 'token')
      .addCookieAuth('qafila', { type: 'apiKey', in: 'cookie' }, 'session')
      .build();
    const document = SwaggerModule.createDocument(app, base, {
      operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
    });
    const paths = Object.entries(document.paths).filter(
      ([path]) => path.startsWith('/api/') || path.startsWith('/health') || path === '/metrics',
    );
    this.document = { ...document, paths: Object.fromEntries(paths.sort(([a], [b]) => (a < b ? -1 : 1))) };
    return this.document;
  }

  get(): OpenAPIObject {
    if (!this.document) throw new Error('The API has not been described yet');
    return this.document;
  }
}
