import { applyDecorators } from '@nestjs/common';
import { plainToInstance, Transform, Type } from 'class-transformer';
import {
  ArrayNotEmpty,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO4217CurrencyCode,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  Max,
  Min,
  validateSync,
} from 'class-validator';
import { areFieldNames, isKeyRing } from './encryption-settings.js';
import { isIssuer } from './issuer.js';
import { areNatsServers } from './nats-servers.js';
import { isNetworks } from './networks.js';
import { isSecret } from './secret.js';
import { isTrustProxy } from './trust-proxy.js';

/** What a process of the cluster does. */
export const ROLES = ['ingest', 'dashboards', 'worker'] as const;
export type Role = (typeof ROLES)[number];

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;
const PARTITION_INTERVALS = ['day', 'month'] as const;

/** HMAC-SHA-256 is as strong as its secret is long, up to its own 32 bytes. */
const LEAST_JWT_SECRET_BYTES = 32;

/** `true` and `false`, nothing else: a misspelt switch is a problem, not a default. */
const asBoolean = Transform(({ value }) =>
  value === 'true' ? true : value === 'false' ? false : value,
);
const asList = Transform(({ value }) =>
  typeof value === 'string' ? value.split(',').map((item) => item.trim()) : value,
);

/** Two years, and time to look back at them. */
const DEFAULT_MONTHS = 25;

const isMonths = (): PropertyDecorator =>
  applyDecorators(
    Type(() => Number),
    IsInt(),
    Min(0),
    Max(1200),
  );

/** Everything the process reads from its environment; nothing else reads it. */
export class Config {
  /** Loopback by default: put a proxy in front, or name the address to listen on. */
  @IsString()
  @IsNotEmpty()
  readonly HOST: string = '127.0.0.1';

  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(65_535)
  readonly PORT: number = 3000;

  /** The journal, the administrator's key and the embedded PostgreSQL live here. */
  @IsString()
  @IsNotEmpty()
  readonly DATA_DIR: string = '.data';

  /** Absent: the embedded PostgreSQL is started. */
  @IsOptional()
  @IsUrl({
    protocols: ['postgres', 'postgresql'],
    require_protocol: true,
    require_tld: false,
    allow_underscores: true, // names of containers have them
  })
  readonly DATABASE_URL?: string;

  /** Connections to PostgreSQL of this process, beside the ones that listen for changes. */
  @Type(() => Number)
  @IsInt()
  @Min(3)
  @Max(500)
  readonly DATABASE_POOL_SIZE: number = 10;

  @asList
  @ArrayNotEmpty()
  @IsIn(ROLES, { each: true })
  readonly ROLES: readonly Role[] = ROLES;

  /**
   * Whose `X-Forwarded-For` is believed: `0` nobody's, a number of proxies, or a list of CIDRs.
   * There is no "all": the left-most address is the sender's to choose.
   */
  @isTrustProxy()
  readonly TRUST_PROXY: string = '0';

  /** Signs the tokens of users (HS256). Absent: no token is known. */
  @IsOptional()
  @isSecret(LEAST_JWT_SECRET_BYTES)
  readonly JWT_SECRET?: string;

  /**
   * The identity provider whose tokens are taken, as they name it in `iss`; its keys are found by
   * its discovery document. Instead of `JWT_SECRET`: one source says who a user is.
   */
  @IsOptional()
  @isIssuer()
  readonly OIDC_ISSUER?: string;

  /** The `iss` that a token of `JWT_SECRET` must bear; absent: any. */
  @IsOptional()
  @IsString()
  readonly JWT_ISSUER?: string;

  /** What the `aud` of a token must hold; absent: anything, but never with `OIDC_ISSUER`. */
  @IsOptional()
  @IsString()
  readonly JWT_AUDIENCE?: string;

  /** Of the amounts in the `…Cents` of analytics events, which name none. */
  @IsISO4217CurrencyCode()
  readonly PLATFORM_CURRENCY: string = 'USD';

  /** Wrong credentials a minute from one address, beyond which they are answered 429; 0: never. */
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(10_000)
  readonly FAILED_LOGINS_PER_MINUTE: number = 20;

  /**
   * Addresses and networks from where commerce events need no key. Judged by the socket: a network
   * with a proxy in it lets everybody in whom the proxy lets in.
   */
  @IsOptional()
  @isNetworks()
  readonly COMMERCE_TRUSTED_NETWORKS?: string;

  /** Analytics events a minute that one ingest key may send; 0: as many as it likes. */
  @Type(() => Number)
  @IsInt()
  @Min(0)
  readonly ANALYTICS_KEY_RATE_LIMIT: number = 60_000;

  /** A Redis that all processes share; absent: each counts for itself. */
  @IsOptional()
  @IsUrl({
    protocols: ['redis', 'rediss'],
    require_protocol: true,
    require_tld: false,
    allow_underscores: true,
  })
  readonly REDIS_URL?: string;

  /**
   * The NATS servers that commerce events come from, separated by commas; absent: none do. May hold
   * a user and a password, or a token.
   */
  @IsOptional()
  @areNatsServers()
  readonly NATS_URL?: string;

  /** The durable consumer of the stream, which all processes share. */
  @Matches(/^[\w-]{1,64}$/, { message: 'NATS_CONSUMER must be 1 to 64 letters, digits, _ or -' })
  readonly NATS_CONSUMER: string = 'footfall';

  /** Fields of `props` of analytics events that are stored encrypted. */
  @asList
  @areFieldNames()
  readonly ENCRYPTED_PROPS: readonly string[] = [];

  /** The keys that encrypt them and decrypt them, as `id:key`; the first one encrypts. */
  @IsOptional()
  @isKeyRing()
  readonly ENCRYPTION_KEYS?: string;

  @IsIn(LOG_LEVELS)
  readonly LOG_LEVEL: (typeof LOG_LEVELS)[number] = 'info';

  /** Open connections at once; one more is closed as soon as it comes. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  readonly MAX_CONNECTIONS: number = 10_000;

  /** Below this many free bytes on its volume the journal takes no more events. */
  @Type(() => Number)
  @IsInt()
  @Min(0)
  readonly EVENT_LOG_MIN_FREE_BYTES: number = 268_435_456;

  /** How much event time one partition of a raw table holds. */
  @IsIn(PARTITION_INTERVALS)
  readonly PARTITION_INTERVAL: (typeof PARTITION_INTERVALS)[number] = 'day';

  /** For how many months checkout events are kept; 0: for ever. So for the other contracts. */
  @isMonths()
  readonly RETENTION_CHECKOUT: number = DEFAULT_MONTHS;

  @isMonths()
  readonly RETENTION_TRACKING: number = DEFAULT_MONTHS;

  @isMonths()
  readonly RETENTION_ANALYTICS: number = DEFAULT_MONTHS;

  @isMonths()
  readonly RETENTION_COMMERCE: number = DEFAULT_MONTHS;

  /** Days that rejected events are kept, which hold what was sent as it came; 0: for ever. */
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(36_500)
  readonly REJECTED_EVENTS_RETENTION_DAYS: number = 30;

  /** After SIGTERM, how long requests are still taken while `/readyz` is red already. */
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(60_000)
  readonly SHUTDOWN_GRACE_MS: number = 5000;

  /** Swagger UI at `/docs` and the document at `/openapi.json`. */
  @asBoolean
  @IsBoolean()
  readonly DOCS: boolean = true;

  /** False: `/metrics` asks for a key of scope `admin`. */
  @asBoolean
  @IsBoolean()
  readonly METRICS_PUBLIC: boolean = true;
}

/** An empty value in a file of settings means "not set". */
const withoutEmpty = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));

/** Reads and checks the environment once, at start. @throws with every problem listed. */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const config = plainToInstance(Config, withoutEmpty(env), { exposeDefaultValues: true });
  const problems = validateSync(config).flatMap((problem) =>
    Object.values(problem.constraints ?? {}),
  );
  const journalAlone = config.ROLES.includes('ingest') && !config.ROLES.includes('worker');
  if (journalAlone) {
    problems.push('ROLES with ingest needs worker too: a journal is consumed by its own process');
  }
  if (config.ENCRYPTED_PROPS.length > 0 && config.ENCRYPTION_KEYS === undefined) {
    problems.push('ENCRYPTED_PROPS needs ENCRYPTION_KEYS: there is nothing to encrypt them with');
  }
  problems.push(...problemsOfTokens(config));
  if (problems.length > 0) throw new Error(`Invalid environment:\n- ${problems.join('\n- ')}`);
  return config;
}

/** A provider issues tokens for many: only those for this audience are meant for us. */
function problemsOfTokens({ OIDC_ISSUER, JWT_AUDIENCE, JWT_ISSUER, JWT_SECRET }: Config): string[] {
  if (OIDC_ISSUER === undefined) return [];
  return [
    ...(JWT_AUDIENCE === undefined ? ['OIDC_ISSUER needs JWT_AUDIENCE: whom tokens are for'] : []),
    ...(JWT_SECRET === undefined ? [] : ['OIDC_ISSUER and JWT_SECRET exclude each other']),
    ...(JWT_ISSUER === undefined
      ? []
      : ['OIDC_ISSUER is the issuer: JWT_ISSUER says nothing then']),
  ];
}
