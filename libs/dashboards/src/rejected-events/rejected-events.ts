import {
  type CountRejectedEventsQuery,
  inWords,
  isUuid,
  type ListRejectedEventsQuery,
  type RejectedEventCounts,
  type RejectedEventItem,
  type RejectedEventPage,
  type RejectedEventReason,
  type RejectedEventView,
} from '#libs/contracts';
import { type Props, SensitiveProps } from '#libs/database';
import { cursorOf, positionAt, positionOf } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import { dayRangeOf, momentsOf, viewOf as viewOfDays } from '../ranges/day-range.js';
import { masked, REDACTED } from '../personal-data.js';
import {
  type KeptAside,
  RejectedEventsRepository,
  type SetAside,
} from './rejected-events.repository.js';
import { whatWasSent, withoutPersonalData } from './what-was-sent.js';

/** Events that are in no table of events: which, why, and what to do. */
@Injectable()
export class RejectedEvents {
  constructor(
    private readonly repository: RejectedEventsRepository,
    private readonly sensitive: SensitiveProps,
  ) {}

  /** @throws ContractBreachError for a cursor that is not of this list. */
  async list(
    query: ListRejectedEventsQuery,
    readsPersonalData: boolean,
  ): Promise<RejectedEventPage> {
    const position = positionOf(query.cursor, isUuid);
    // One more than asked for tells whether there is a next page.
    const rows = await this.repository.newest(query, position, query.limit + 1);
    const page = rows.slice(0, query.limit);
    const last = page.at(-1);
    const more = rows.length > page.length && last !== undefined;
    return {
      items: page.map((row) => itemOf(row, readsPersonalData)),
      nextCursor: more ? cursorOf(positionAt(last.receivedAt, last.id)) : null,
    };
  }

  async find(id: string, readsPersonalData: boolean): Promise<RejectedEventView | null> {
    const row = await this.repository.find(id);
    return row && viewOf(row, readsPersonalData, (payload) => this.withoutSensitive(payload));
  }

  /** What is rejected is kept as it came: in clear. */
  private withoutSensitive(payload: unknown): unknown {
    if (!isObject(payload) || !isObject(payload['props'])) return payload;
    const props = Object.entries(payload['props']).map(([name, value]) => [
      name,
      this.sensitive.isSensitive(name, value) ? REDACTED : value,
    ]);
    return { ...payload, props: Object.fromEntries(props) as Props };
  }

  /** @throws ContractBreachError for days that are none, or too many. */
  async count(query: CountRejectedEventsQuery, now = new Date()): Promise<RejectedEventCounts> {
    const range = dayRangeOf(query, now);
    const days = await this.repository.count(momentsOf(range), query.contract ?? null);
    const totals = new Map<RejectedEventReason, number>();
    for (const { reason, count } of days) totals.set(reason, (totals.get(reason) ?? 0) + count);
    return {
      range: viewOfDays(range),
      days,
      totals: [...totals]
        .map(([reason, count]) => ({ reason, count }))
        .toSorted((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1)),
    };
  }
}

const isObject = (value: unknown): value is Props =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function itemOf(row: SetAside, readsPersonalData: boolean): RejectedEventItem {
  const shown = <Value>(value: Value): Value =>
    readsPersonalData ? value : (masked(value) as Value);
  return {
    id: row.id,
    contract: row.contract,
    state: row.state,
    reason: row.reason,
    ...inWords(row.state, row.reason),
    eventId: shown(row.eventId),
    offerId: shown(row.offerId),
    sqlstate: row.sqlstate,
    breaches: shown(row.breaches),
    receivedAt: row.receivedAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
    resolvedAt: row.resolvedAt?.toISOString() ?? null,
    attempts: row.attempts,
  };
}

function viewOf(
  row: KeptAside,
  readsPersonalData: boolean,
  hide: (payload: unknown) => unknown,
): RejectedEventView {
  const sent = whatWasSent(row);
  const { payload, text, truncated, receipt } = readsPersonalData
    ? sent
    : withoutPersonalData(sent, hide);
  return {
    ...itemOf(row, readsPersonalData),
    payload,
    payloadText: text,
    truncated,
    detail: readsPersonalData ? row.detail : null,
    ipAddress: receipt.ipAddress ?? null,
    userAgent: receipt.userAgent ?? null,
    requestId: receipt.requestId ?? null,
  };
}
