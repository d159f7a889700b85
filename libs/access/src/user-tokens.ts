import { createHash, createSecretKey } from 'node:crypto';
import { type Caller, Config } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import { errors, jwtVerify, type JWTVerifyGetKey, type JWTVerifyOptions } from 'jose';
import { LRUCache } from 'lru-cache';
import { IdentityProvider } from './identity-provider.js';
import { userOf } from './user-claims.js';

/** Longer than a token that fits into our limit for all headers; what is longer is not even hashed. */
const LONGEST_TOKEN = 8192;
const TOKEN = /^[\w-]+\.[\w-]+\.[\w-]+$/;
const CLOCK_TOLERANCE_SECONDS = 5;
const MOST_REMEMBERED = 10_000;
/** Then a token is verified again: its key may have been withdrawn. */
const REMEMBERED_FOR_MS = 300_000;

interface Verified {
  readonly caller: Caller;
  readonly untilMs: number;
}

/** By which key and which rules tokens are judged. */
interface Rules {
  readonly keyOf: JWTVerifyGetKey;
  readonly options: JWTVerifyOptions;
}

/**
 * Tokens of users: JWTs that somebody signed with our secret (HS256, and nothing else), or that our
 * identity provider signed with a key of its own (RS256, ES256, EdDSA, and nothing else). One that was
 * verified is remembered for a while, so that a burst of events costs one signature.
 */
@Injectable()
export class UserTokens {
  private readonly rules: Rules | null;
  /** By the token's digest: what is remembered is no token. */
  private readonly verified = new LRUCache<string, Verified>({ max: MOST_REMEMBERED });

  constructor(config: Config, provider: IdentityProvider) {
    this.rules = rulesOf(config, provider);
  }

  /**
   * Null for what is no token of ours, or no longer valid; and for every one where neither a secret
   * nor a provider is set.
   *
   * @throws CannotAuthenticateError where the provider cannot be asked for the token's key.
   */
  callerOf(text: string): Caller | null | Promise<Caller | null> {
    if (this.rules === null || text.length > LONGEST_TOKEN || !TOKEN.test(text)) return null;
    const digest = createHash('sha256').update(text).digest('base64');
    const known = this.verified.get(digest);
    if (known !== undefined && Date.now() < known.untilMs) return known.caller;
    return this.verify(text, digest, this.rules);
  }

  private async verify(
    text: string,
    digest: string,
    { keyOf, options }: Rules,
  ): Promise<Caller | null> {
    try {
      const { payload } = await jwtVerify(text, keyOf, options);
      const caller = userOf(payload);
      const expiresMs = (Number(payload.exp) + CLOCK_TOLERANCE_SECONDS) * 1000;
      const untilMs = Math.min(expiresMs, Date.now() + REMEMBERED_FOR_MS);
      if (caller !== null) this.verified.set(digest, { caller, untilMs });
      return caller;
    } catch (error) {
      if (error instanceof errors.JOSEError) return null;
      throw error;
    }
  }
}

function rulesOf(config: Config, provider: IdentityProvider): Rules | null {
  const { JWT_SECRET, JWT_ISSUER, JWT_AUDIENCE, OIDC_ISSUER } = config;
  const options = {
    requiredClaims: ['sub', 'exp'],
    clockTolerance: CLOCK_TOLERANCE_SECONDS,
    audience: JWT_AUDIENCE,
  };
  if (OIDC_ISSUER !== undefined) {
    const algorithms = ['RS256', 'ES256', 'EdDSA'];
    return { keyOf: provider.keyOf, options: { ...options, algorithms, issuer: OIDC_ISSUER } };
  }
  if (JWT_SECRET === undefined) return null;
  const secret = createSecretKey(JWT_SECRET, 'utf8');
  const algorithms = ['HS256'];
  return { keyOf: async () => secret, options: { ...options, algorithms, issuer: JWT_ISSUER } };
}
