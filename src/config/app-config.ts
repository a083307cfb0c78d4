import { resolve } from 'node:path';
import { plainToInstance, Transform } from 'class-transformer';
import {
  IsIn,
  IsInt,
  IsOptional,
  Matches,
  Max,
  Min,
  MinLength,
  Validate,
  ValidateIf,
  validateSync,
  ValidatorConstraint,
  type ValidatorConstraintInterface,
} from 'class-validator';
import { S3_SHAPE, type S3Place, s3PlaceOf } from './storage-place.js';

const toInt = () =>
  Transform(({ value }: { value: unknown }) => (value === undefined ? undefined : Number(value)));
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

@ValidatorConstraint()
class StoragePlaceShape implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'string' && (/^file:.+/.test(value) || s3PlaceOf(value) !== undefined);
  }

  defaultMessage(): string {
    return `must look like file:var/media or ${S3_SHAPE}`;
  }
}

/**
 * Everything the process reads from its environment, validated once at start.
 * No other file reads `process.env` (a lint rule holds it).
 */
export class AppConfig {
  /** `demo` is for trying: loopback only, invented people. Anything real is `production`. */
  @IsIn(['demo', 'production'], { message: 'must be "demo" or "production"' })
  readonly QAFILA_MODE: 'demo' | 'production' = 'demo';

  /** What this process does: answer requests, run jobs, or both. */
  @IsIn(['all', 'web', 'worker'], { message: 'must be "all", "web" or "worker"' })
  readonly QAFILA_ROLE: 'all' | 'web' | 'worker' = 'all';

  /** TCP port of the HTTP server; 0 lets the kernel choose. */
  @toInt()
  @IsInt({ message: 'must be a whole number' })
  @Min(0, { message: 'must be 0 or more' })
  @Max(65_535, { message: 'must be at most 65535' })
  readonly PORT: number = 3000;

  @MinLength(1, { message: 'must not be empty' })
  readonly HOST: string = '127.0.0.1';

  /** PostgreSQL 15 or later; unset means the embedded one under QAFILA_VAR. */
  @IsOptional()
  @Matches(/^postgres(ql)?:\/\/.+/, { message: 'must look like postgres://user:password@host:5432/name' })
  readonly DATABASE_URL?: string;

  /** A streaming replica for reports; unset means DATABASE_URL. */
  @IsOptional()
  @Matches(/^postgres(ql)?:\/\/.+/, { message: 'must look like postgres://user:password@host:5432/name' })
  readonly DATABASE_REPLICA_URL?: string;

  /** Redis for Bull; unset means that PostgreSQL's LISTEN/NOTIFY wakes the workers. */
  @IsOptional()
  @Matches(/^rediss?:\/\/.+/, { message: 'must look like redis://host:6379' })
  readonly REDIS_URL?: string;

  /** Where files live: `file:<folder>`, or a bucket as {@link s3PlaceOf} reads it; unset means `media/` under QAFILA_VAR. */
  @IsOptional()
  @Validate(StoragePlaceShape)
  readonly STORAGE_URL?: string;

  /**
   * Where a web server in front of us keeps the folder of STORAGE_URL for `X-Accel-Redirect`; unset means that we send the
   * files ourselves.
   */
  @IsOptional()
  @Matches(/^(\/[\w-]+)+\/$/, { message: 'must look like /stored/' })
  readonly QAFILA_ACCEL_PATH?: string;

  /** Address people type, without a trailing slash; links in messages and QR codes start with it. */
  @ValidateIf((c: AppConfig) => c.PUBLIC_URL !== undefined || c.QAFILA_MODE === 'production')
  @Matches(/^https?:\/\/[^/]+$/, {
    message: 'is needed in production and must look like https://qafila.example (no path)',
  })
  readonly PUBLIC_URL?: string;

  /** Other origin for uploaded content; unset means the same origin. */
  @IsOptional()
  @Matches(/^https?:\/\/[^/]+$/, { message: 'must look like https://content.example (no path)' })
  readonly CONTENT_URL?: string;

  /** Root of all derived keys; at least 32 characters. Demo mode keeps its own under QAFILA_VAR. */
  @ValidateIf((c: AppConfig) => c.QAFILA_SECRET !== undefined || c.QAFILA_MODE === 'production')
  @MinLength(32, { message: 'is needed in production and must have at least 32 characters' })
  readonly QAFILA_SECRET?: string;

  /** The secret before the last rotation; it still verifies, it never signs. */
  @IsOptional()
  @MinLength(32, { message: 'must have at least 32 characters' })
  readonly QAFILA_SECRET_PREVIOUS?: string;

  /** Proxies whose forwarded headers are believed: addresses or CIDR ranges, comma-separated. */
  @IsOptional()
  @Matches(/^[0-9a-fA-F.:/, ]+$/, { message: 'must be addresses or CIDR ranges, comma-separated' })
  readonly QAFILA_TRUSTED_PROXIES?: string;

  /** Folder of the embedded database, files and keys. */
  @MinLength(1, { message: 'must not be empty' })
  readonly QAFILA_VAR: string = 'var';

  /** Demo campaigns in demo mode: 1 (default) or 0. */
  @IsIn(['0', '1'], { message: 'must be 0 or 1' })
  readonly QAFILA_DEMO: '0' | '1' = '1';

  /** Password of the demo accounts; unset means a random one, printed at start. */
  @IsOptional()
  @MinLength(8, { message: 'must have at least 8 characters' })
  readonly QAFILA_DEMO_PASSWORD?: string;

  /** Folder of the course files; unset means the project's own `courses/`. */
  @IsOptional()
  @MinLength(1, { message: 'must not be empty' })
  readonly QAFILA_COURSES?: string;

  @IsOptional()
  @Matches(/^smtps?:\/\/.+/, { message: 'must look like smtp://host:25' })
  readonly SMTP_URL?: string;

  /** Who e-mails come from; unset means `qafila@` the host of the public address. */
  @IsOptional()
  @Matches(/^([^<>\r\n]{1,80} <[^<>@\s]{1,64}@[^<>@\s]{1,190}>|[^<>@\s]{1,64}@[^<>@\s]{1,190})$/, {
    message: 'must look like qafila@example.ma, or Qafila <qafila@example.ma>',
  })
  readonly QAFILA_MAIL_FROM?: string;

  @IsOptional()
  @Matches(/^https?:\/\/.+/, { message: 'must look like https://gateway.example/send' })
  readonly SMS_URL?: string;

  /** What one SMS of 160 or 70 letters costs, in centimes of a dirham; unset means that no cost is told beforehand. */
  @IsOptional()
  @toInt()
  @IsInt({ message: 'must be a whole number of centimes' })
  @Min(0, { message: 'must be 0 or more' })
  @Max(10_000, { message: 'must be at most 10000' })
  readonly QAFILA_SMS_CENTIMES?: number;

  /** Number of the CNDP's receipt (law 09-08), shown where people give their data. */
  @IsOptional()
  @Matches(/^[\w /.-]{3,40}$/, { message: 'must look like D-123/2027' })
  readonly QAFILA_CNDP_RECEIPT?: string;

  @IsIn(LOG_LEVELS, { message: `must be one of ${LOG_LEVELS.join(', ')}` })
  readonly LOG_LEVEL: (typeof LOG_LEVELS)[number] = 'info';

  get isDemo(): boolean {
    return this.QAFILA_MODE === 'demo';
  }

  get hasDemoData(): boolean {
    return this.isDemo && this.QAFILA_DEMO === '1';
  }

  get varDir(): string {
    return resolve(this.QAFILA_VAR);
  }

  /** The bucket of the content-addressed store; undefined where it is a folder. */
  get s3(): S3Place | undefined {
    return this.STORAGE_URL === undefined ? undefined : s3PlaceOf(this.STORAGE_URL);
  }

  /** Folder of the content-addressed store, where it is none of {@link s3}. */
  get storageDir(): string {
    return resolve(
      this.STORAGE_URL?.slice('file:'.length).replace(/^\/\//, '') ?? `${this.QAFILA_VAR}/media`,
    );
  }

  get answersRequests(): boolean {
    return this.QAFILA_ROLE !== 'worker';
  }

  get runsJobs(): boolean {
    return this.QAFILA_ROLE !== 'web';
  }
}

const KNOWN = [
  ...[
    'QAFILA_MODE',
    'QAFILA_ROLE',
    'PORT',
    'HOST',
    'DATABASE_URL',
    'DATABASE_REPLICA_URL',
    'REDIS_URL',
    'STORAGE_URL',
  ],
  ...[
    'PUBLIC_URL',
    'CONTENT_URL',
    'QAFILA_SECRET',
    'QAFILA_SECRET_PREVIOUS',
    'QAFILA_TRUSTED_PROXIES',
    'QAFILA_VAR',
  ],
  ...['QAFILA_DEMO', 'QAFILA_DEMO_PASSWORD', 'SMTP_URL', 'SMS_URL', 'LOG_LEVEL', 'QAFILA_CNDP_RECEIPT'],
  'QAFILA_COURSES',
  'QAFILA_ACCEL_PATH',
  'QAFILA_SMS_CENTIMES',
  'QAFILA_MAIL_FROM',
];
const LOOPBACK = /^(localhost|127(\.\d+){3}|::1|\[::1\])$/;

/** The environment does not make a configuration. One line per variable, never its value: values may be secrets. */
export class InvalidConfig extends Error {}

function crossChecks(config: AppConfig): string[] {
  const lines: string[] = [];
  if (config.isDemo && !LOOPBACK.test(config.HOST)) {
    lines.push('HOST: demo mode listens on loopback only; set QAFILA_MODE=production to serve others');
  }
  for (const gateway of ['SMTP_URL', 'SMS_URL'] as const) {
    if (config.isDemo && config[gateway]) lines.push(`${gateway}: demo mode uses no real gateway`);
  }
  if (config.QAFILA_ACCEL_PATH !== undefined && config.s3)
    lines.push('QAFILA_ACCEL_PATH: a server in front of us sends files of a folder only, not of s3:');
  return lines;
}

/**
 * Builds the configuration from an environment map. Empty values count as unset.
 *
 * @throws InvalidConfig naming every invalid or unknown variable
 */
export function loadConfig(env: Record<string, string | undefined>): AppConfig {
  const given = Object.fromEntries(KNOWN.filter((name) => env[name]).map((name) => [name, env[name]]));
  const config = plainToInstance(AppConfig, given, { exposeDefaultValues: true });
  const lines = validateSync(config, { skipMissingProperties: false }).map(
    (problem) => `${problem.property}: ${Object.values(problem.constraints ?? {}).join('; ')}`,
  );
  const unknown = Object.keys(env).filter((name) => name.startsWith('QAFILA_') && !KNOWN.includes(name));
  lines.push(...unknown.map((name) => `${name}: is not a setting of Qafila`), ...crossChecks(config));
  if (lines.length > 0) throw new InvalidConfig(`Invalid configuration. ${lines.join(' · ')}`);
  return Object.freeze(config);
}
