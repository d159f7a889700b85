import type { AbandonedCheckout } from '#libs/contracts';
import { Database, prepared, PreparedStatements } from '#libs/database';
import { Injectable } from '@nestjs/common';
import { CONTACTS, CONTACTS_AHEAD_TOO, listAbandoned } from './abandoned-checkouts.sql.js';
import { type AskedSessions, withAsOf } from './asked-sessions.sql.js';
import type { Counted } from './checkout-sessions.repository.js';

/** A session without its contact, and where a page would go on behind it. */
export interface AbandonedSession extends Omit<
  AbandonedCheckout,
  'email' | 'phone' | 'firstSeenAt' | 'lastSeenAt'
> {
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
  /** In full precision. */
  readonly positionTime: string;
  /** Whether its contact may stand in an event that claims to be ahead. */
  readonly hasContactAhead: boolean;
}

/** As PostgreSQL writes times in JSON. */
type SpeltSession = Omit<AbandonedSession, 'firstSeenAt' | 'lastSeenAt'> &
  Pick<AbandonedCheckout, 'firstSeenAt' | 'lastSeenAt'>;

/** More than the questions that people ask again. */
const MOST_PREPARED = 10;

const CONTACTS_OF_SESSIONS = prepared(CONTACTS);
const CONTACTS_AHEAD_TOO_OF_SESSIONS = prepared(CONTACTS_AHEAD_TOO);

const FROM = { projections: ['checkout-sessions'], rollups: [] };

export type Contact = Pick<AbandonedCheckout, 'sessionId' | 'offerId' | 'email' | 'phone'>;

/** Behind whom a page begins. */
export interface AbandonedPosition {
  readonly time: string;
  readonly sessionId: string;
  readonly offerId: string;
}

@Injectable()
export class AbandonedCheckoutsRepository {
  private readonly lists = new PreparedStatements(MOST_PREPARED);

  constructor(private readonly database: Database) {}

  /** The newest first, after `position`; and up to when all that was stored is among them. */
  async newest(
    asked: AskedSessions,
    quietSince: Date,
    { position, limit }: { readonly position: AbandonedPosition | null; readonly limit: number },
  ): Promise<Counted<AbandonedSession>> {
    const statement = this.lists.of(withAsOf(listAbandoned(asked), FROM));
    const [page] = await this.database.query<Counted<SpeltSession>>(statement, [
      ...asked.values,
      quietSince,
      position?.time ?? null,
      position?.sessionId ?? null,
      position?.offerId ?? null,
      limit,
    ]);
    const { asOf, rows } = page as Counted<SpeltSession>;
    return {
      asOf,
      rows: rows.map((session) => ({
        ...session,
        firstSeenAt: new Date(session.firstSeenAt),
        lastSeenAt: new Date(session.lastSeenAt),
      })),
    };
  }

  /** Personal data, of these sessions alone. */
  async contacts(sessions: readonly AbandonedSession[]): Promise<Contact[]> {
    if (sessions.length === 0) return [];
    const first = Math.min(...sessions.map(({ firstSeenAt }) => +firstSeenAt));
    const last = Math.max(...sessions.map(({ lastSeenAt }) => +lastSeenAt));
    const statement = sessions.some(({ hasContactAhead }) => hasContactAhead)
      ? CONTACTS_AHEAD_TOO_OF_SESSIONS
      : CONTACTS_OF_SESSIONS;
    return this.database.query<Contact>(statement, [
      new Date(first),
      new Date(last + 1),
      sessions.map(({ sessionId }) => sessionId),
      sessions.map(({ offerId }) => offerId),
    ]);
  }
}
