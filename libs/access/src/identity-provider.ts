import {
  BackOff,
  CannotAuthenticateError,
  Config,
  isSafeAddress,
  Metrics,
  pause,
  Probes,
} from '#libs/platform';
import {
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { createLocalJWKSet, createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import { IdentityProviderLog } from './identity-provider.log.js';

const ANSWER_WITHIN_MS = 3000;
/** A key that the provider has withdrawn is trusted so long, and one that it adds is asked for. */
const READ_EVERY_MS = 300_000;
/** Tokens that name keys which nobody has make us ask no more often than this. */
const ASK_AT_MOST_EVERY_MS = 5000;

type RemoteKeys = ReturnType<typeof createRemoteJWKSet>;

/** It has answered, and has no key that fits: nothing is wrong but the token. */
const isTheTokensFault = (error: unknown): boolean =>
  error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys;

/**
 * The keys of the identity provider that `OIDC_ISSUER` names, found by its discovery document.
 *
 * They are read in the background and again for ever. While it cannot be reached, the keys that were
 * read last go on working, and nobody waits for it: a token that names another cannot be judged.
 */
@Injectable()
export class IdentityProvider implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new IdentityProviderLog();
  private readonly issuer: string | undefined;
  private readonly stopping = new AbortController();
  private wakeUp = new AbortController();
  private running: Promise<void> | null = null;
  private isAnswering = false;
  private address: string | null = null;
  private remote: RemoteKeys | null = null;
  /** Those that were read last, while it is away. */
  private kept: JWTVerifyGetKey | null = null;

  constructor(
    { OIDC_ISSUER }: Config,
    private readonly metrics: Metrics,
    private readonly probes: Probes,
  ) {
    this.issuer = OIDC_ISSUER;
  }

  /**
   * The key that a token names.
   *
   * @throws a `JOSEError` where there is no such key, CannotAuthenticateError where nobody can tell.
   */
  readonly keyOf: JWTVerifyGetKey = async (header, token) => {
    const keys = this.isAnswering ? this.remote : this.kept;
    if (keys === null) throw new CannotAuthenticateError('the provider’s keys were never read');
    try {
      return await keys(header, token);
    } catch (error) {
      if (this.isAnswering && isTheTokensFault(error)) throw error;
      this.wakeUp.abort();
      throw new CannotAuthenticateError('the provider cannot be asked for this key', {
        cause: error,
      });
    }
  };

  onApplicationBootstrap(): void {
    if (this.issuer === undefined) return;
    this.metrics.gauge(
      'identity_provider_up',
      '1 while the keys of the identity provider can be read.',
      [],
      (gauge) => gauge.set(this.isAnswering ? 1 : 0),
    );
    this.probes.add({
      name: 'identityProvider',
      vital: false,
      ails: () => (this.isAnswering ? null : 'the identity provider does not answer'),
    });
    this.running = this.keepReading(this.issuer);
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async keepReading(issuer: string): Promise<void> {
    const { signal } = this.stopping;
    const backOff = new BackOff();
    while (!signal.aborted) {
      this.wakeUp = new AbortController();
      const waitMs = await this.read(issuer).then(
        () => {
          backOff.reset();
          return READ_EVERY_MS;
        },
        (error: unknown) => {
          this.lost(error);
          return backOff.next();
        },
      );
      // Whoever sends tokens that make us ask must not make us ask without end.
      const leastMs = Math.min(waitMs, ASK_AT_MOST_EVERY_MS);
      await pause(leastMs, signal);
      await pause(waitMs - leastMs, AbortSignal.any([signal, this.wakeUp.signal]));
    }
  }

  private async read(issuer: string): Promise<void> {
    const address = await keysAddressOf(issuer, this.stopping.signal);
    const known = address === this.address ? this.remote : null;
    const remote = known ?? remoteKeysAt(address);
    await remote.reload();
    this.remote = remote;
    this.address = address;
    if (!this.isAnswering) this.log.read();
    this.isAnswering = true;
  }

  private lost(error: unknown): void {
    if (this.stopping.signal.aborted) return;
    const known = this.remote?.jwks();
    if (known !== undefined) this.kept = createLocalJWKSet(known);
    this.isAnswering = false;
    this.log.lost(error);
  }
}

const remoteKeysAt = (address: string): RemoteKeys =>
  createRemoteJWKSet(new URL(address), {
    timeoutDuration: ANSWER_WITHIN_MS,
    cooldownDuration: ASK_AT_MOST_EVERY_MS,
    cacheMaxAge: Infinity, // we read them anew ourselves, so that an old key outlives a failure
  });

/** Where the provider keeps its keys. @throws where it does not say so, or speaks for another. */
async function keysAddressOf(issuer: string, stop: AbortSignal): Promise<string> {
  const response = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {
    headers: { accept: 'application/json' },
    redirect: 'error',
    signal: AbortSignal.any([stop, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
  });
  if (response.status !== 200) throw new Error(`the discovery document answers ${response.status}`);
  const document = (await response.json()) as { issuer?: unknown; jwks_uri?: unknown };
  if (document.issuer !== issuer) throw new Error('the discovery document is of another issuer');
  const { jwks_uri: address } = document;
  if (typeof address !== 'string' || !URL.canParse(address) || !isSafeAddress(new URL(address))) {
    throw new Error('the discovery document names no https address of keys');
  }
  return address;
}
