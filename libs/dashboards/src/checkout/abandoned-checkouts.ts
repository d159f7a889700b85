import type {
  AbandonedCheckout,
  AbandonedCheckouts,
  AbandonedCheckoutsQuestion,
} from '#libs/contracts';
import { type Caller, cursorOf, type Position, positionOf } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import { PersonalDataAccesses } from '../personal-data-accesses/personal-data-accesses.js';
import { dayRangeOf, momentsOf, viewOf } from '../ranges/day-range.js';
import {
  AbandonedCheckoutsRepository,
  type AbandonedPosition,
  type AbandonedSession,
  type Contact,
} from './abandoned-checkouts.repository.js';
import { ABANDONED_SESSIONS } from './abandoned-checkouts.sql.js';
import { askedSessions } from './asked-sessions.sql.js';
import { sessionsFiltersOf } from './checkout-filters.js';

const MINUTE_MS = 60_000;

/** Buyers who left a way to be reached, and did not buy. */
@Injectable()
export class AbandonedCheckoutLists {
  constructor(
    private readonly sessions: AbandonedCheckoutsRepository,
    private readonly accesses: PersonalDataAccesses,
  ) {}

  /**
   * Answers nothing whose access could not be noted.
   *
   * @throws ContractBreachError for days that are none or too many, or a cursor of another list.
   */
  async answer(
    question: AbandonedCheckoutsQuestion,
    caller: Caller,
    now: Date = new Date(),
  ): Promise<AbandonedCheckouts> {
    const { quietMinutes, limit } = question;
    const range = dayRangeOf(question, now);
    const filters = { ...sessionsFiltersOf(question, caller), quietMinutes };
    const position = placeOf(positionOf(question.cursor, isKey));
    const asked = askedSessions(ABANDONED_SESSIONS, momentsOf(range), filters);
    const quietSince = new Date(+now - quietMinutes * MINUTE_MS);
    // One more than asked for tells whether there is a next page.
    const { asOf, rows } = await this.sessions.newest(asked, quietSince, {
      position,
      limit: limit + 1,
    });
    const page = rows.slice(0, limit);
    const [contacts] = await Promise.all([
      this.sessions.contacts(page),
      this.accesses.note(caller, 'abandoned-checkouts', {
        question: { from: range.from, to: range.to, ...filters },
        items: page.length,
      }),
    ]);
    const items = withContacts(page, contacts);
    const last = page.at(-1);
    const more = rows.length > page.length && last !== undefined;
    return {
      range: viewOf(range),
      filters,
      asOf: asOf.toISOString(),
      items,
      nextCursor: more ? cursorOf({ time: last.positionTime, id: keyOf(last) }) : null,
    };
  }
}

function withContacts(
  sessions: readonly AbandonedSession[],
  contacts: readonly Contact[],
): AbandonedCheckout[] {
  const byKey = new Map(contacts.map((contact) => [keyOf(contact), contact]));
  return sessions.map((session) => {
    const { email = null, phone = null } = byKey.get(keyOf(session)) ?? {};
    // By name: what is left of a session by `...rest` takes three times as long to copy.
    return {
      sessionId: session.sessionId,
      offerId: session.offerId,
      productId: session.productId,
      producerId: session.producerId,
      paymentMethod: session.paymentMethod,
      checkoutType: session.checkoutType,
      checkoutMode: session.checkoutMode,
      fullHostname: session.fullHostname,
      stepReached: session.stepReached,
      email,
      phone,
      firstSeenAt: session.firstSeenAt.toISOString(),
      lastSeenAt: session.lastSeenAt.toISOString(),
    };
  });
}

/** As JSON: both may hold any character. */
const keyOf = ({ sessionId, offerId }: { sessionId: string; offerId: string }): string =>
  JSON.stringify([sessionId, offerId]);

function pairOf(key: string): readonly [string, string] | null {
  const pair = JSON.parse(key) as unknown;
  if (!Array.isArray(pair) || pair.length !== 2) return null;
  const texts = pair.every((each) => typeof each === 'string' && !each.includes('\0'));
  return texts ? (pair as unknown as [string, string]) : null;
}

/** What cannot even be parsed is thrown, and no key either. */
const isKey = (key: string): boolean => pairOf(key) !== null;

function placeOf(position: Position | null): AbandonedPosition | null {
  const pair = position && pairOf(position.id);
  return pair && position && { time: position.time, sessionId: pair[0], offerId: pair[1] };
}
