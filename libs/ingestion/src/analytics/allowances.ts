import type { AnalyticsEventDto } from '#libs/contracts';
import { type Allowance, type Caller, networkOf, type Receipt } from '#libs/platform';
import { asksNotToBeTracked, trustOf } from './sender.js';

const MINUTE_S = 60;

/** Of one user, one session, or one address whose events have neither. */
export const MOST_OF_ONE = 100;

/**
 * Of all sessions of one address together: sessions can be invented, and many people can stand
 * behind one address.
 */
export const MOST_OF_AN_ADDRESS = 1000;

const NONE: readonly Allowance[] = [];

/**
 * What an event draws on: a key on its own limit (0 is none), a user on their own, anybody else on
 * their session's and, beside it, on their address's. What is not stored anyway draws on nothing,
 * so that nothing of its sender is kept, not even a count.
 */
export function allowancesOf(
  { sessionId }: AnalyticsEventDto,
  receipt: Receipt,
  caller: Caller,
  mostOfAKey: number,
): readonly Allowance[] {
  const trust = trustOf(caller);
  if (trust === 'key') return mostOfAKey === 0 ? NONE : [perMinute('key', caller.id, mostOfAKey)];
  if (asksNotToBeTracked(receipt, caller)) return NONE;
  if (trust === 'user') return [perMinute('user', caller.id, MOST_OF_ONE)];
  const address = networkOf(receipt.ipAddress ?? '');
  const own: [string, string] = sessionId ? ['session', sessionId] : ['address', address];
  // The address first: once it is refused, sessions invented at it leave nothing in memory.
  return [perMinute('network', address, MOST_OF_AN_ADDRESS), perMinute(...own, MOST_OF_ONE)];
}

const perMinute = (of: string, id: string | null, most: number): Allowance => ({
  key: `analytics:${of}:${id}`,
  most,
  perSeconds: MINUTE_S,
});
