import { Injectable } from '@nestjs/common';
import { Database } from '../shared/database/database.js';
import { isUuid } from '../shared/new-id.js';
import type { Position } from '../shared/paging/cursor.js';
import type { Answers, Application, ApplicationState, ApplicationVersion, Need } from './application.js';

const COLUMNS = `
  SELECT a.id, a.organisation_id AS "organisationId", a.call_id AS "callId", c.number AS "callNumber", a.person_id AS "personId", a.n,
         a.state, a.answers, a.needs, a.commune_code AS "communeCode", a.version, a.created_at AS "createdAt", a.changed_at AS "changedAt"
    FROM application a JOIN call c ON c.id = a.call_id`;
const BY_ID = `${COLUMNS} WHERE a.id = $1`;
const OF = `${COLUMNS} WHERE a.call_id = $1 AND a.person_id = $2`;
const OF_PERSON = `
  ${COLUMNS}
   WHERE a.person_id = $1 AND ($2::timestamptz IS NULL OR (a.changed_at, a.id) < ($2, $3::uuid))
   ORDER BY a.changed_at DESC, a.id DESC LIMIT $4`;
const VERSIONS = `
  SELECT v.n, v.kind, v.at, v.answers, v.needs, k.name AS by, v.heard
    FROM application_version v LEFT JOIN account k ON k.id = v.account_id
   WHERE v.application_id = $1 ORDER BY v.n`;
const INSERT = `
  INSERT INTO application (id, organisation_id, call_id, person_id, n, state, answers, needs, commune_code, version, created_at, changed_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, $10)`;
const CHANGE = `
  UPDATE application SET state = $2, answers = $3, needs = $4, commune_code = $5, version = version + 1, changed_at = $6 WHERE id = $1`;
const ADD_VERSION = `
  INSERT INTO application_version (application_id, n, kind, at, answers, needs, account_id, heard)
  SELECT id, version, $2, changed_at, answers, needs, $3, $4 FROM application WHERE id = $1`;
const ADD_PHOTO = `
  INSERT INTO application_photo (hash, application_id) VALUES ($1, $2)
  ON CONFLICT ON CONSTRAINT application_photo_application_id_hash_key DO NOTHING`;

/** What a dossier is to hold. */
export interface ApplicationContent {
  readonly state: ApplicationState;
  readonly answers: Answers;
  readonly needs: readonly Need[];
  readonly communeCode: string | null;
}

/** Who wrote a version: the person, or staff for them. */
export interface Writer {
  readonly accountId?: string;
  readonly heard?: 'heard' | 'read';
}

/** Dossiers and their versions in the database; versions are only ever added. */
@Injectable()
export class ApplicationStore {
  constructor(private readonly db: Database) {}

  byId(id: string): Promise<Application | undefined> {
    return isUuid(id) ? this.db.readOne('application.byId', BY_ID, [id]) : Promise.resolve(undefined);
  }

  of(callId: string, personId: string): Promise<Application | undefined> {
    return this.db.readOne('application.of', OF, [callId, personId]);
  }

  /** The latest change first; one more than `limit`. */
  ofPerson(personId: string, after: Position | undefined, limit: number): Promise<Application[]> {
    return this.db.read('application.ofPerson', OF_PERSON, [
      ...[personId, after?.at ?? null, after?.id ?? null, limit + 1],
    ]);
  }

  /** The oldest first. */
  versions(id: string): Promise<ApplicationVersion[]> {
    return this.db.read('application.versions', VERSIONS, [id]);
  }

  /** A new dossier with its first version; part of the transaction that holds the call. */
  async open(
    dossier: Pick<Application, 'id' | 'organisationId' | 'callId' | 'personId' | 'n'>,
    content: ApplicationContent,
    at: Date,
    writer: Writer,
  ): Promise<void> {
    const { id, organisationId, callId, personId, n } = dossier;
    await this.db.write('application.insert', INSERT, [
      id,
      organisationId,
      callId,
      personId,
      n,
      ...valuesOf(content),
      at,
    ]);
    await this.addVersion(id, 'sent', writer);
  }

  /** A further version of a dossier; part of the transaction that holds the call. */
  async change(
    id: string,
    kind: ApplicationVersion['kind'],
    content: ApplicationContent,
    at: Date,
    writer: Writer,
  ): Promise<void> {
    await this.db.write('application.change', CHANGE, [id, ...valuesOf(content), at]);
    await this.addVersion(id, kind, writer);
  }

  /** Says that the dossier, in one of its versions, needs this picture. */
  async addPhoto(id: string, hash: string): Promise<void> {
    await this.db.write('application.photo', ADD_PHOTO, [hash, id]);
  }

  private async addVersion(
    id: string,
    kind: ApplicationVersion['kind'],
    { accountId, heard }: Writer,
  ): Promise<void> {
    await this.db.write('application.version', ADD_VERSION, [id, kind, accountId ?? null, heard ?? null]);
  }
}

function valuesOf({ state, answers, needs, communeCode }: ApplicationContent): unknown[] {
  return [state, JSON.stringify(answers), needs, communeCode];
}
