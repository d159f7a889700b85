import {
  isUuid,
  MOST_RETRIED,
  type RejectedEventFilter,
  type RetriedEvent,
  type RetryRejectedEventsDto,
  type RetryReport,
  type RetryVerdict,
} from '#libs/contracts';
import { type Caller, cursorOf, type Position, positionAt, positionOf } from '#libs/platform';
import { Injectable } from '@nestjs/common';
import { AnotherTry } from './another-try.js';
import type { KeptEvent } from './kept-event.js';
import { KeptEventsRepository } from './kept-events.repository.js';
import { RetryLog, type RetryTotals } from './retry.log.js';
import { RetryMetrics } from './retry.metrics.js';

/**
 * So many are in memory, and appended together, at a time: the log syncs them as one group, and
 * has room for the events of senders beside them.
 */
const AT_ONCE = 50;

const NOT_FOUND = 'There is no such rejected event.';

/** Who asked, and what became of each event so far. */
interface Run {
  readonly caller: Caller;
  readonly items: RetriedEvent[];
}

/** Sends rejected events through the log once more. */
@Injectable()
export class Retry {
  constructor(
    private readonly keptEvents: KeptEventsRepository,
    private readonly anotherTry: AnotherTry,
    private readonly metrics: RetryMetrics,
    private readonly log: RetryLog,
  ) {}

  /** @throws ContractBreachError for a cursor that is none. */
  async run(request: RetryRejectedEventsDto, caller: Caller): Promise<RetryReport> {
    const { ids = [], filter, limit = MOST_RETRIED, cursor } = request;
    const start = positionOf(cursor, isUuid);
    const items: RetriedEvent[] = [];
    const run = { caller, items };
    try {
      const nextCursor = filter ? await this.matching(filter, { start, limit }, run) : null;
      if (!filter) await this.byId(ids, run);
      return { ...totalsOf(items), items, nextCursor };
    } finally {
      // Where the database goes away in the middle, some are on their way all the same.
      this.log.retried(caller, filter ? 'filter' : 'ids', totalsOf(items));
    }
  }

  private async byId(ids: readonly string[], { caller, items }: Run): Promise<void> {
    const each = [...new Set(ids.map((id) => id.toLowerCase()))];
    for (let start = 0; start < each.length; start += AT_ONCE) {
      const some = each.slice(start, start + AT_ONCE);
      const tried = await this.retry(await this.keptEvents.withIds(some), caller);
      const found = new Map(tried.map((item) => [item.id, item]));
      items.push(...some.map((id) => found.get(id) ?? notFound(id)));
    }
  }

  /** Answers where the filter has more. */
  private async matching(
    filter: RejectedEventFilter,
    { start, limit }: { readonly start: Position | null; readonly limit: number },
    { caller, items }: Run,
  ): Promise<string | null> {
    let position = start;
    for (;;) {
      const most = Math.min(AT_ONCE, limit - items.length);
      // One more than wanted tells whether there are more.
      const found = await this.keptEvents.matching(filter, position, most + 1);
      const some = found.slice(0, most);
      items.push(...(await this.retry(some, caller)));
      const last = some.at(-1);
      if (!last || found.length <= most) return null;
      if (items.length >= limit) return cursorOf(placeOf(last));
      position = placeOf(last);
    }
  }

  private retry(some: readonly KeptEvent[], caller: Caller): Promise<RetriedEvent[]> {
    return Promise.all(
      some.map(async (kept) => {
        const item = await this.anotherTry.of(kept, caller);
        this.metrics.retried(kept.contract, item.verdict);
        return item;
      }),
    );
  }
}

const placeOf = ({ receivedAt, id }: KeptEvent): Position => positionAt(receivedAt, id);

const notFound = (id: string): RetriedEvent => ({
  id,
  eventId: null,
  verdict: 'not_found',
  breaches: [],
  explanation: NOT_FOUND,
});

function totalsOf(items: readonly RetriedEvent[]): RetryTotals {
  const count = (...verdicts: readonly RetryVerdict[]): number =>
    items.filter(({ verdict }) => verdicts.includes(verdict)).length;
  return {
    matched: items.length - count('not_found'),
    retried: count('retried'),
    stillRefused: count('still_refused'),
    notRetryable: count('not_retryable', 'waits_by_itself', 'already_stored'),
    failed: count('failed'),
  };
}
