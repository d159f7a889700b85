import { createHash, createSecretKey, type KeyObject } from 'node:crypto';
import { type Caller, Config } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import { errors, jwtVerify, type JWTVerifyOptions } from 'jose';
import { LRUCache } from 'lru-cache';
import { userOf } from './user-claims.js';

/** Longer than any token of ours; what is longer is not even hashed. */
const LONGEST_TOKEN = 4096;
const TOKEN = /^[\w-]+\.[\w-]+\.[\w-]+$/;
const CLOCK_TOLERANCE_SECONDS = 5;
const MOST_REMEMBERED = 10_000;

interface Verified {
  readonly caller: Caller;
  readonly untilMs: number;
}

/**
 * Tokens of users: JWTs that somebody signed with our secret (HS256, and nothing else). One that was
 * verified is remembered until it expires, so that a burst of events costs one signature.
 */
@Injectable()
export class UserTokens {
  private readonly secret: KeyObject | null;
  private readonly options: JWTVerifyOptions;
  /** By the token's digest: what is remembered is no token. */
  private readonly verified = new LRUCache<string, Verified>({ max: MOST_REMEMBERED });

  constructor({ JWT_SECRET, JWT_ISSUER, JWT_AUDIENCE }: Config) {
    this.secret = JWT_SECRET === undefined ? null : createSecretKey(JWT_SECRET, 'utf8');
    this.options = {
      algorithms: ['HS256'],
      requiredClaims: ['sub', 'exp'],
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      issuer: JWT_ISSUER,
      audience: JWT_AUDIENCE,
    };
  }

  /** Null for what is no token of ours, or no longer valid; and for every one without a secret. */
  callerOf(text: string): Caller | null | Promise<Caller | null> {
    if (this.secret === null || text.length > LONGEST_TOKEN || !TOKEN.test(text)) return null;
    const digest = createHash('sha256').update(text).digest('base64');
    const known = this.verified.get(digest);
    if (known === undefined) return this.verify(text, digest, this.secret);
    return Date.now() < known.untilMs ? known.caller : null;
  }

  private async verify(text: string, digest: string, secret: KeyObject): Promise<Caller | null> {
    try {
      const { payload } = await jwtVerify(text, secret, this.options);
      const caller = userOf(payload);
      const expires = Number(payload.exp) + CLOCK_TOLERANCE_SECONDS;
      if (caller !== null) this.verified.set(digest, { caller, untilMs: expires * 1000 });
      return caller;
    } catch (error) {
      if (error instanceof errors.JOSEError) return null;
      throw error;
    }
  }
}
