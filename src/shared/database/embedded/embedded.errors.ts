/** Another living Qafila process works on the same `var/` folder. */
export class VarInUse extends Error {
  readonly code = 'var-in-use';

  constructor(
    readonly varDir: string,
    /** Process id of the holder. */
    readonly pid: number,
  ) {
    super(
      `${varDir} is in use by another Qafila (process ${pid}); stop it first, or set QAFILA_VAR to another folder.`,
    );
    this.name = 'VarInUse';
  }
}

/** The folder for the data cannot be created or written. */
export class VarNotWritable extends Error {
  readonly code = 'var-not-writable';

  constructor(
    readonly path: string,
    /** What the system said, such as `EACCES` or the name of the owner. */
    readonly reason: string,
  ) {
    super(`${path} cannot be written (${reason}); make it writable or set QAFILA_VAR to another folder.`);
    this.name = 'VarNotWritable';
  }
}

/** No PostgreSQL can be run here: no binaries for the platform, or they do not execute. */
export class EmbeddedPostgresUnavailable extends Error {
  readonly code = 'embedded-postgres-unavailable';

  constructor(reason: string) {
    super(
      `The embedded PostgreSQL cannot run here: ${reason}; set DATABASE_URL to a PostgreSQL of your own.`,
    );
    this.name = 'EmbeddedPostgresUnavailable';
  }
}

/** PostgreSQL is there but refused to be set up, started or reached. */
export class EmbeddedPostgresFailed extends Error {
  readonly code = 'embedded-postgres-failed';

  constructor(
    what: string,
    /** The last lines PostgreSQL wrote, for the log. */
    readonly output: string = '',
  ) {
    super(`The embedded PostgreSQL ${what}.`);
    this.name = 'EmbeddedPostgresFailed';
  }
}
