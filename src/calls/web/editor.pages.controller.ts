import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { inLanguage } from '../../campaigns/public.js';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { DomainError, InvalidFields, NotFound } from '../../shared/errors/domain-error.js';
import { failureOf } from '../../shared/errors/problem.js';
import { t } from '../../shared/i18n/i18n.js';
import { type FormBody, formText } from '../../shared/web/form-text.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import type { Call } from '../call.js';
import { readDesign } from '../call-design.js';
import { CallService } from '../call.service.js';
import { CallDoor } from './call.door.js';
import { designOf, emptyCall, readEditor, rearrange, type TypedCall, typedCall } from './editor-form.js';
import { type EditorPage, presentEditor } from './editor.presenter.js';

const VIEW = 'calls/web/views/editor.hbs';

/** Where the form stands: of a campaign while the call is new, of the call afterwards. */
interface Place {
  readonly path: string;
  readonly back: string;
  readonly backLabel: string;
  readonly call: Call | undefined;
  save(typed: TypedCall): Promise<Call>;
}

/** Writing a call. Until it is saved the form carries everything: adding and moving questions writes nothing. */
@ApiExcludeController()
@Controller('staff')
export class CallEditorPages {
  constructor(
    private readonly door: CallDoor,
    private readonly service: CallService,
    private readonly pages: PageRenderer,
  ) {}

  @Get('campaigns/:campaign/calls/new')
  @ForRoles('admin', 'manager', 'coordinator')
  async begin(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('campaign') key: string,
  ): Promise<void> {
    await this.show(reply, await this.ofCampaign(request, actor, key), emptyCall());
  }

  @Post('campaigns/:campaign/calls/new')
  @HttpCode(200)
  @ForRoles('admin', 'manager', 'coordinator')
  async create(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('campaign') key: string,
    @Body() body: FormBody,
  ): Promise<void> {
    await this.act(reply, await this.ofCampaign(request, actor, key), body);
  }

  @Get('calls/:call/edit')
  @ForRoles('admin', 'manager', 'coordinator')
  async edit(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('call') key: string,
  ): Promise<void> {
    const place = await this.ofCall(request, actor, key);
    await this.show(reply, place, place.call ? typedCall(place.call) : emptyCall());
  }

  @Post('calls/:call/edit')
  @HttpCode(200)
  @ForRoles('admin', 'manager', 'coordinator')
  async change(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('call') key: string,
    @Body() body: FormBody,
  ): Promise<void> {
    await this.act(reply, await this.ofCall(request, actor, key), body);
  }

  private async act(reply: FastifyReply, place: Place, body: FormBody): Promise<void> {
    const { locale } = reply.request;
    const typed = readEditor(body);
    const op = formText(body, 'op');
    if (op !== 'save' && place.call?.state !== 'published') {
      const focus = rearrange(typed, op);
      return this.show(reply, place, typed, { focus });
    }
    try {
      const { slug } = await place.save(typed);
      await this.pages.redirect(reply, `/staff/calls/${slug}`, { kind: 'success', key: 'calls:edit.saved' });
    } catch (error) {
      if (!(error instanceof DomainError) || error instanceof NotFound) throw error;
      const { status, code, params } = failureOf(error);
      const problems = error instanceof InvalidFields ? error.errors : [];
      const words = problems.length > 0 ? undefined : t(locale, `errors:${code}.detail`, params);
      await this.show(reply, place, typed, { problems, words }, status);
    }
  }

  private async show(
    reply: FastifyReply,
    place: Place,
    typed: TypedCall,
    more: Partial<EditorPage> = {},
    status = 200,
  ): Promise<void> {
    const { locale } = reply.request;
    const isPublished = place.call?.state === 'published';
    const action = `/${locale}${place.path}`;
    const heading = t(locale, place.call ? 'calls:edit.heading' : 'calls:edit.new');
    const editor = presentEditor(typed, { problems: [], ...more, locale, action, isPublished });
    const model = { heading, editor, back: `/${locale}${place.back}`, backLabel: place.backLabel };
    await this.pages.refuse(reply, VIEW, { title: heading }, model, status);
  }

  private async ofCampaign({ locale }: FastifyRequest, actor: StaffActor, key: string): Promise<Place> {
    const { id: campaignId, organisationId, slug, name } = await this.door.campaign(actor, key);
    return {
      path: `/staff/campaigns/${slug}/calls/new`,
      back: `/staff/campaigns/${slug}/calls`,
      backLabel: inLanguage(name, locale),
      call: undefined,
      save: async (typed) =>
        this.service.create(actor, { campaignId, organisationId }, readDesign(designOf(typed))),
    };
  }

  private async ofCall({ locale }: FastifyRequest, actor: StaffActor, key: string): Promise<Place> {
    const { call } = await this.door.managed(actor, key);
    return {
      path: `/staff/calls/${call.slug}/edit`,
      back: `/staff/calls/${call.slug}`,
      backLabel: inLanguage(call.title, locale),
      call,
      save: async (typed) =>
        this.service.save(actor, call.id, Number(typed.revision), readDesign(designOf(typed))),
    };
  }
}
