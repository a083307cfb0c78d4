import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

const YEAR_MS = 31_536_000_000;

/** Built files carry their hash in the name, so they are kept for a year and never asked for again. */
export async function serveAssets(app: NestFastifyApplication, root: string): Promise<void> {
  await app.register(fastifyStatic, {
    root,
    prefix: '/assets/',
    preCompressed: true,
    index: false,
    immutable: true,
    maxAge: YEAR_MS,
    decorateReply: false,
  });
}
