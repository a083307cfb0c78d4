import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { displayName, formatPhone, PersonQuery } from '../../people/public.js';
import { ForRoles } from '../../shared/access/access-rule.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { CurrentStaff } from '../../shared/access/current-actor.js';
import { formatInstant } from '../../shared/clock/format-date.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { pageOf, readCursor } from '../../shared/paging/cursor.js';
import { pickText } from '../../shared/web/handlebars/format.js';
import { PageRenderer } from '../../shared/web/page-renderer.js';
import { APPLICATION_STATES, dossierNumber, NEEDS } from '../application.js';
import { ApplicationStore } from '../application.store.js';
import type { Call } from '../call.js';
import { communeName } from '../dossier-table.js';
import { type Dossier, type DossierFilter, DossierQuery } from '../dossier.query.js';
import { DossierQueryDto } from './application.dto.js';
import { photoAddress } from './application.presenter.js';
import { CallDoor } from './call.door.js';
import { presentAnswers } from './call-page.presenter.js';
import { versionText } from './my-application.pages.controller.js';

const COLUMNS = ['number', 'name', 'phone', 'commune', 'needs', 'state', 'changedAt'] as const;

/** The dossiers of a call and each of them, for its staff. */
@ApiExcludeController()
@Controller('staff')
export class DossierPages {
  constructor(
    private readonly door: CallDoor,
    private readonly dossiers: DossierQuery,
    private readonly store: ApplicationStore,
    private readonly people: PersonQuery,
    private readonly pages: PageRenderer,
  ) {}

  @Get('calls/:call/applications')
  @ForRoles('admin', 'manager', 'coordinator')
  async list(
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('call') key: string,
    @Query() { cursor, limit, lang: _, ...filter }: DossierQueryDto,
  ): Promise<void> {
    const { locale } = reply.request;
    const { call } = await this.door.managed(actor, key);
    const found = await this.dossiers.list(call.id, filter, readCursor(cursor), limit);
    const { items, next } = pageOf(found, limit, ({ createdAt, id }) => ({ at: createdAt, id }));
    const asked = new URLSearchParams(
      Object.entries(filter).filter((entry): entry is [string, string] => Boolean(entry[1])),
    );
    const base = `/${locale}/staff/calls/${call.slug}`;
    const file = (format: string): string =>
      `/api/v1/calls/${call.slug}/applications/export?${new URLSearchParams([...asked, ['format', format], ['lang', locale]]).toString()}`;
    const link = (more: [string, string][]): string =>
      `${base}/applications?${new URLSearchParams([...asked, ...more]).toString()}`;
    const model = {
      title: pickText(call.title, locale).text,
      ...{ back: base, action: `${base}/applications`, deskHref: `${base}/desk`, q: filter.q ?? '' },
      filters: filters(filter, await this.dossiers.communes(call.id), locale),
      columns: COLUMNS.map((column) => ({ label: t(locale, `calls:column.${column}`) })),
      rows: items.map((dossier) => rowOf(dossier, call, locale)),
      csvHref: file('csv'),
      xlsxHref: file('xlsx'),
      firstHref: cursor ? link([]) : null,
      nextHref: next ? link([['cursor', next]]) : null,
    };
    await this.pages.send(
      reply,
      'calls/web/views/dossiers.hbs',
      { title: t(locale, 'calls:staff.dossiers') },
      model,
    );
  }

  @Get('applications/:application')
  @ForRoles('admin', 'manager', 'coordinator')
  async show(
    @Res() reply: FastifyReply,
    @CurrentStaff() actor: StaffActor,
    @Param('application') id: string,
  ): Promise<void> {
    const { locale } = reply.request;
    const { call, application } = await this.door.dossier(actor, id);
    const [names, contacts] = [
      await this.people.names([application.personId]),
      await this.people.contacts([application.personId]),
    ];
    const name = names.get(application.personId);
    const contact = contacts.get(application.personId);
    const photoFields = call.fields.filter(({ type }) => type === 'photo');
    const versions = (await this.store.versions(id)).reverse();
    const model = {
      back: `/${locale}/staff/calls/${call.slug}/applications`,
      call: pickText(call.title, locale).text,
      number: dossierNumber(application),
      name: name ? displayName(name, locale) : '',
      phone: contact ? formatPhone(contact.e164) : '',
      badge: badgeOf(application.state, locale),
      commune: application.communeCode && communeName(application.communeCode, locale),
      answers: presentAnswers(call, application, locale),
      photos: photoFields
        .filter((field) => application.answers[field.id] !== undefined)
        .map((field) => ({
          src: photoAddress(id, application.version, field.id),
          label: pickText(field.label, locale).text,
        })),
      versions: versions.map((version) => ({
        text: versionText(version, call.zone, locale),
        consent: version.heard && t(locale, `calls:history.${version.heard}`),
        answers: presentAnswers(call, version, locale),
      })),
    };
    await this.pages.send(reply, 'calls/web/views/dossier.hbs', { title: model.number }, model);
  }
}

function badgeOf(state: Dossier['state'], locale: Locale): { kind: string; text: string } {
  return { kind: state === 'sent' ? 'good' : 'neutral', text: t(locale, `calls:state.${state}`) };
}

function rowOf(dossier: Dossier, call: Call, locale: Locale): object {
  return {
    cells: [
      { text: dossierNumber(dossier), href: `/${locale}/staff/applications/${dossier.id}` },
      { text: displayName(dossier.name, locale) },
      // On one line, however narrow the column.
      { text: dossier.e164 === null ? '' : formatPhone(dossier.e164).replaceAll(' ', '\u00a0') },
      { text: dossier.communeCode === null ? '' : communeName(dossier.communeCode, locale) },
      { text: dossier.needs.map((need) => t(locale, `calls:need.${need}`)).join(', ') },
      { badge: badgeOf(dossier.state, locale) },
      { text: formatInstant(dossier.changedAt, call.zone, locale) },
    ],
  };
}

function filters(filter: DossierFilter, communes: readonly string[], locale: Locale): object[] {
  const all = { value: '', label: t(locale, 'calls:filter.all') };
  const places = communes.map((value) => ({ value, label: communeName(value, locale) }));
  places.sort((a, b) => a.label.localeCompare(b.label, locale));
  const words = (list: readonly string[], group: string) =>
    list.map((value) => ({ value, label: t(locale, `calls:${group}.${value}`) }));
  return [
    { name: 'commune', value: filter.commune ?? '', options: [all, ...places] },
    { name: 'state', value: filter.state ?? '', options: [all, ...words(APPLICATION_STATES, 'state')] },
    { name: 'need', value: filter.need ?? '', options: [all, ...words(NEEDS, 'need')] },
  ].map((one) => ({ ...one, label: t(locale, `calls:filter.${one.name}`) }));
}
