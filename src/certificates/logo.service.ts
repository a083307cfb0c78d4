import { Injectable } from '@nestjs/common';
import type { CampaignScope } from '../campaigns/public.js';
import type { StaffActor } from '../shared/access/actor.js';
import { AuditLog } from '../shared/audit/audit-log.js';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import { type FieldError, InvalidFields, NotFound } from '../shared/errors/domain-error.js';
import { StoredFiles } from '../shared/files/stored-files.js';
import { isUuid, newId } from '../shared/new-id.js';
import type { Both } from './certificate.js';
import { NoPlaceForLogo } from './certificate.errors.js';
import { LOGO_TYPE, printableLogo } from './logo-picture.js';
import { type LogoRow, LogoStore } from './logo.store.js';
import { faultOfLine, oneLine } from './printed-line.js';
import { SpecimenService } from './specimen.service.js';

/** Logos of a sheet. */
export const MOST_LOGOS = 3;
/** Longest alternative text, in code points. */
export const LONGEST_ALT = 120;
/** Logos taken away that a page still offers to bring back. */
const SHOWN_REMOVED = 3;

/** A logo as it was sent; nothing of it has been looked at. */
export interface LogoGiven {
  readonly picture: unknown;
  readonly alt: Both;
}

/** What is changed of a logo. */
export interface LogoChange {
  readonly alt?: Both | undefined;
  /** 1 is first; beyond the last is last. */
  readonly position?: number | undefined;
}

/** The logos that a campaign prints; whoever changes them changes certificates to come, never one that is out. */
@Injectable()
export class LogoService {
  constructor(
    private readonly db: Database,
    private readonly store: LogoStore,
    private readonly files: StoredFiles,
    private readonly specimens: SpecimenService,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Those that are printed in their order, and those taken away last. */
  async of(campaignId: string): Promise<{ shown: LogoRow[]; removed: LogoRow[] }> {
    const shown = await this.store.shown(campaignId);
    return { shown, removed: await this.store.removed(campaignId, SHOWN_REMOVED) };
  }

  /** @throws NotFound also for one of another campaign */
  async get(campaignId: string, id: string): Promise<LogoRow> {
    const row = isUuid(id) ? await this.store.find(campaignId, id) : undefined;
    if (!row) throw new NotFound('logo');
    return row;
  }

  /** Puts a logo behind those that are there. @throws InvalidFields, LogoRefused, NoPlaceForLogo, SheetTooFull */
  async add(by: StaffActor, scope: CampaignScope, given: LogoGiven): Promise<LogoRow> {
    const { content, faults } = readPicture(given.picture);
    const alt = readAlt(given.alt, faults);
    const { png, width, height } = await printableLogo(content);
    // Kept before it is tried, so that the printer finds it; whoever is refused leaves nothing.
    const hash = await this.db.transaction(() => this.files.keep(png, LOGO_TYPE));
    const logo = { id: newId(), position: null, hash, width, height, alt };
    try {
      await this.assertFits(scope.campaignId, logo);
      return await this.inTurn(by, scope, 'certificates.logo-add', logo.id, async (shown) => {
        if (shown.length >= MOST_LOGOS) throw new NoPlaceForLogo(MOST_LOGOS);
        await this.files.keep(png, LOGO_TYPE);
        const row = { ...logo, position: shown.length + 1 };
        await this.store.insert(scope.campaignId, row, this.clock.now());
        return row;
      });
    } catch (error) {
      await this.files.letGo(hash);
      throw error;
    }
  }

  /** Gives it another place, or says anew what it shows. @throws NotFound, InvalidFields */
  async change(
    by: StaffActor,
    scope: CampaignScope,
    id: string,
    { alt, position }: LogoChange,
  ): Promise<LogoRow> {
    await this.get(scope.campaignId, id);
    const words = alt && readAlt(alt, []);
    return this.inTurn(by, scope, 'certificates.logo-change', id, async (shown) => {
      const ids = shown.map((row) => row.id);
      if (!ids.includes(id)) throw new NotFound('logo');
      if (words) await this.store.describe(id, words);
      // A body may say null, which is nothing said.
      if (typeof position === 'number') {
        const others = ids.filter((other) => other !== id);
        const order = others.toSpliced(Math.max(0, position - 1), 0, id);
        await this.store.arrange(scope.campaignId, order);
      }
      return this.get(scope.campaignId, id);
    });
  }

  /** Takes it off the sheet; it can come back. Once more changes nothing. @throws NotFound */
  async remove(by: StaffActor, scope: CampaignScope, id: string): Promise<LogoRow> {
    const logo = await this.get(scope.campaignId, id);
    if (logo.position === null) return logo;
    return this.inTurn(by, scope, 'certificates.logo-remove', id, async (shown) => {
      if (shown.some((row) => row.id === id)) await this.store.remove(id, this.clock.now());
      const others = shown.map((row) => row.id).filter((other) => other !== id);
      await this.store.arrange(scope.campaignId, others);
      return this.get(scope.campaignId, id);
    });
  }

  /** Brings one back that was taken away, behind the others; one that is there stays where it is. @throws NotFound, NoPlaceForLogo, SheetTooFull */
  async restore(by: StaffActor, scope: CampaignScope, id: string): Promise<LogoRow> {
    const logo = await this.get(scope.campaignId, id);
    if (logo.position !== null) return logo;
    await this.assertFits(scope.campaignId, logo);
    return this.inTurn(by, scope, 'certificates.logo-restore', id, async (shown) => {
      const ids = shown.map((row) => row.id);
      if (!ids.includes(id)) {
        if (ids.length >= MOST_LOGOS) throw new NoPlaceForLogo(MOST_LOGOS);
        await this.store.arrange(scope.campaignId, [...ids, id]);
      }
      return this.get(scope.campaignId, id);
    });
  }

  private async assertFits(campaignId: string, more: LogoRow): Promise<void> {
    const shown = await this.store.shown(campaignId);
    if (shown.length >= MOST_LOGOS) throw new NoPlaceForLogo(MOST_LOGOS);
    await this.specimens.assertFits(campaignId, { logos: [...shown, more] });
  }

  /** One change after the other, each with its entry in the audit log. */
  private inTurn(
    by: StaffActor,
    { campaignId, organisationId }: CampaignScope,
    action: string,
    id: string,
    change: (shown: LogoRow[]) => Promise<LogoRow>,
  ): Promise<LogoRow> {
    return this.db.transaction(async () => {
      await this.store.lock(campaignId);
      const row = await change(await this.store.shown(campaignId));
      const facts = { logo: id, hash: row.hash, position: row.position };
      await this.audit.record(by, {
        ...{ action, subjectKind: 'campaign', subjectId: campaignId, organisationId, facts },
      });
      return row;
    });
  }
}

function readPicture(given: unknown): { content: Buffer; faults: FieldError[] } {
  if (Buffer.isBuffer(given) && given.length > 0) return { content: given, faults: [] };
  return { content: Buffer.alloc(0), faults: [{ pointer: '/picture', code: 'logo-missing' }] };
}

/** @param faults what is wrong besides @throws InvalidFields with pointers as `/alt/fr` */
function readAlt(typed: Both, faults: readonly FieldError[]): Both {
  const ofLang = (lang: 'fr' | 'ar'): FieldError[] => {
    const pointer = `/alt/${lang}`;
    const found = faultOfLine(pointer, typed[lang], LONGEST_ALT);
    const saysNothing = !/[\p{L}\p{N}]/u.test(typed[lang]);
    return found.length === 0 && saysNothing ? [{ pointer, code: 'logo-alt-missing' }] : found;
  };
  const all = [...faults, ...ofLang('fr'), ...ofLang('ar')];
  if (all.length > 0) throw new InvalidFields(all);
  return { fr: oneLine(typed.fr), ar: oneLine(typed.ar) };
}
