import type { JobId } from '#libs/contracts';
import { Database, type Queries } from '#libs/database';
import { Inject, Injectable } from '@nestjs/common';
import { type Fold, FOLDS } from '../projections/fold.js';
import { isFinal, isFinalFor } from '../retention/retired-days.js';
import { type Rollup, ROLLUPS } from '../rollups/rollup.js';
import { recountDay, takeDay } from '../rollups/rollups.repository.js';
import { RecountRepository, slicesOf } from '../upkeep/recount.repository.js';
import { type Differences, noteDifference, type TakenBackfill } from './backfills.repository.js';

/** $1 the day. */
const ROLLUPS_THAT_WAIT = 'SELECT rollup FROM touched_days WHERE day = $1::date';

/** What a day's recount read, and what it found that is not noted yet. */
export interface RecountedDay {
  readonly rows: number;
  readonly differences: Differences;
}

/** A part of a day's recount that takes seconds. Answers how many rows were wrong. */
interface Step {
  /** Whose rows; null where what is mended was not wrong, but waited to be counted. */
  readonly of: JobId | null;
  readonly run: (transaction: Queries) => Promise<number>;
}

interface Plan {
  readonly rows: number;
  readonly folds: readonly Fold[];
  readonly steps: readonly Step[];
}

/** Rolls a transaction back with what was found in it. */
class Rehearsed extends Error {
  constructor(readonly differences: Differences) {
    super('a dry run');
  }
}

/**
 * Recounts a day: of each projection its rows from raw events, then of each rollup its figures.
 *
 * Of a day without raw events nothing is touched, nor of one whose events retention may have taken:
 * the figures stay.
 */
@Injectable()
export class DayRecount {
  constructor(
    private readonly database: Database,
    private readonly recounts: RecountRepository,
    @Inject(FOLDS) private readonly folds: readonly Fold[],
    @Inject(ROLLUPS) private readonly rollups: readonly Rollup[],
  ) {}

  /**
   * Mends step by step, each in a transaction of its own with the note of what it changed, so that
   * the projector has its turn between them; a dry run takes all steps in one that is rolled back.
   *
   * @throws when `stop` is aborted before the end: what is mended by then, is mended and noted.
   */
  async run(backfill: TakenBackfill, day: string, stop: AbortSignal): Promise<RecountedDay> {
    const plan = await this.planOf(backfill, day);
    if (backfill.dryRun) return { rows: plan.rows, differences: await this.rehearse(plan, stop) };
    for (const { of, run } of plan.steps) {
      stop.throwIfAborted();
      await this.database.transaction(async (transaction) => {
        const rows = await run(transaction);
        if (of !== null && rows > 0) {
          await noteDifference(transaction, backfill.id, { day, of, rows });
        }
      });
    }
    return { rows: plan.rows, differences: {} };
  }

  private async rehearse({ folds, steps }: Plan, stop: AbortSignal): Promise<Differences> {
    const rehearsal = this.database.transaction(async (transaction) => {
      // First of all, in the order of the list: whoever folds has his turn before he notes days.
      await this.recounts.takeTurns(transaction, folds);
      const differences = new Map<JobId, number>();
      for (const { of, run } of steps) {
        stop.throwIfAborted();
        const rows = await run(transaction);
        if (of !== null && rows > 0) differences.set(of, (differences.get(of) ?? 0) + rows);
      }
      throw new Rehearsed(Object.fromEntries(differences));
    });
    return rehearsal.catch((error: unknown) => {
      if (error instanceof Rehearsed) return error.differences;
      throw error;
    });
  }

  private async planOf({ rollups: wanted, dryRun }: TakenBackfill, day: string): Promise<Plan> {
    const rollups = this.rollups.filter(({ id }) => wanted?.includes(id) ?? true);
    const rows = new Map<string, number>();
    const events = new Map<Fold, number>();
    const readers = wanted === null ? this.folds : this.recounts.foldsOf(rollups);
    const counts = await this.recounts.eventsOf(readers, day);
    for (const fold of readers) {
      const count = counts.get(fold) ?? 0;
      if (count === 0 || (await isFinal(this.database, [fold], day))) continue;
      events.set(fold, count);
      rows.set(fold.contract, Math.max(count, rows.get(fold.contract) ?? 0));
    }
    const folds = [...events.keys()];
    const read = new Set<string>(folds.map(({ id }) => id));
    const counted = rollups.filter(({ projections }) => projections.some((id) => read.has(id)));
    const mending = [...events].map(([fold, count]) => this.mendingOf(fold, day, count));
    const waiting = dryRun ? counted : await this.waitingOf(counted, day);
    const steps = [
      ...waiting.map((rollup) => this.settling(rollup, day)),
      ...mending.flat(),
      ...counted.map((rollup) => this.counting(rollup, day)),
    ];
    return { rows: [...rows.values()].reduce((sum, count) => sum + count, 0), folds, steps };
  }

  /** Those whose own job is to count the day. */
  private async waitingOf(rollups: readonly Rollup[], day: string): Promise<Rollup[]> {
    const touched = await this.database.query<{ rollup: string }>(ROLLUPS_THAT_WAIT, [day]);
    const ids = new Set(touched.map(({ rollup }) => rollup));
    return rollups.filter(({ id }) => ids.has(id));
  }

  private mendingOf(fold: Fold, day: string, events: number): Step[] {
    return slicesOf(day, events).map((slice) => ({
      of: fold.id,
      run: (transaction) => this.recounts.mend(transaction, fold, slice),
    }));
  }

  /** What waits to be counted by the rollup's own job is no difference. */
  private settling(rollup: Rollup, day: string): Step {
    const run = async (transaction: Queries) =>
      (await takeDay(transaction, rollup, day)) ? this.count(transaction, rollup, day) : 0;
    return { of: null, run };
  }

  private counting(rollup: Rollup, day: string): Step {
    const run = async (transaction: Queries) => {
      await takeDay(transaction, rollup, day);
      return this.count(transaction, rollup, day);
    };
    return { of: rollup.id, run };
  }

  private async count(transaction: Queries, rollup: Rollup, day: string): Promise<number> {
    const folds = this.recounts.foldsOf([rollup]);
    const stays = await isFinalFor(transaction, rollup, folds, day);
    return stays ? 0 : recountDay(transaction, rollup, day);
  }
}
