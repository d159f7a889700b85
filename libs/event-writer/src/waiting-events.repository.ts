import { Database, type Queries, type Transaction } from '#libs/database';
import type { AcceptedEvent } from '#libs/event-log';
import { Inject, Injectable } from '@nestjs/common';
import {
  CONTRACT_WRITERS,
  type ContractWriter,
  NotStorableError,
  type Offer,
} from './contract-writer.js';
import { RawBatchRepository, type Tally } from './raw-batch.repository.js';
import {
  COUNT_WAITING,
  EVICT_OLDEST,
  MARK_GIVEN_UP,
  MARK_RESOLVED,
  TAKE_RESOLVABLE,
  TRY_TO_EVICT_ALONE,
} from './rejected-events.sql.js';
import { boundedDetail } from './rejected-row.js';
import { type Failure, sortOut, type Writers } from './sort-out.js';

interface Waiting extends Offer {
  readonly id: string;
  readonly raw: Buffer;
}

/** What one transaction healed. `taken` below what was asked for: no more can be healed now. */
export interface Healed {
  readonly taken: number;
  readonly tallies: readonly Tally[];
  readonly failures: readonly Failure[];
}

/** Nothing was healed; `ids` are those that were tried. */
export class HealingError extends Error {
  override readonly name = 'HealingError';

  constructor(
    readonly ids: readonly string[],
    readonly records: readonly AcceptedEvent[],
    cause: unknown,
  ) {
    super('waiting events could not be written', { cause });
  }
}

/** Events that wait for their offer, in `rejected_events`. */
@Injectable()
export class WaitingEventsRepository {
  private readonly writers: Writers;

  constructor(
    private readonly database: Database,
    private readonly rawBatches: RawBatchRepository,
    @Inject(CONTRACT_WRITERS) writers: readonly ContractWriter[],
  ) {
    this.writers = new Map(writers.map((writer) => [writer.contract, writer]));
  }

  async count(): Promise<number> {
    const [row] = await this.database.query<{ waiting: number }>(COUNT_WAITING);
    return row?.waiting ?? 0;
  }

  /**
   * Writes waiting events whose offer changed within `interval` and exists, at most `limit`.
   *
   * @throws HealingError where their rows are refused; nothing changed then.
   */
  async heal(limit: number, interval: string): Promise<Healed> {
    return this.database.transaction(async (transaction) => {
      const waiting = await transaction.query<Waiting>(TAKE_RESOLVABLE, [limit, interval]);
      if (waiting.length === 0) return { taken: 0, tallies: [], failures: [] };
      const ids = new Map(waiting.map((row) => [resolvedRecord(row), row.id]));
      try {
        return { taken: waiting.length, ...(await this.write(transaction, ids)) };
      } catch (error) {
        throw new HealingError([...ids.values()], [...ids.keys()], error);
      }
    });
  }

  /** Marks a waiting event as one that can never be written. */
  async giveUp(id: string, error: NotStorableError): Promise<void> {
    await markFailed(this.database, id, error);
  }

  /** Makes the oldest give way where more than `most` wait; answers those that did. */
  async evict(most: number, atOnce: number): Promise<AcceptedEvent[]> {
    return this.database.transaction(async (transaction) => {
      const [lock] = await transaction.query<{ alone: boolean }>(TRY_TO_EVICT_ALONE);
      if (!lock?.alone) return [];
      const detail = `gave way: more than ${most} events wait for their offer`;
      const gone = await transaction.query<Waiting>(EVICT_OLDEST, [most, atOnce, detail]);
      return gone.map(({ raw }) => recordOf(raw));
    });
  }

  private async write(
    transaction: Transaction,
    ids: ReadonlyMap<AcceptedEvent, string>,
  ): Promise<Omit<Healed, 'taken'>> {
    const batch = sortOut([...ids.keys()], this.writers, new Map());
    const { tallies, conflicts } = await this.rawBatches.store(transaction, batch);
    const idsOf = (records: readonly { record: AcceptedEvent }[]): string[] =>
      records.flatMap(({ record }) => ids.get(record) ?? []);
    const inConflict = idsOf(conflicts);
    if (inConflict.length > 0) {
      await transaction.query(MARK_GIVEN_UP, [inConflict, 'conflict', 'conflict', null, null]);
    }
    for (const { record, error } of batch.failures) {
      await markFailed(transaction, ids.get(record) ?? '', error);
    }
    // Those marked above wait no longer: they are left as they are.
    await transaction.query(MARK_RESOLVED, [[...ids.values()]]);
    return { tallies, failures: batch.failures };
  }
}

async function markFailed(queries: Queries, id: string, error: NotStorableError): Promise<void> {
  const detail = boundedDetail(error.detail);
  await queries.query(MARK_GIVEN_UP, [[id], 'rejected', 'not_storable', error.code, detail]);
}

/** `raw` of a waiting event is the log's record, as this room wrote it. */
const recordOf = (raw: Buffer): AcceptedEvent => JSON.parse(raw.toString()) as AcceptedEvent;

const resolvedRecord = ({ raw, productId, producerId }: Waiting): AcceptedEvent => ({
  ...recordOf(raw),
  offer: { productId, producerId },
});
