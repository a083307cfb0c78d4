interface PostgresFailure {
  code: string;
  constraint?: string;
}

/** Reads SQLSTATE and constraint of whatever the driver or TypeORM threw; undefined when it is no database error. */
export function postgresFailure(error: unknown): PostgresFailure | undefined {
  if (!(error instanceof Error)) return undefined;
  const source = ('driverError' in error ? error.driverError : error) as {
    code?: unknown;
    constraint?: unknown;
  };
  if (typeof source?.code !== 'string' || !/^[0-9A-Z]{5}$/.test(source.code)) return undefined;
  return {
    code: source.code,
    ...(typeof source.constraint === 'string' ? { constraint: source.constraint } : {}),
  };
}

/** True when the error is the violation of the named constraint, at the statement or at COMMIT. */
export function violates(error: unknown, constraint: string): boolean {
  return postgresFailure(error)?.constraint === constraint;
}

/** Deadlock (40P01) or serialisation failure (40001): the same work may succeed when run again. */
export function isRetryable(error: unknown): boolean {
  return ['40P01', '40001'].includes(postgresFailure(error)?.code ?? '');
}
