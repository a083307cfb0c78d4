import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { dossierNumber } from '../../calls/public.js';
import { Public } from '../../shared/access/access-rule.js';
import { formatInstant } from '../../shared/clock/format-date.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import { t } from '../../shared/i18n/i18n.js';
import { pickText } from '../../shared/web/handlebars/format.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { ResultStore } from '../result.store.js';
import { changeWords, presentTables } from './result.presenter.js';
import { presentRules } from './rules.presenter.js';
import { SelectionDoor } from './selection.door.js';

/** What everybody may read: how dossiers are chosen, and who was, by number. */
@ApiExcludeController()
@Controller('calls/:call')
export class PublicSelectionPages {
  constructor(
    private readonly door: SelectionDoor,
    private readonly results: ResultStore,
    private readonly pages: PageRenderer,
  ) {}

  @Get('selection')
  @Public()
  async rules(@Res() reply: FastifyReply, @Param('call') key: string): Promise<void> {
    const { locale } = reply.request;
    const { call, selection } = await this.door.announced(key);
    const back = `/${locale}/calls/${call.slug}`;
    const model = {
      ...{ back, call: pickText(call.title, locale).text, rules: presentRules(selection, call, locale) },
      resultHref: selection.state === 'published' ? `${back}/results` : undefined,
    };
    const title = t(locale, 'selection:page.how');
    await this.pages.send(reply, 'selection/web/views/rules.hbs', { title, nav: 'public' }, model);
  }

  @Get('results')
  @Public()
  async result(@Res() reply: FastifyReply, @Param('call') key: string): Promise<void> {
    const { locale } = reply.request;
    const { call, selection } = await this.door.announced(key);
    if (selection.state !== 'published' || !selection.publishedAt) throw new NotFound('result');
    const rows = await this.results.all(call.id);
    const lines = rows.map((row) => ({ ...row, number: dossierNumber(row) }));
    const back = `/${locale}/calls/${call.slug}`;
    const file = `/api/v1/calls/${call.slug}/results`;
    const model = {
      ...{ back, call: pickText(call.title, locale).text, rulesHref: `${back}/selection` },
      published: t(locale, 'selection:result.published', {
        when: formatInstant(selection.publishedAt, call.zone, locale),
      }),
      ...{ hash: selection.hash, secret: selection.secret },
      tables: presentTables(lines, selection.design, false, locale),
      changes: (await this.results.changes(call.id)).map((change) => changeWords(change, call, locale)),
      ...{ scriptHref: `${file}/replay.mjs`, fileHref: `${file}/results.json` },
    };
    const title = t(locale, 'selection:result.title');
    await this.pages.send(reply, 'selection/web/views/results.hbs', { title, nav: 'public' }, model);
  }
}
