import type { AbandonedCheckout } from '#libs/contracts';
import { countedUntil, Database } from '#libs/database';
import { Injectable } from '@nestjs/common';
import { CONTACTS, listAbandoned } from './abandoned-checkouts.sql.js';
import type { AskedSessions } from './asked-sessions.sql.js';

/** A session without its contact, and where a page would go on behind it. */
export interface AbandonedSession extends Omit<
  AbandonedCheckout,
  'email' | 'phone' | 'firstSeenAt' | 'lastSeenAt'
> {
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
  /** In full precision. */
  readonly positionTime: string;
}

export type Contact = Pick<AbandonedCheckout, 'sessionId' | 'offerId' | 'email' | 'phone'>;

/** Behind whom a page begins. */
export interface AbandonedPosition {
  readonly time: string;
  readonly sessionId: string;
  readonly offerId: string;
}

const AS_OF = `SELECT ${countedUntil({ projections: ['checkout-sessions'], rollups: [] })} AS "asOf"`;

@Injectable()
export class AbandonedCheckoutsRepository {
  constructor(private readonly database: Database) {}

  /** Before the list is read: it is at least as fresh. */
  async asOf(): Promise<Date> {
    const [row] = await this.database.query<{ asOf: Date }>(AS_OF);
    return (row as { asOf: Date }).asOf;
  }

  /** The newest first, after `position`. */
  newest(
    asked: AskedSessions,
    quietSince: Date,
    { position, limit }: { readonly position: AbandonedPosition | null; readonly limit: number },
  ): Promise<AbandonedSession[]> {
    return this.database.query<AbandonedSession>(listAbandoned(asked), [
      ...asked.values,
      quietSince,
      position?.time ?? null,
      position?.sessionId ?? null,
      position?.offerId ?? null,
      limit,
    ]);
  }

  /** Personal data, of these sessions alone. */
  async contacts(sessions: readonly AbandonedSession[]): Promise<Contact[]> {
    if (sessions.length === 0) return [];
    const first = Math.min(...sessions.map(({ firstSeenAt }) => +firstSeenAt));
    const last = Math.max(...sessions.map(({ lastSeenAt }) => +lastSeenAt));
    return this.database.query<Contact>(CONTACTS, [
      new Date(first),
      new Date(last + 1),
      sessions.map(({ sessionId }) => sessionId),
      sessions.map(({ offerId }) => offerId),
    ]);
  }
}
