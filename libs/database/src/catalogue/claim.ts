import type { SenderTrust } from '#libs/contracts';

/** How far whoever says something is believed: the least number most. */
const RANKS: Readonly<Record<'administrator' | SenderTrust, number>> = {
  administrator: 0,
  key: 1,
  user: 2,
  anonymous: 3,
};

/**
 * Who says something about an entry of the catalogue, and when, as ISO 8601 text in one
 * spelling. Of two claims the lesser text holds: whoever is believed more, and of these the first.
 * So it does not matter in which order events are read, and no visitor takes over what a server
 * said by dating an event back.
 */
export const claimOf = (trust: SenderTrust, at: string): string => `${RANKS[trust]} ${at}`;

/**
 * What a server or an administrator said, no visitor: who sees which figures is decided by nothing
 * else. SQL over the column of a claim.
 */
export const isBelieved = (claim: string): string => `${claim} < '${RANKS.user}'`;

/** What an administrator puts holds against every event. */
export const ADMINISTRATORS_CLAIM = String(RANKS.administrator);
