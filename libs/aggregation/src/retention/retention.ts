import type { RetainedContractView, RetentionPreview } from '#libs/contracts';
import type { OldPartition } from '#libs/database';
import { AggregationLog } from '../aggregation.log.js';
import {
  cutoffOf,
  rejectedBefore,
  RETAINED,
  type Retained,
  type RetentionPolicy,
} from './retention-policy.js';
import {
  type DeleteSome,
  isWhollyBefore,
  type OldTable,
  RetentionRepository,
} from './retention.repository.js';

/** How a run is told from outside. */
export interface RetentionRun {
  readonly now: Date;
  readonly stop: AbortSignal;
  /** Hears of each part that is gone: a partition with about so many rows, or so many single rows. */
  gone(part: { readonly rows: number; readonly partition?: string }): void;
}

/** Lets go of what was kept for long enough. Figures stay: no rollup is touched. */
export class Retention {
  constructor(
    private readonly stored: RetentionRepository,
    private readonly policy: RetentionPolicy,
    private readonly log: AggregationLog,
  ) {}

  /** What a run would take now. Changes nothing. */
  async preview(now: Date): Promise<RetentionPreview> {
    const contracts: RetainedContractView[] = [];
    for (const contract of RETAINED) contracts.push(await this.previewOf(contract, now));
    const days = this.policy.rejectedDays;
    const before = rejectedBefore(days, now);
    const rows = before === null ? 0 : await this.stored.countRejected(before);
    return {
      asOf: now.toISOString(),
      contracts,
      rejectedEvents: { days, before: before?.toISOString() ?? null, rows },
    };
  }

  /**
   * Takes partition by partition and some rows at a time; what is gone by then, is gone where it is
   * stopped. A partition that somebody holds is left for the next time, and the others go.
   *
   * @throws what went wrong first, when all else is done.
   */
  async run(run: RetentionRun): Promise<void> {
    const problems: unknown[] = [];
    for (const contract of RETAINED) {
      const before = cutoffOf(this.policy.months[contract], run.now);
      if (before !== null) await this.take(contract, before, run, problems);
    }
    const before = rejectedBefore(this.policy.rejectedDays, run.now);
    if (before !== null) await untilNoneIsLeft(this.stored.deleteRejected(before), run);
    if (problems.length > 0) throw problems[0];
  }

  private async take(
    contract: Retained,
    before: Date,
    run: RetentionRun,
    problems: unknown[],
  ): Promise<void> {
    run.stop.throwIfAborted();
    await this.stored.retire(contract, before);
    const tables = this.stored.tablesOf(contract);
    for (const table of tables) await this.drop(table, before, run, problems);
    for (const table of tables) {
      await untilNoneIsLeft(this.stored.deleteDefaultRows(table, before), run);
    }
    // A partition that could not be dropped keeps its keys.
    const gone = await this.stored.goneBefore(tables, before, () => true);
    await untilNoneIsLeft(this.stored.deleteKeys(contract, gone), run);
    for (const some of this.stored.deleteNotes(contract, gone)) await untilNoneIsLeft(some, run);
  }

  private async drop(
    { partitions }: OldTable,
    before: Date,
    run: RetentionRun,
    problems: unknown[],
  ): Promise<void> {
    for (const partition of await partitions.beginningBefore(before)) {
      if (!isWhollyBefore(partition, before)) continue;
      run.stop.throwIfAborted();
      try {
        await partitions.drop(partition);
        this.log.partitionDropped(partition);
        run.gone({ rows: partition.rows, partition: partition.name });
      } catch (error) {
        problems.push(error);
      }
    }
  }

  private async previewOf(contract: Retained, now: Date): Promise<RetainedContractView> {
    const months = this.policy.months[contract];
    const before = cutoffOf(months, now);
    if (before === null) {
      return { contract, months, before: null, partitions: [], ...NOTHING };
    }
    const tables = this.stored.tablesOf(contract);
    const gone = await this.stored.goneBefore(
      tables,
      before,
      (partition) => !isWhollyBefore(partition, before),
    );
    const found = await Promise.all(
      tables.map(async (table) => ({
        partitions: (await table.partitions.beginningBefore(before))
          .filter((partition) => isWhollyBefore(partition, before))
          .map(viewOf),
        defaultRows: await this.stored.countDefaultRows(table, before),
      })),
    );
    return {
      contract,
      months,
      before: before.toISOString(),
      partitions: found.flatMap(({ partitions }) => partitions),
      defaultRows: found.reduce((sum, { defaultRows }) => sum + defaultRows, 0),
      eventKeys: await this.stored.countKeys(contract, gone),
      notes: await this.stored.countNotes(contract, gone),
    };
  }
}

const NOTHING = { defaultRows: 0, eventKeys: 0, notes: 0 };

const viewOf = ({ name, from, to, rows, bytes }: OldPartition) => ({
  name,
  from: from.toISOString(),
  to: to.toISOString(),
  rows,
  bytes,
});

async function untilNoneIsLeft(deleteSome: DeleteSome, run: RetentionRun): Promise<void> {
  for (let rows = 1; rows > 0;) {
    run.stop.throwIfAborted();
    rows = await deleteSome();
    if (rows > 0) run.gone({ rows });
  }
}
